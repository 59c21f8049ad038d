/* harness.c - the checks, and the one list of tests. */
#include "harness/harness.h"

#include <stdlib.h>

#define HZ_TEST_ENTRY(name) void hz_test_##name(void);
#include "unit/tests.def"
#undef HZ_TEST_ENTRY

/* Fails on purpose when asked: the scripts see that a failing check fails the run. */
static void failing_on_purpose(void)
{
    HZ_CHECK(getenv("HZ_TEST_FAIL") == NULL);
}

const hz_test_entry hz_tests[] = {
    {"harness_fails_when_asked", failing_on_purpose},
#define HZ_TEST_ENTRY(name) {#name, hz_test_##name},
#include "unit/tests.def"
#undef HZ_TEST_ENTRY
};
const size_t hz_test_count = sizeof hz_tests / sizeof *hz_tests;

static unsigned failures;

static bool note(bool ok)
{
    if (!ok) failures++;
    return ok;
}

unsigned hz_take_failures(void)
{
    unsigned count = failures;
    failures = 0;
    return count;
}

bool hz_check(bool condition, const char *file, int line, const char *what)
{
    if (!condition) fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    return note(condition);
}

bool hz_check_int(long long got, long long expected, const char *file, int line, const char *what)
{
    if (got != expected) fprintf(stderr, "%s:%d: %s is %lld, expected %lld\n", file, line, what, got, expected);
    return note(got == expected);
}

bool hz_check_text(const char *got, const char *expected, const char *file, int line, const char *what)
{
    bool same = got != NULL && expected != NULL && strcmp(got, expected) == 0;
    if (!same)
        fprintf(stderr, "%s:%d: %s is\n%s\nexpected\n%s\n", file, line, what, got != NULL ? got : "(NULL)", expected != NULL ? expected : "(NULL)");
    return note(same);
}
