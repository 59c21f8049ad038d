#!/bin/sh
# examples.sh - worked examples that are wrong on purpose against what `huzhu test` must say of them.
#
#   sh tests/golden/examples.sh            the program is build/bin/huzhu, or $HUZHU
#   sh tests/golden/examples.sh --accept   writes what is printed as examples/expected.txt: then read the difference
#
# The last line is `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
huzhu=${HUZHU:-$here/../../build/bin/huzhu}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
"$huzhu" test "$here/examples/rules" >"$work/got" 2>&1
echo "exit $?" >>"$work/got"
[ "${1:-}" = --accept ] && cp "$work/got" "$here/examples/expected.txt"
if diff -u "$here/examples/expected.txt" "$work/got"; then
    echo "1 passed, 0 failed"
else
    echo "0 passed, 1 failed"
    exit 1
fi
