#!/bin/sh
# claims.sh - claims that are no claims, or nearly none, against the decisions a host must get: each line of
# claims/NAME.ndjson is decided by `huzhu eval --fresh`, and all of it compared with claims/NAME.expected byte for byte.
# The ruleset's part is left out: it changes with every word of the rules. What is too long to keep is made here.
#
#   sh tests/golden/claims.sh            the program is build/bin/huzhu, or $HUZHU
#   sh tests/golden/claims.sh --accept   writes what is printed as .expected: then read the difference
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

# one NAME FILE: decides the lines of FILE, compares with claims/NAME.expected.
one() {
    expected=$here/claims/$1.expected
    "$huzhu" eval "$here/claims/rules" --plan all-types --fresh --lang en <"$2" >"$work/out" 2>"$work/err"
    LC_ALL=C sed -E 's/,"ruleset":\{.*\}\}$/}/; s/x{64,}/x...x/g' "$work/out" >"$work/got"
    cat "$work/err" >>"$work/got"
    if [ $accept = yes ]; then
        cp "$work/got" "$expected"
    fi
    if diff -u "$expected" "$work/got" >"$work/diff"; then
        passed=$((passed + 1))
    else
        echo "FAILED $1: other decisions than expected"
        cat "$work/diff"
        failed=$((failed + 1))
    fi
}

for file in "$here"/claims/*.ndjson; do
    one "$(basename "$file" .ndjson)" "$file"
done

# Texts of 65,536 bytes are the longest; a key of a megabyte is unknown and told in part.
long() { head -c "$1" /dev/zero | tr '\0' x; }
{
    printf '{"id":"longest","member":"%s","day":"2016-03-01","kind":"fire","people":2}\n' "$(long 65536)"
    printf '{"id":"too-long","member":"%s","day":"2016-03-01","kind":"fire","people":2}\n' "$(long 65537)"
    printf '{"%s":1,"id":"long-key","day":"2016-03-01"}\n' "$(long 100000)"
    printf '{"id":"%s","day":"2016-03-01","kind":"fire","people":2}\n' "$(long 65537)"
} >"$work/long.ndjson"
one long "$work/long.ndjson"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
