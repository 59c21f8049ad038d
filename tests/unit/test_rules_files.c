/* test_rules_files.c - a ruleset's files: paths, order, hash, manifest, several plans; and memory that runs out. */
#include "rules_case.h"

#include "base/sha256.h"

#define PLAN(id) "plan: " id "\ntitle: {zh: 住院, en: Stay}\nfrom: 2015-07\ndated by: start\n"

static void check_files(const hz_file *files, uint32_t count, const char *expected)
{
    rules_case self;
    rules_case_begin(&self);
    HZ_CHECK(rules_case_read(&self, files, count));
    HZ_CHECK_STR(rules_case_show(&self), expected);
    rules_case_end(&self);
}

HZ_TEST(rules_paths)
{
#define FOLDERS " | a ruleset is ruleset.yaml, PLAN.yaml, PLAN.examples.yaml and tables/NAME.yaml, no other folders"
    static const struct {
        const char *path, *expected;
    } rows[] = {
        {"plans\\stay.yaml", "E_FILE_NAME `plans\\stay.yaml` is not a file of a ruleset | paths are relative to the "
                             "ruleset and have `/`, not "
                             "`\\`"},
        {"stay.yml", "E_FILE_NAME `stay.yml` is not a file of a ruleset | rename it to end in `.yaml`"},
        {"notes.txt", "E_FILE_NAME `notes.txt` is not a file of a ruleset" FOLDERS},
        {"plans/stay.yaml", "E_FILE_NAME `plans/stay.yaml` is not a file of a ruleset" FOLDERS},
        {"tables/a/b.yaml", "E_FILE_NAME `tables/a/b.yaml` is not a file of a ruleset" FOLDERS},
        {".yaml", "E_FILE_NAME `.yaml` is not a file of a ruleset" FOLDERS},
        {"", "E_FILE_NAME `` is not a file of a ruleset" FOLDERS},
        {"\xFF.yaml", "E_FILE_NAME `(a name that is not UTF-8)` is not a file of a ruleset" FOLDERS},
        {"./ruleset.yaml", "E_FILE_NAME the file `ruleset.yaml` was given twice | give each path once"},
        {"stay.examples.yaml", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const hz_file files[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)},
                                 {hz_str_from(rows[i].path), HZ_STR("x: y\n")}};
        if (i == 8) /* the same path twice is read twice: good both times */
            check_files((const hz_file[]){files[0], {files[1].path, HZ_STR(MANIFEST)}}, 2, rows[i].expected);
        else
            check_files(files, 2, rows[i].expected);
    }
    check_files(NULL, 0, "E_NO_MANIFEST there is no ruleset.yaml | a ruleset is a folder with a manifest of that name");
}

static void hash_of(const hz_file *files, uint32_t count, char out[65])
{
    rules_case self;
    rules_case_begin(&self);
    HZ_CHECK(rules_case_read(&self, files, count));
    memcpy(out, self.model->sha256, 65);
    rules_case_end(&self);
}

HZ_TEST(rules_hash)
{
    const hz_file files[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)}, {HZ_STR("b.yaml"), HZ_STR(PLAN("b"))}};
    const hz_file other[] = {{HZ_STR("./b.yaml"), HZ_STR(PLAN("b"))},
                             {HZ_STR("b.examples.yaml"), HZ_STR("anything")},
                             {HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)}};
    const hz_file renamed[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)}, {HZ_STR("c.yaml"), HZ_STR(PLAN("b"))}};
    char a[65], b[65], c[65], own[65], length[32];
    hash_of(files, 2, a);
    hash_of(other, 3, b);
    hash_of(renamed, 2, c);
    HZ_CHECK_STR(b, a);
    HZ_CHECK(strcmp(a, c) != 0);

    /* The definition, once more: path, 0, length, 0, bytes; sorted by path. */
    hz_sha256 hash;
    const hz_str zero = {"", 1};
    hz_sha256_begin(&hash);
    hz_sha256_add(&hash, HZ_STR("b.yaml"));
    hz_sha256_add(&hash, zero);
    snprintf(length, sizeof length, "%zu", sizeof PLAN("b") - 1);
    hz_sha256_add(&hash, hz_str_from(length));
    hz_sha256_add(&hash, zero);
    hz_sha256_add(&hash, HZ_STR(PLAN("b")));
    hz_sha256_add(&hash, HZ_STR("ruleset.yaml"));
    hz_sha256_add(&hash, zero);
    snprintf(length, sizeof length, "%zu", sizeof MANIFEST - 1);
    hz_sha256_add(&hash, hz_str_from(length));
    hz_sha256_add(&hash, zero);
    hz_sha256_add(&hash, HZ_STR(MANIFEST));
    hz_sha256_end(&hash, own);
    HZ_CHECK_STR(a, own);
}

static void check_manifest(const char *manifest, const char *expected)
{
    const hz_file files[] = {{HZ_STR("ruleset.yaml"), hz_str_from(manifest)}};
    check_files(files, 1, expected);
}

