/* test_tree_limits.c - the YAML reader under hostile files and failing memory: it says what is wrong, and gives all back.
 * That it takes no time is tests/golden/hostile.sh's, which has a fuse. */
#include "harness/harness.h"

#include "base/status.h"
#include "harness/leak.h"
#include "unit/tree_shape.h"

#include <stdlib.h>

/* ---- limits ---- */

/* `head`, then `part` again and again up to size bytes. */
typedef struct flood {
    const char *head, *part;
    size_t size;
    const char *code; /* of the first complaint; NULL: none */
} flood;

static void check_flood(const flood *row)
{
    size_t head = strlen(row->head), part = strlen(row->part);
    char *bytes = malloc(row->size);
    memcpy(bytes, row->head, head);
    for (size_t at = head; at < row->size; at++) bytes[at] = row->part[(at - head) % part];
    tree_read read;
    tree_begin(&read, (hz_str){bytes, row->size});
    const char *code = read.diags.list.count > 0 ? hz_code_name(read.diags.list.at[0].code) : "none";
    HZ_CHECK_STR(code, row->code != NULL ? row->code : "none");
    tree_end(&read);
    free(bytes);
}

HZ_TEST(tree_under_floods)
{
    static const flood floods[] = {
        {"", "[", 81920, "E_TOO_LARGE"},
        {"", "{a: ", 8000000, "E_TOO_LARGE"},
        {"", "- ", 2000000, "E_TOO_LARGE"},
        {"", "? ", 2000000, "E_YAML_FEATURE"},
        {"[", "1,", 2000000, "E_TOO_LARGE"},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "1,", 2000000, "E_TOO_LARGE"},
        {"a: &a [x]\nb: [", "*a,", 2000000, "E_YAML_FEATURE"},
        {"", "&a ", 2000000, "E_YAML_FEATURE"},
        {"", "%TAG !a! tag:x\n", 2000000, "E_YAML_FEATURE"},
        {"a\n...\n", "%TAG !a! tag:x\n", 2000000, "E_YAML_FEATURE"},
        {"{a: b", ",c", 200000, "E_YAML"},
        {"", "a: 1\n", 600000, "E_DUPLICATE_KEY"},
        {"a: ", "\xE4\xBD\x8F", 2000000, "E_ENCODING"},
        {"a: ", "b", 2000000, NULL},
        {"a: |\n", " x\n", 2000000, NULL},
        {"a: b\n", " x\n", 2000000, "E_YAML_FEATURE"},
        {"a: ", ":", 2000000, "E_YAML"},
        {"", "#\n", 2000000, NULL},
        {"a:", "\n", 2000000, NULL},
        {"a: \"", "\\n", 2000000, "E_YAML"},
        {"", "\xC2\x85", 2000000, "E_YAML_LINE_END"},
        {"", "a", (size_t)50 << 20, "E_TOO_LARGE"},
    };
    for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) check_flood(&floods[i]);
}

HZ_TEST(tree_limits_are_exact)
{
    char text[2 * HZ_TREE_DEPTH + 2];
    tree_read read;
    memset(text, '[', HZ_TREE_DEPTH);
    memset(text + HZ_TREE_DEPTH, ']', HZ_TREE_DEPTH);
    tree_begin(&read, (hz_str){text, 2 * HZ_TREE_DEPTH});
    HZ_CHECK(read.tree != NULL && read.diags.errors == 0);
    tree_end(&read);
    memset(text, '[', HZ_TREE_DEPTH + 1);
    memset(text + HZ_TREE_DEPTH + 1, ']', HZ_TREE_DEPTH + 1);
    tree_begin(&read, (hz_str){text, sizeof text});
    HZ_CHECK_STR(tree_text(&read), "E_TOO_LARGE 64-65 lists and mappings are nested more than 64 deep"
                                   " | rule files need about ten levels");
    tree_end(&read);
}

/* ---- failures ---- */

static const char small_file[] = "a: {b: 'c''d', e: [f, \"g\\n\"]}\nh: |\n  i\n  j\nk: >4\na: 1\n"
                                 "m: {n: o, p}\nq: &r s\nt\n";

typedef struct attempt {
    hz_arena arena;
    hz_escape escape;
    hz_sources sources;
    hz_diags diags;
} attempt;

static void read_small(attempt *try)
{
    uint32_t file = hz_sources_add(&try->arena, &try->sources, HZ_STR("x.yaml"), HZ_STR(small_file));
    hz_tree_read(&try->arena, &try->diags, &try->sources, file);
}

/* Whether the reading came to its end. */
static bool guarded(attempt *try)
{
    try->arena.escape = &try->escape;
    if (setjmp(try->escape.to) != 0) return false;
    read_small(try);
    return true;
}

/* Reads small_file with the k-th allocation failing; returns whether there was a k-th. */
static bool read_failing(size_t k, hz_leak *leak)
{
    huzhu_allocator from = hz_leak_allocator(leak);
    hz_alloc alloc = {from.allocate, from.reallocate, from.release, from.user};
    attempt try = {.diags = {.arena = &try.arena}};
    hz_arena_begin(&try.arena, &alloc, 0);
    hz_fail_malloc_at(k);
    bool ended = guarded(&try);
    bool failed = hz_malloc_calls() >= k;
    hz_fail_malloc_at(0);
    HZ_CHECK_EQ_INT(ended, !failed);
    if (!ended) HZ_CHECK_EQ_INT(try.escape.status, HZ_NO_MEMORY);
    try.arena.escape = NULL;
    hz_arena_end(&try.arena);
    return failed;
}

HZ_TEST(tree_survives_failed_allocations)
{
    hz_leak leak = {0};
    size_t k = 1;
    while (k < 10000 && read_failing(k, &leak)) k++;
    HZ_CHECK(k < 10000);
    HZ_CHECK_EQ_INT(leak.blocks, 0);
    HZ_CHECK(!leak.wrong_size);
}
