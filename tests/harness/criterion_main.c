/* criterion_main.c - every test of the list as a Criterion test. Criterion forks for each: a crash fails one test.
 *
 * Each entry gets a test of its own by name; leaks are checked inside the bodies, since a leak report in .fini would
 * print PASS.
 */
#include <criterion/criterion.h>

#include "harness/harness.h"

static void run(const char *name)
{
    for (size_t i = 0; i < hz_test_count; i++)
        if (strcmp(hz_tests[i].name, name) == 0) hz_tests[i].run();
    cr_assert_eq(hz_take_failures(), 0u, "checks failed in %s", name);
}

Test(huzhu, harness_fails_when_asked) { run("harness_fails_when_asked"); }
#define HZ_TEST_ENTRY(name) Test(huzhu, name) { run(#name); }
#include "unit/tests.def"
#undef HZ_TEST_ENTRY
