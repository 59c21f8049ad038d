#!/bin/sh
# run.sh - builds a release and measures it: rows in columns, threads, counters carried, streams, a single claim, each next to
# the same rules written by hand in C and, for columns, in what analysts use. Answers are compared first: where one differs
# nothing is printed for it. With valgrind also instructions, which are the same on a busy machine.
#
#   sh tests/bench/run.sh [quick]     quick: a few rows, to see that everything still runs and answers alike; ends with
#                                     `N passed, N failed`
set -u
cd "$(dirname "$0")/../.." || exit 1
sh tests/setup.sh tests || exit 1
rules=rulesets/beijing
plans="inpatient-allowance medical-reimbursement womens-diseases"
rows=4250000
streamed="100000 1000000 40000000"
quick=${1:-}
if [ "$quick" = quick ]; then
    rows=2000
    streamed="2000 70000"
fi
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset release -D HUZHU_TESTS=ON && cmake --build --preset release; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "the build failed; the lines above say why" >&2
    exit 1
fi

# bench COMMAND…: runs it, and counts whether it ended well.
bench() {
    if "$@"; then passed=$((passed + 1)); else
        echo "FAILED: $*"
        failed=$((failed + 1))
    fi
}

# counted FUNCTION ROWS PROGRAM…: instructions of a row while FUNCTION runs.
counted() {
    function=$1
    many=$2
    shift 2
    valgrind --tool=callgrind --callgrind-out-file="$log" --toggle-collect="$function" "$@" 2>&1 | awk -v n="$many" '/Collected/ {printf "%.1f", $4 / n}'
}

instructions() {
    printf '\n%-36s %9s %9s %9s %12s %12s\n' "instructions" "a row" "by hand" "a claim" "of 100,000" "of 1,000,000"
    for plan in $plans; do
        columns=$(counted huzhu_batch_evaluate 16384 build/bin/bench_columns $rules 16384 "$plan" count)
        hand=$(counted bench_by_hand 16384 build/bin/bench_columns $rules 16384 "$plan" count)
        claim=$(counted huzhu_claim_evaluate $((512 * 121)) build/bin/bench_claims $rules "$plan")
        short=$(counted bench_pull 100000 build/bin/bench_stream $rules "$plan" 100000)
        long=$(counted bench_pull 1000000 build/bin/bench_stream $rules "$plan" 1000000)
        printf '%-36s %9s %9s %9s %12s %12s\n' "$plan" "$columns" "$hand" "$claim" "$short" "$long"
    done
}

bench build/bin/bench_columns $rules $rows
echo
if python=$(sh tests/bench/peers/setup.sh) && "$python" -c "import numpy" 2>"$log"; then
    bench "$python" tests/bench/peers/run.py build $rules $rows
else
    echo "without NumPy no peer in Python is measured"
fi
echo
# Python: in the environment that tests/python/run.sh makes, where there is one.
python=build/python-tests/environment/bin/python
if [ -x $python ] && [ "$quick" != quick ]; then
    bench $python tests/bench/bench_python.py
    echo
fi
for plan in $plans; do
    bench build/bin/bench_threads $rules $rows "$plan"
    echo
done
bench build/bin/bench_carried $rules $rows
printf '\n%-39s %12s %9s %9s\n' "streamed by Arrow, arrays of 65,536" "rows" "ns a row" "peak MiB"
for plan in $plans; do
    # shellcheck disable=SC2086 # a list of words
    bench build/bin/bench_stream $rules "$plan" $streamed
    # shellcheck disable=SC2086
    bench build/bin/bench_stream $rules "$plan" ${streamed% *} carried
done
printf '\n%-28s %21s %9s %8s %8s\n' "ns a row, reasons and caps" "with" "without" "ratio" "again"
for plan in $plans; do
    bench build/bin/bench_stream $rules "$plan" lists
done
# Benches of what stands alone, each with its own aims.
for program in bench_single bench_claims bench_load bench_scenarios; do
    [ -x build/bin/$program ] && [ "$quick" != quick ] && echo && bench build/bin/$program $rules
done
[ "$quick" = quick ] || ! command -v valgrind >"$log" || instructions
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
