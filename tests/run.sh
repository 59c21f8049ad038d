#!/bin/sh
# run.sh - sets up, builds and runs every test. The last line is `N passed, N failed` (`, N skipped`); exit 0 when
# nothing failed. Each step prints such a line of its own as its last; a step without one, or one that fails without
# counting a failure, counts as one failure.
#
#   sh tests/run.sh
#   sh tests/run.sh spark      the second tier alone: DataFrames of Spark
set -u
cd "$(dirname "$0")/.." || exit 1
[ "${1:-}" = spark ] && exec sh tests/spark/run.sh
sh tests/setup.sh tests || { echo "0 passed, 1 failed"; exit 1; }

passed=0
failed=0
skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# step NAME COMMAND…: runs it, shows its output when it failed, adds up its last line.
step() {
    name=$1
    shift
    "$@" >"$log" 2>&1
    status=$?
    line=$(tail -n 1 "$log")
    if printf '%s\n' "$line" | grep -Eq '^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$'; then
        p=$(printf '%s' "$line" | sed -E 's/^([0-9]+) passed.*/\1/')
        f=$(printf '%s' "$line" | sed -E 's/.*, ([0-9]+) failed.*/\1/')
        s=$(printf '%s' "$line" | sed -nE 's/.*, ([0-9]+) skipped$/\1/p')
        [ $status -ne 0 ] && [ "$f" -eq 0 ] && f=1
    else
        p=0 f=1 s=0
    fi
    passed=$((passed + p))
    failed=$((failed + f))
    skipped=$((skipped + ${s:-0}))
    printf '%-34s %s\n' "$name" "$line"
    [ "$f" -ne 0 ] && sed 's/^/    /' "$log" | tail -n 200
    return 0
}

# A build is a test: it passes without a warning or not at all.
build() {
    cmake --preset "$1" -D HUZHU_WERROR=ON -D HUZHU_TESTS=ON >"$log.build" 2>&1 && cmake --build --preset "$1" >>"$log.build" 2>&1
    status=$?
    [ $status -ne 0 ] && grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking)' "$log.build"
    rm -f "$log.build"
    if [ $status -eq 0 ]; then echo "1 passed, 0 failed"; else echo "0 passed, 1 failed"; fi
}

step "build release, gcc" build release
step "build debug, clang" build clang
step "build asan, gcc" build asan
step "build tsan, gcc" build tsan
step "units, Criterion" sh tests/criterion.sh build/bin/huzhu_unit_criterion
step "units, plain, asan and ubsan" env UBSAN_OPTIONS=print_stacktrace=1 build/asan/bin/huzhu_unit
step "units with threads, tsan" build/tsan/bin/huzhu_unit api batch parts_of
step "units, plain, valgrind" sh tests/valgrind.sh build/bin/huzhu_unit
step "kernels, clang" build/clang/bin/huzhu_unit kernels
step "columns, clang" build/clang/bin/huzhu_unit columns
step "Arrow, clang" build/clang/bin/huzhu_unit arrow
step "harness can fail" sh tests/harness/can_fail.sh build
for script in tests/lint/*.sh; do
    step "$(basename "$script" .sh)" sh "$script"
done
step "installed tree, C and C++" sh tests/consumer/run.sh
for script in tests/golden/*.sh tests/cli/*.sh tests/oracle/*.sh tests/study/*.sh tests/paths/*.sh tests/dectest/*.sh tests/feel/*.sh tests/fuzz/*.sh tests/docs/*.sh; do
    [ -e "$script" ] && step "$(basename "$(dirname "$script")")/$(basename "$script" .sh)" sh "$script"
done
step "Python" sh tests/python/run.sh
step "Java" sh tests/java/run.sh
step "other hosts" sh tests/hosts/run.sh
step "bench, a few rows" sh tests/bench/run.sh quick
step "worked examples" build/bin/huzhu test rulesets/beijing

if [ $skipped -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ $failed -eq 0 ]
