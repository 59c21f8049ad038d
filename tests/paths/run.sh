#!/bin/sh
# run.sh - every way of settling claims against the single claim, bit for bit: plain pointers, arrays and streams of Arrow, slices,
# chunks, threads, counters given, fresh and carried, with kernels for AVX2 and without, by gcc and clang, settings against
# edited files, and under the sanitizers with fewer claims. Claims of every plan, made as for the oracles.
#
#   sh tests/paths/run.sh
#
# PATHS_SEED and PATHS_CLAIMS choose other claims. The last line is `N passed, N failed`.
set -u
cd "$(dirname "$0")/../.." || exit 1
seed=${PATHS_SEED:-20150701}
claims=${PATHS_CLAIMS:-1300}
few=150
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
export PYTHONDONTWRITEBYTECODE=1 UBSAN_OPTIONS=print_stacktrace=1

# count STATUS: adds up the last line of the log; prints it when something is wrong.
count() {
    line=$(tail -n 1 "$work/log" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p')
    line=${line:-0 1}
    passed=$((passed + ${line% *}))
    failed=$((failed + ${line#* }))
    [ "$1" -ne 0 ] && [ "${line#* }" = 0 ] && failed=$((failed + 1))
    [ "$1" -eq 0 ] || { echo "$2"; tail -n 60 "$work/log"; }
}

# ways PROGRAM PLAN LINES COUNTERS [HOW]
ways() {
    "$1" rulesets/beijing "$2" "$3" "$4" ${5:+"$5"} >"$work/log" 2>&1
    count $? "$*, seed $seed"
}

turn=0
echo "seed $seed, $claims claims of each plan and kind of counters"
for oracle in tests/oracle/*_*.py; do
    plan=$(basename "$oracle" .py | tr _ -)
    case $plan in comprehensive-*) continue ;; esac # packages are settled one by one
    turn=$((turn + 1))
    at=0
    for counters in given fresh carried; do
        at=$((at + 1))
        lines=$work/$plan.$counters
        python3 tests/paths/claims.py "$plan" "$(echo $counters | sed s/carried/carry/)" "$claims" "$seed" >"$lines" || failed=$((failed + 1))
        ways build/bin/huzhu_paths "$plan" "$lines" $counters
        head -n 600 "$lines" >"$work/some"
        ways build/bin/huzhu_paths "$plan" "$work/some" $counters plain
        [ $((turn % 3 + 1)) -eq $at ] || continue # one kind of counters for each plan, by turns
        head -n $few "$lines" >"$work/few"
        ways build/clang/bin/huzhu_paths "$plan" "$work/some" $counters
        ways build/asan/bin/huzhu_paths "$plan" "$work/few" $counters
        ways build/tsan/bin/huzhu_paths "$plan" "$work/few" $counters threads
        python3 tests/paths/scenarios.py build/bin/huzhu_paths rulesets/beijing "$plan" "$work/some" $counters "$seed" 4 >"$work/log" 2>&1
        count $? "$plan: settings against edited files, counters $counters, seed $seed"
    done
done

# It can fail: with an answer that is wrong, every way but the four of single claims does.
build/bin/huzhu_paths rulesets/beijing womens-diseases "$work/womens-diseases.carried" carried spoilt >"$work/log" 2>&1
if tail -n 1 "$work/log" | grep -q '^4 passed, 2[0-9] failed$'; then
    passed=$((passed + 1))
else
    echo "FAILED: a wrong answer is not found"
    tail -n 1 "$work/log"
    failed=$((failed + 1))
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
