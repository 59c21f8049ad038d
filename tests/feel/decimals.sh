#!/bin/sh
# decimals.sh - random arithmetic on both paths of numbers against Python's decimals.
cd "$(dirname "$0")/../.." || exit 1
exec timeout 120 python3 tests/feel/decimals.py "${HUZHU:-build/bin/huzhu}"
