#!/bin/sh
# criterion.sh PROGRAM - runs the Criterion runner and gives its count as `N passed, N failed`.
out=$("$1" 2>&1)
status=$?
line=$(printf '%s\n' "$out" | grep -E 'Tested: [0-9]+' | tail -n 1)
tested=$(printf '%s' "$line" | sed -E 's/.*Tested: ([0-9]+).*/\1/')
passing=$(printf '%s' "$line" | sed -E 's/.*Passing: ([0-9]+).*/\1/')
if [ -z "$line" ]; then
    printf '%s\n' "$out"
    exit 1
fi
[ $status -ne 0 ] && printf '%s\n' "$out"
echo "$passing passed, $((tested - passing)) failed"
exit $status
