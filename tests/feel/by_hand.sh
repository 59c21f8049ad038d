#!/bin/sh
# by_hand.sh - expressions over the whole language, with values worked out by hand.
cd "$(dirname "$0")/../.." || exit 1
exec python3 -B tests/feel/by_hand.py "${HUZHU:-build/bin/huzhu}" "${HUZHU_LIFTED:-build/bin/huzhu_lifted}" \
    tests/feel/by_hand_lifted.txt tests/feel/by_hand/*.txt
