#!/bin/sh
# hostile.sh - files made to exhaust time or memory end soon, with a message (hostile.py).
#
#   sh tests/golden/hostile.sh [--show]    --show: what each took
cd "$(dirname "$0")/../.." || exit 1
exec python3 -B tests/golden/hostile.py "${HUZHU:-build/bin/huzhu}" "$@"
