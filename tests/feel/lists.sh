#!/bin/sh
# lists.sh - random expressions over lists against a reference in Python, folded and in columns.
cd "$(dirname "$0")/../.." || exit 1
exec python3 -B tests/feel/lists.py "${HUZHU:-build/bin/huzhu}" "${HUZHU_LIFTED:-build/bin/huzhu_lifted}" /dev/null
