#!/bin/sh
# errors.sh - docs/errors.md is what errors.c makes of lib/source/codes.def, and no older.
#
#   sh tests/docs/errors.sh             compares
#   sh tests/docs/errors.sh --accept    writes docs/errors.md
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
if ! ${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror -o "$work/errors" tests/docs/errors.c ||
    ! "$work/errors" >"$work/errors.md"; then
    echo "FAILED: the page could not be made"
    echo "0 passed, 1 failed"
    exit 1
fi
[ "${1:-}" = --accept ] && cp "$work/errors.md" docs/errors.md
if diff -u docs/errors.md "$work/errors.md"; then
    echo "1 passed, 0 failed"
else
    echo "FAILED: docs/errors.md is older than lib/source/codes.def: sh tests/docs/errors.sh --accept"
    echo "0 passed, 1 failed"
    exit 1
fi
