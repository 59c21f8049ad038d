#!/bin/sh
# threads.sh - `huzhu run` with threads, under the thread sanitizer where that build is there: no race, and the same results
# and tables of counters as without threads.
#
#   sh tests/cli/threads.sh    the program is build/tsan/bin/huzhu, or $HUZHU_BIN
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
huzhu=${HUZHU_BIN:-$root/build/tsan/bin/huzhu}
[ -x "$huzhu" ] || huzhu=$root/build/bin/huzhu
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 3
passed=0
failed=0

# Members whose claims lie apart, some in error.
{
    echo "id,member,cover,cover_start,cover_end,admitted,discharged,hospital_level,cause"
    seq 4000 | awk '{ m = $1 % 700; d = 10 + int($1 / 700); printf "A-%d,M-%d,C-%d,2024-01-01,2024-12-31,2024-%02d-01,2024-%02d-%02d,3,%s\n", $1, m, m, d - 5, d - 5, d, $1 % 97 ? "illness" : "none" }'
} >claims.csv

# run WORD…: huzhu run WORD…; stdout in out.
run() {
    TSAN_OPTIONS="exitcode=66 halt_on_error=1" "$huzhu" run "$root/rulesets/beijing" --plan inpatient-allowance -q "$@" claims.csv >out 2>err
    status=$?
}

# same FILE OTHER
same() {
    if [ $status -eq 1 ] && cmp -s "$1" "$2"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $1 and $2 differ, or exit status $status"
        head -n 20 err
        failed=$((failed + 1))
    fi
}

run --fresh
cp out fresh
run --carry --counters-out left
cp out carried
for jobs in 2 3 8; do
    run --fresh -j $jobs --block 3000
    same out fresh
    run --carry -j $jobs --block 3000 --errors errors.csv --counters-out again
    same out carried
    same again/paid_this_period.csv left/paid_this_period.csv
    run --carry -j $jobs --block 20000 --counters-in left --counters-out twice.$jobs
    same twice.$jobs/days_this_period.csv twice.2/days_this_period.csv
done
# Scenarios that carry counters, of claims behind each other.
printf '[today]\n[less]\ninpatient-allowance.period_cap = 150\n[more]\ninpatient-allowance.daily_amount = 60\n' >scenarios
{ head -n 1 claims.csv; tail -n +2 claims.csv | sort -s -t , -k 2,2; } >sorted.csv
mv sorted.csv claims.csv
run --carry --scenarios scenarios --by cause
cp out sums
for jobs in 2 3; do
    run --carry --scenarios scenarios --by cause -j $jobs --block 3000
    same out sums
    run --carry --scenarios scenarios --by cause -j $jobs --block 20000 --counters-in left
    cp out begun.$jobs
    same begun.$jobs begun.2
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
