#!/bin/sh
# quickstart.sh - from a clean clone to settled claims: installs what is missing, builds a release, settles the example
# claims and explains each decision.
#
#   sh examples/quickstart.sh [--lang zh|en]
set -u
cd "$(dirname "$0")/.." || exit 1
lang=zh
if [ "${1:-}" = --lang ] && { [ "${2:-}" = zh ] || [ "${2:-}" = en ]; }; then
    lang=$2
elif [ $# -gt 0 ]; then
    echo "usage: sh examples/quickstart.sh [--lang zh|en]" >&2
    exit 2
fi
sh tests/setup.sh || exit 1
log=$(mktemp)
if ! { cmake --preset release -D HUZHU_TESTS=OFF && cmake --build --preset release; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "the build failed; the lines above say why" >&2
    rm -f "$log"
    exit 1
fi
rm -f "$log"
for plan in medical-reimbursement inpatient-allowance; do
    build/bin/huzhu explain rulesets/beijing --plan $plan --carry --lang "$lang" examples/claims/$plan.ndjson
    status=$?
    # 1: a claim among the examples contradicts itself, on purpose.
    [ $status -le 1 ] || exit $status
done
