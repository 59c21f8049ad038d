/* test_rules_folder.c - the files of a ruleset on disk: which are read, in which order, and what cannot be. */
#define _POSIX_C_SOURCE 200809L

#include "rules_case.h"

#include "rules/folder.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[] = {
    "ruleset.yaml", "b.yaml",  "a.yaml",        "a.examples.yaml",        "a.yaml~",   ".a.yaml",
    "README.md",    "old.yml", "tables/t.yaml", "tables/x.examples.yaml", "link.yaml", "folder.yaml",
    "more/c.yaml",  NULL};

static void make_folder(char *root)
{
    char path[256];
    HZ_CHECK(mkdtemp(root) != NULL);
    snprintf(path, sizeof path, "%s/tables", root);
    HZ_CHECK_EQ_INT(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/more", root);
    HZ_CHECK_EQ_INT(mkdir(path, 0700), 0);
    for (size_t i = 0; names[i] != NULL; i++) {
        snprintf(path, sizeof path, "%s/%s", root, names[i]);
        if (strcmp(names[i], "link.yaml") == 0) {
            HZ_CHECK_EQ_INT(symlink("a.yaml", path), 0);
        } else if (strcmp(names[i], "folder.yaml") == 0) {
            HZ_CHECK_EQ_INT(mkdir(path, 0700), 0);
        } else {
            FILE *file = fopen(path, "w");
            if (HZ_CHECK(file != NULL)) {
                fputs(names[i], file);
                fclose(file);
            }
        }
    }
}

static void remove_folder(const char *root)
{
    char path[256];
    for (size_t i = 0; names[i] != NULL; i++) {
        snprintf(path, sizeof path, "%s/%s", root, names[i]);
        remove(path);
    }
    snprintf(path, sizeof path, "%s/tables", root);
    rmdir(path);
    snprintf(path, sizeof path, "%s/more", root);
    rmdir(path);
    HZ_CHECK_EQ_INT(rmdir(root), 0);
}

typedef struct folder_case {
    const char *root;
    bool examples;
    hz_buf shown; /* paths, then diagnostics */
} folder_case;

static void read_folder(hz_arena *arena, void *context)
{
    folder_case *self = context;
    hz_diags diags = {.arena = arena};
    uint32_t count;
    const hz_file *files = hz_folder_read(arena, &diags, hz_str_from(self->root), self->examples, &count);
    hz_buf_reset(&self->shown);
    for (uint32_t i = 0; i < count; i++) {
        hz_buf_printf(&self->shown, "%.*s ", HZ_ARG(files[i].path));
        HZ_CHECK(hz_str_eq(files[i].bytes, files[i].path) || hz_str_is(files[i].path, "link.yaml"));
    }
    for (uint32_t i = 0; i < diags.list.count; i++)
        hz_buf_printf(&self->shown, "%s %.*s\n", hz_code_name(diags.list.at[i].code), HZ_ARG(diags.list.at[i].message));
}

static void check_folder(const char *root, bool examples, const char *expected)
{
    folder_case self = {.root = root, .examples = examples};
    hz_buf_begin(&self.shown, &hz_alloc_libc);
    HZ_CHECK_EQ_INT(in_arena(read_folder, &self), HZ_OK);
    HZ_CHECK_STR(hz_buf_text(&self.shown).at, expected);
    hz_buf_end(&self.shown);
}

HZ_TEST(folder_is_read)
{
    char root[] = "/tmp/huzhu-folder-XXXXXX";
    make_folder(root);
    check_folder(root, false,
                 "a.yaml b.yaml link.yaml old.yml ruleset.yaml tables/t.yaml tables/x.examples.yaml "
                 "E_IO `folder.yaml` is not a file\n");
    check_folder(root, true,
                 "a.examples.yaml a.yaml b.yaml link.yaml old.yml ruleset.yaml tables/t.yaml tables/x.examples.yaml "
                 "E_IO `folder.yaml` is not a file\n");
    check_folder("/nowhere/at/all", false, "E_IO the folder `/nowhere/at/all` cannot be read\n");
    remove_folder(root);
}

HZ_TEST(folder_without_memory)
{
    char root[] = "/tmp/huzhu-folder-XXXXXX";
    make_folder(root);
    for (size_t fail_at = 1; fail_at < 100; fail_at++) {
        memory own = {.fail_at = fail_at};
        hz_alloc alloc = memory_alloc(&own);
        folder_case self = {.root = root};
        hz_arena arena;
        hz_buf_begin(&self.shown, &hz_alloc_libc);
        hz_arena_begin(&arena, &alloc, 0);
        int32_t status = guarded(&arena, read_folder, &self);
        hz_arena_end(&arena);
        hz_buf_end(&self.shown);
        HZ_CHECK_EQ_INT(own.live, 0);
        HZ_CHECK_EQ_INT(status, own.calls < fail_at ? HZ_OK : HZ_NO_MEMORY);
        if (own.calls < fail_at) break;
    }
    remove_folder(root);
}
