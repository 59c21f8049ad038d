#!/bin/sh
# can_fail.sh BUILD - a failing check must fail both runners; a run that cannot fail proves nothing.
cd "$(dirname "$0")/../.." || exit 1
failed=0
if HZ_TEST_FAIL=1 "$1/asan/bin/huzhu_unit" harness_fails_when_asked >/dev/null 2>&1; then
    echo "FAILED: the plain runner passes a failing check"
    failed=$((failed + 1))
fi
if HZ_TEST_FAIL=1 "$1/bin/huzhu_unit_criterion" --filter 'huzhu/harness_fails_when_asked' >/dev/null 2>&1; then
    echo "FAILED: Criterion passes a failing check"
    failed=$((failed + 1))
fi
echo "$((2 - failed)) passed, $failed failed"
[ $failed -eq 0 ]
