#!/bin/sh
# times.sh - dates and times against Python's datetime: random expressions from a fixed seed.
cd "$(dirname "$0")/../.." || exit 1
exec python3 -B tests/feel/times.py "${HUZHU:-build/bin/huzhu}" "${HUZHU_LIFTED:-build/bin/huzhu_lifted}" tests/feel/times_lifted.txt
