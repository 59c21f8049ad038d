#!/bin/sh
# run.sh - builds a release and measures: a single claim through the C interface, and rows in columns, each next to the
# same rules written by hand. Nothing is printed for answers that differ. With valgrind, also instructions, which are the
# same on a busy machine.
#
#   sh tests/bench/run.sh [quick]     quick: a few rows, to see that everything still runs and answers alike
set -u
cd "$(dirname "$0")/../.." || exit 1
sh tests/setup.sh tests || exit 1
rules=rulesets/beijing
rows=4250000
[ "${1:-}" = quick ] && rows=5000
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset release -D HUZHU_TESTS=ON && cmake --build --preset release; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "the build failed; the lines above say why" >&2
    exit 1
fi

# counted FUNCTION PROGRAM…: instructions while FUNCTION runs.
counted() {
    function=$1
    shift
    valgrind --tool=callgrind --callgrind-out-file="$log" --toggle-collect="$function" "$@" 2>&1 | awk '/Collected/ {print $4}'
}

build/bin/bench_columns $rules $rows || exit 1
echo
python=$(sh tests/bench/peers/setup.sh) && { "$python" tests/bench/peers/run.py build $rules $rows || exit 1; }
[ "${1:-}" = quick ] && exit 0
echo
build/bin/bench_single $rules || exit 1
echo
build/bin/bench_claims $rules || exit 1
command -v valgrind >"$log" || exit 0
echo
printf '%-36s %9s %9s %9s\n' "instructions" "a row" "by hand" "a claim"
for plan in inpatient-allowance medical-reimbursement womens-diseases; do
    library=$(counted huzhu_batch_evaluate build/bin/bench_columns $rules 16384 $plan count)
    hand=$(counted bench_by_hand build/bin/bench_columns $rules 16384 $plan count)
    claim=$(counted huzhu_claim_evaluate build/bin/bench_claims $rules $plan)
    printf '%-36s %9s %9s %9s\n' $plan $((library / 16384)) $((hand / 16384)) $((claim / (512 * 121)))
done
