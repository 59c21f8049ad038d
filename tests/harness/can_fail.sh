#!/bin/sh
# can_fail.sh BUILD - a failing check must fail both runners; a run that cannot fail proves nothing. The same test must
# pass when it is not asked to fail: so it is the check that fails, not a program that is not there.
cd "$(dirname "$0")/../.." || exit 1
failed=0
fail() {
    echo "FAILED: $*"
    failed=$((failed + 1))
}

plain() { "$build/asan/bin/huzhu_unit" harness_fails_when_asked >/dev/null 2>&1; }
criterion() { "$build/bin/huzhu_unit_criterion" --filter 'huzhu/harness_fails_when_asked' >/dev/null 2>&1; }

build=$1
for runner in plain criterion; do
    (unset HZ_TEST_FAIL; $runner) || fail "the $runner runner does not pass the test that should pass"
    (export HZ_TEST_FAIL=1; $runner) && fail "the $runner runner passes a failing check"
done
echo "$((4 - failed)) passed, $failed failed"
[ $failed -eq 0 ]
