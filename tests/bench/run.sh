#!/bin/sh
# run.sh - builds a release and measures: a single claim through the C interface, and rows in columns, each next to the
# same rules written by hand. Nothing is printed for answers that differ. With valgrind, also the library's instructions,
# which are the same on a busy machine.
#
#   sh tests/bench/run.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
sh tests/setup.sh tests || exit 1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset release -D HUZHU_TESTS=ON && cmake --build --preset release --target bench_single bench_claims bench_columns; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "the build failed; the lines above say why" >&2
    exit 1
fi
build/bin/bench_single rulesets/beijing || exit 1
echo
build/bin/bench_claims rulesets/beijing || exit 1
echo
build/bin/bench_columns rulesets/beijing || exit 1
command -v valgrind >"$log" || exit 0
echo
for plan in inpatient-allowance medical-reimbursement womens-diseases; do
    # 15 pairs and the comparison; 15 rounds of 8, and the comparison.
    valgrind --tool=callgrind --callgrind-out-file="$log" --toggle-collect=huzhu_batch_evaluate build/bin/bench_columns rulesets/beijing 16384 $plan 2>&1 |
        awk -v plan=$plan '/Collected/ {printf "%-36s %9.0f instructions a row\n", plan, $4 / (16384 * 16)}'
    valgrind --tool=callgrind --callgrind-out-file="$log" --toggle-collect=huzhu_claim_evaluate build/bin/bench_claims rulesets/beijing $plan 2>&1 |
        awk -v plan=$plan '/Collected/ {printf "%-36s %9.0f instructions to evaluate a claim\n", plan, $4 / (512 * 121)}'
done
