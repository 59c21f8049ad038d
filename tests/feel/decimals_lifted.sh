#!/bin/sh
# decimals_lifted.sh - random arithmetic with its numbers in columns of 1, 7 and 1,025 rows, whose ranges are wide: what the
# checker proves of them is put to the test by values from all over them.
cd "$(dirname "$0")/../.." || exit 1
cases=$(mktemp) || exit 1
trap 'rm -f "$cases"' EXIT
python3 tests/feel/decimals.py --cases "$cases" || exit 1
timeout 120 "${HUZHU_LIFTED:-build/bin/huzhu_lifted}" "$cases" tests/feel/decimals_lifted.txt
