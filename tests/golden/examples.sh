#!/bin/sh
# examples.sh - worked examples that are wrong on purpose against what `huzhu test` must say of them.
#
#   sh tests/golden/examples.sh            the program is build/bin/huzhu, or $HUZHU
#   sh tests/golden/examples.sh --accept   writes what is printed as expected.txt: then read the difference
#
# The last line is `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
huzhu=${HUZHU:-$here/../../build/bin/huzhu}
case $huzhu in /*) ;; *) huzhu=$PWD/$huzhu ;; esac
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
for folder in "$here"/examples/*/; do
    expected=${folder}expected.txt
    (cd "$folder" && "$huzhu" test .) >"$work/got" 2>&1
    echo "exit $?" >>"$work/got"
    [ "${1:-}" = --accept ] && cp "$work/got" "$expected"
    if diff -u "$expected" "$work/got"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
