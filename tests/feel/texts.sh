#!/bin/sh
# texts.sh - functions on texts against Python's strings: random expressions from a fixed seed.
cd "$(dirname "$0")/../.." || exit 1
exec python3 -B tests/feel/texts.py "${HUZHU:-build/bin/huzhu}" "${HUZHU_LIFTED:-build/bin/huzhu_lifted}" tests/feel/texts_lifted.txt
