#!/bin/sh
# logic.sh - random conditions with null in every place against a reference in Python, folded and in columns.
cd "$(dirname "$0")/../.." || exit 1
exec python3 -B tests/feel/logic.py "${HUZHU:-build/bin/huzhu}" "${HUZHU_LIFTED:-build/bin/huzhu_lifted}"
