#!/bin/sh
# run.sh - the rules against oracles: the same claims settled by the program and by an evaluator written from the
# documents alone, which knows neither the rule file nor the engine. Each difference is printed with both answers.
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
PYTHONDONTWRITEBYTECODE=1 exec python3 "$here/inpatient_allowance.py" "$huzhu" "$root/rulesets/beijing" \
    "${ORACLE_CLAIMS:-30000}" "${ORACLE_SEED:-20150701}"
