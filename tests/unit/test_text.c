/* test_text.c - the memory of texts made by kernels, and what the functions on texts give beyond the documented examples. */
#include "harness/harness.h"

#include "column/text.h"
#include "guarded.h"

/* What one run takes: n texts, each filled, each whole at the end. */
static bool take_texts(hz_workspace *workspace, size_t n, size_t len)
{
    char *taken[64];
    hz_workspace_reset(workspace);
    for (size_t i = 0; i < n; i++) {
        taken[i] = hz_workspace_take(workspace, len + i);
        if (taken[i] == NULL) return false;
        memset(taken[i], (int)i, len + i);
    }
    bool whole = true;
    for (size_t i = 0; i < n; i++)
        for (size_t at = 0; at < len + i; at++) whole = whole && taken[i][at] == (char)i;
    HZ_CHECK(whole);
    return !workspace->failed;
}

HZ_TEST(workspace_grows_then_rests)
{
    memory own = {0};
    hz_alloc alloc = memory_alloc(&own);
    hz_workspace workspace;
    hz_workspace_begin(&workspace, &alloc);
    HZ_CHECK(take_texts(&workspace, 0, 0));
    HZ_CHECK_EQ_INT(own.calls, 0);
    HZ_CHECK(take_texts(&workspace, 64, 3000));
    size_t warm = own.calls;
    HZ_CHECK(take_texts(&workspace, 64, 3000));
    HZ_CHECK(take_texts(&workspace, 60, 1));
    HZ_CHECK(take_texts(&workspace, 64, 3000));
    HZ_CHECK_EQ_INT(own.calls, warm);
    HZ_CHECK(take_texts(&workspace, 1, 1000000)); /* more than all that is held */
    hz_workspace_end(&workspace);
    HZ_CHECK_EQ_INT(own.live, 0);
    HZ_CHECK(!own.wrong);
}

HZ_TEST(workspace_tells_of_no_memory)
{
    for (size_t fail_at = 1; fail_at < 6; fail_at++) {
        memory own = {.fail_at = fail_at};
        hz_alloc alloc = memory_alloc(&own);
        hz_workspace workspace;
        hz_workspace_begin(&workspace, &alloc);
        HZ_CHECK(!take_texts(&workspace, 64, 3000));
        HZ_CHECK(workspace.failed);
        HZ_CHECK(take_texts(&workspace, 64, 3000)); /* it may be tried again */
        hz_workspace_end(&workspace);
        HZ_CHECK_EQ_INT(own.live, 0);
    }
}

HZ_TEST(text_joined)
{
    hz_workspace workspace;
    hz_workspace_begin(&workspace, &hz_alloc_libc);
    HZ_CHECK(hz_str_is(hz_text_join(&workspace, HZ_STR("北"), HZ_STR("京")), "北京"));
    HZ_CHECK(hz_str_is(hz_text_join(&workspace, HZ_STR(""), HZ_STR("京")), "京"));
    HZ_CHECK(hz_str_is(hz_text_join(&workspace, HZ_STR("北"), HZ_STR("")), "北"));
    char *rest = hz_workspace_take(&workspace, 100);
    hz_workspace_trim(&workspace, rest, 3);
    HZ_CHECK(hz_workspace_take(&workspace, 1) == rest + 3);
    hz_workspace_end(&workspace);
}
