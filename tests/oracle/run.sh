#!/bin/sh
# run.sh - the rules against oracles, one a plan: the same claims settled by the program and by an evaluator written from
# the documents, which takes nothing from the rule file or the engine. Each difference is printed with both answers.
#
#   sh tests/oracle/run.sh     the program is build/bin/huzhu, or $HUZHU
#
# ORACLE_SEED and ORACLE_CLAIMS choose other claims. The last line is `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
huzhu=${HUZHU:-$root/build/bin/huzhu}
case $huzhu in /*) ;; *) huzhu=$PWD/$huzhu ;; esac
if [ ! -x "$huzhu" ]; then
    echo "no program $huzhu: build it with cmake --build --preset release, or name it in HUZHU"
    echo "0 passed, 1 failed"
    exit 1
fi
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for plan in "$here"/*_*.py "$here/longtables.py"; do
    PYTHONDONTWRITEBYTECODE=1 python3 "$plan" "$huzhu" "$root/rulesets/beijing" \
        "${ORACLE_CLAIMS:-20000}" "${ORACLE_SEED:-20150701}" >"$log" 2>&1
    status=$?
    cat "$log"
    line=$(tail -n 1 "$log" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p')
    line=${line:-0 1}
    passed=$((passed + ${line% *}))
    failed=$((failed + ${line#* }))
    [ $status -ne 0 ] && [ "${line#* }" = 0 ] && failed=$((failed + 1))
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
