/* harness.h - unit tests as plain functions in one list (unit/tests.def), run by Criterion and by the plain runner.
 *
 *     HZ_TEST(decimal_parses_plain_numbers)
 *     {
 *         HZ_CHECK(hz_decimal_parse(HZ_STR("1.50"), false, &value));
 *         HZ_CHECK_EQ_INT(value.scale, 2);
 *     }
 *
 * A check that fails is reported with its place and the test goes on; leaks are checked inside the test body.
 */
#ifndef HZ_TESTS_HARNESS_H
#define HZ_TESTS_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define HZ_TEST(name)          \
    void hz_test_##name(void); \
    void hz_test_##name(void)

#define HZ_CHECK(condition) hz_check((condition), __FILE__, __LINE__, #condition)
#define HZ_CHECK_EQ_INT(got, expected) hz_check_int((long long)(got), (long long)(expected), __FILE__, __LINE__, #got)
/* Texts that end with NUL. */
#define HZ_CHECK_STR(got, expected) hz_check_text((got), (expected), __FILE__, __LINE__, #got)

bool hz_check(bool condition, const char *file, int line, const char *what);
bool hz_check_int(long long got, long long expected, const char *file, int line, const char *what);
bool hz_check_text(const char *got, const char *expected, const char *file, int line, const char *what);

/* For the runners. */
typedef struct hz_test_entry {
    const char *name;
    void (*run)(void);
} hz_test_entry;

extern const hz_test_entry hz_tests[];
extern const size_t hz_test_count;

/* Checks that failed since the last call. */
unsigned hz_take_failures(void);

#endif
