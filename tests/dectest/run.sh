#!/bin/sh
# run.sh - the decimals of the wide path against the decTest cases of decQuad, as Debian installs them with Python's own
# tests (data that is not part of the project), and against exact whole numbers. Without the data it says so, and fails
# where CI runs it.
cd "$(dirname "$0")/../.." || exit 1
version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
data=${HUZHU_DECTEST:-/usr/lib/python$version/test/decimaltestdata}
if [ ! -r "$data/dqAdd.decTest" ]; then
    echo "the decTest cases are not there: install libpython$version-testsuite, or set HUZHU_DECTEST to their folder"
    [ -n "${CI:-}" ] && { echo "0 passed, 1 failed"; exit 1; }
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
exec python3 tests/dectest/cases.py "${HUZHU_DECIMALS:-build/bin/decimals}" "$data"
