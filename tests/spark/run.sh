#!/bin/sh
# run.sh - the second tier: a plan over DataFrames of Spark, from Python and from the JVM. Some 700 MB come from PyPI and Maven Central. The
# last line is `N passed, N failed, N skipped`.
#
#   sh tests/run.sh spark, or sh tests/spark/run.sh
set -u
here=$(cd "$(dirname "$0")" && pwd)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0 skipped=0
for script in python jvm; do
    sh "$here/$script.sh" >"$log" 2>&1
    status=$?
    cat "$log"
    set -- $(tail -n 1 "$log" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/\1 \2 \3/p')
    passed=$((passed + ${1:-0})) failed=$((failed + ${2:-0})) skipped=$((skipped + ${3:-0}))
    [ $status -ne 0 ] && [ "${2:-0}" -eq 0 ] && failed=$((failed + 1))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
