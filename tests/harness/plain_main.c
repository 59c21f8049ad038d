/* plain_main.c - the runner without forks, for sanitizers, valgrind and debuggers: [part of a test's name …] runs those,
 * [-part …] runs the others. */
#include "harness/harness.h"

static bool wanted(const char *name, int count, char **parts)
{
    bool some = false, meant = false;
    for (int i = 1; i < count; i++) {
        bool is = strstr(name, parts[i] + (parts[i][0] == '-')) != NULL;
        if (parts[i][0] == '-' && is) return false;
        some = some || parts[i][0] != '-';
        meant = meant || is;
    }
    return meant || !some;
}

int main(int argc, char **argv)
{
    unsigned passed = 0, failed = 0;
    for (size_t i = 0; i < hz_test_count; i++) {
        if (!wanted(hz_tests[i].name, argc, argv)) continue;
        hz_tests[i].run();
        if (hz_take_failures() == 0) {
            passed++;
            continue;
        }
        failed++;
        fprintf(stderr, "FAILED %s\n", hz_tests[i].name);
    }
    printf("%u passed, %u failed\n", passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
}
