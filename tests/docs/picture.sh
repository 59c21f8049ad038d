#!/bin/sh
# picture.sh [--accept] - docs/decision.svg is what `huzhu explain` prints today.
cd "$(dirname "$0")/../.." || exit 1
if [ "${1:-}" = --accept ]; then
    exec python3 tests/docs/picture.py "${HUZHU:-build/bin/huzhu}" docs/decision.svg
fi
made=$(mktemp)
trap 'rm -f "$made"' EXIT
python3 tests/docs/picture.py "${HUZHU:-build/bin/huzhu}" "$made"
if cmp -s "$made" docs/decision.svg; then
    echo "1 passed, 0 failed"
else
    echo "FAILED: docs/decision.svg is stale: sh tests/docs/picture.sh --accept"
    echo "0 passed, 1 failed"
    exit 1
fi