HZ_TEST(rules_bad_manifests)
{
    check_manifest("", "E_NO_VALUE <> manifest `ruleset.yaml` is empty");
    check_manifest(
        "format: 2\nnew: key\n",
        "E_FORMAT_VERSION <2> these rule files are of format 2, this library reads format 1 | use a newer library");
    check_manifest("format: one\n", "E_FORMAT_VERSION <one> `one` is not a number of a format | write `format: 1`");
    check_manifest("ruleset: small\nformat: 1\n",
                   "E_MISSING_KEY <ruleset> manifest `ruleset.yaml` needs the key `version`\n"
                   "E_MISSING_KEY <ruleset> manifest `ruleset.yaml` needs the key `currency`");
    check_manifest(
        "ruleset: small\nformat: 1\nversion: 1\ncurrency: RMB￥\nsources:\n  S 1: {gives: publish}\n  S2: {title: "
        "二}\n",
        "E_UNIT <RMB￥> `RMB￥` is not the code of a currency | write its three capital letters, as CNY\n"
        "E_NAME <S 1> `S 1` cannot be the id of a source | letters, digits, `-`, `_` and `.`, as programme-2020 "
        "or S16\n"
        "E_GIVES <publish> `publish` is not what a source can give | did you mean `published`?\n"
        "E_MISSING_KEY <S2> source `S2` needs the key `gives`");
    check_manifest("ruleset: small\nformat: 1\nversion: 1\ncurrency: CNY\ncounters: {x: {unit: CNY, per: member}}\n",
                   "warning E_UNUSED <x> no plan has the shared counter `x` | a plan that adds to it has a counter of that "
                   "name with `shared: true`");
}

HZ_TEST(rules_several_plans)
{
    const hz_file twice[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)},
                             {HZ_STR("a.yaml"), HZ_STR(PLAN("a"))},
                             {HZ_STR("b.yaml"), HZ_STR(PLAN("a"))}};
    check_files(twice, 3,
                "E_DUPLICATE_PLAN <a> two files define the plan `a` | a plan is one file; rename one of the two\n"
                "  <a> the other");
    const hz_file differ[] = {
        {HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)},
        {HZ_STR("a.yaml"), HZ_STR(PLAN("a") "inputs:\n  x: {type: date, zh: 一}\n  y: {type: count, zh: 二}\n")},
        {HZ_STR("b.yaml"),
         HZ_STR(PLAN("b") "inputs:\n  x: {type: money, zh: 一}\n  y: {type: count, unit: days, zh: 二}\n")}};
    check_files(
        differ, 3,
        "E_INPUT_DIFFERS <x> input `x` has another type in plan `a` | a name means one thing in all plans; rename one "
        "of the two\n  <x> the other\n"
        "E_INPUT_DIFFERS <y> input `y` has another unit in plan `a` | a name means one thing in all plans; rename one "
        "of the two\n  <y> the other");
    const hz_file tables[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)}, {HZ_STR("tables/a.yaml"), HZ_STR("x: y\n")}};
    check_files(tables, 2,
                "E_MISSING_KEY <x> shared table `a` needs the key `inputs`\n"
                "E_MISSING_KEY <x> shared table `a` needs the key `gives`\n"
                "E_NO_ENTRY <x> table `a` has no dated version | write `2018-01:`, or `always:`, and below it `rows:`\n"
                "E_UNKNOWN_KEY <x> a shared table has no key `x` | its keys are: inputs, gives, hit, readings, taken, zh, en, source, assumed, "
                "disputed, unknown, date assumed, note, clause");
}

HZ_TEST(rules_many_errors)
{
    char plan[8192] = HEAD "values:\n";
    size_t at = strlen(plan);
    for (int i = 0; i < 60; i++) at += (size_t)snprintf(plan + at, sizeof plan - at, "  X%d: 1\n", i);
    const hz_file files[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)}, {HZ_STR("stay.yaml"), {plan, at}}};
    rules_case self;
    rules_case_begin(&self);
    HZ_CHECK(rules_case_read(&self, files, 2));
    HZ_CHECK_EQ_INT(self.diags.list.count, HZ_DIAG_MOST);
    HZ_CHECK_EQ_INT(self.diags.errors, 60);
    HZ_CHECK_EQ_INT(self.diags.dropped, 10);
    rules_case_end(&self);
}

/* ---- every allocation fails in turn ---- */

typedef struct load {
    hz_file files[2];
    hz_file setting;
} load;

static void read_and_apply(hz_arena *arena, void *context)
{
    const load *self = context;
    hz_diags diags = {.arena = arena};
    hz_model *model = hz_rules_read(arena, &diags, self->files, 2);
    hz_rules_apply(arena, &diags, model, &self->setting, 1);
}

HZ_TEST(rules_without_memory)
{
    load self = {
        {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)},
         {HZ_STR("stay.yaml"), HZ_STR(PLAN("stay") "parameters:\n  x:\n    unit: CNY\n    2015-07: {value: 1, source: "
                                                   "book}\nvalues:\n  y: x * 2\n  Z: bad + \n")}},
        {HZ_STR(""), HZ_STR("stay.x = 2 from 2016-01")}};
    for (size_t fail_at = 1; fail_at < 1000; fail_at++) {
        memory own = {.fail_at = fail_at};
        hz_alloc alloc = memory_alloc(&own);
        hz_arena arena;
        hz_arena_begin(&arena, &alloc, 0);
        int32_t status = guarded(&arena, read_and_apply, &self);
        hz_arena_end(&arena);
        HZ_CHECK_EQ_INT(own.live, 0);
        HZ_CHECK(!own.wrong);
        if (own.calls < fail_at) {
            HZ_CHECK_EQ_INT(status, HZ_OK);
            break;
        }
        HZ_CHECK_EQ_INT(status, HZ_NO_MEMORY);
    }
}
