#!/bin/sh
# run.sh - broken rule files against the messages their author must see: `huzhu check` of each folder below rules/,
# its stderr compared with expected.txt byte for byte. What is too large to keep is made here.
#
#   sh tests/golden/run.sh            the program is build/bin/huzhu, or $HUZHU
#   sh tests/golden/run.sh --accept   writes what is printed as expected.txt: then read the difference
#
# The last line is `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
huzhu=${HUZHU:-$here/../../build/bin/huzhu}
accept=no
[ "${1:-}" = --accept ] && accept=yes
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# case NAME FOLDER EXPECTED: checks the folder, compares stderr and exit status.
one() {
    "$huzhu" check "$2" >"$work/out" 2>"$work/err"
    status=$?
    if [ $accept = yes ]; then
        cp "$work/err" "$3"
    fi
    wanted=0
    grep -q 'error\[' "$3" && wanted=1
    grep -q 'error\[E_TOO_LARGE\]' "$3" && wanted=4 # a limit
    if [ $status -ne $wanted ]; then
        echo "FAILED $1: exit status $status, expected $wanted"
        failed=$((failed + 1))
    elif ! diff -u "$3" "$work/err" >"$work/diff"; then
        echo "FAILED $1: other messages than expected"
        cat "$work/diff"
        failed=$((failed + 1))
    else
        passed=$((passed + 1))
    fi
}

for folder in "$here"/rules/*/; do
    name=$(basename "$folder")
    one "$name" "${folder%/}" "${folder}expected.txt"
done

# 50 MB of comment: refused by its size, before anything is read.
mkdir "$work/large"
cp "$here/rules/good/ruleset.yaml" "$work/large/"
head -c 50000000 /dev/zero | tr '\0' '#' >"$work/large/stay.yaml"
one large "$work/large" "$here/large.txt"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
