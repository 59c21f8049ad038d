#!/bin/sh
# handbook.sh - docs/handbook is what `huzhu handbook` makes of the rules, and no older.
#
#   sh tests/docs/handbook.sh             the program is build/bin/huzhu, or $HUZHU
#   sh tests/docs/handbook.sh --accept    writes docs/handbook
#
# The last line is `N passed, N failed`.
cd "$(dirname "$0")/../.." || exit 3
huzhu=${HUZHU:-build/bin/huzhu}
work=$(mktemp) || exit 3
trap 'rm -f "$work"' EXIT
passed=0
failed=0
for language in zh en; do
    if ! "$huzhu" handbook rulesets/beijing --lang $language >"$work"; then
        echo "FAILED: huzhu handbook --lang $language"
        failed=$((failed + 1))
        continue
    fi
    [ "${1:-}" = --accept ] && mkdir -p docs/handbook && cp "$work" docs/handbook/$language.md
    if cmp -s docs/handbook/$language.md "$work"; then
        passed=$((passed + 1))
    else
        echo "FAILED: docs/handbook/$language.md is older than the rules: sh tests/docs/handbook.sh --accept, then read the difference"
        diff docs/handbook/$language.md "$work" | head -n 20
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
