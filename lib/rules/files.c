/* files.c - the list of a ruleset's files: what each is, in which order, and the hash over them.
 *
 * Not their contents, and not the disk (folder.c). Called by read.c, so that a ruleset from memory and one from a
 * folder are the same ruleset with the same hash.
 */
#include "rules/reader.h"

#include "base/sha256.h"
#include "base/sort.h"
#include "base/utf8.h"

hz_file_kind hz_file_kind_of(hz_str path)
{
    const hz_str tables = HZ_STR("tables/");
    bool yaml = hz_str_ends(path, HZ_STR(".yaml")) && hz_utf8_check(path) == path.len;
    if (path.len == 0 || memchr(path.at, '\\', path.len) != NULL) return HZ_FILE_OTHER;
    if (hz_str_is(path, "ruleset.yaml")) return HZ_FILE_MANIFEST;
    if (yaml && hz_str_starts(path, tables)) {
        hz_str name = hz_str_part(path, tables.len, path.len);
        bool plain = name.len > strlen(".yaml") && memchr(name.at, '/', name.len) == NULL;
        return plain ? HZ_FILE_TABLE : HZ_FILE_OTHER;
    }
    if (!yaml || path.len == strlen(".yaml") || memchr(path.at, '/', path.len) != NULL) return HZ_FILE_OTHER;
    return hz_str_ends(path, HZ_STR(".examples.yaml")) ? HZ_FILE_EXAMPLES : HZ_FILE_PLAN;
}

static hz_str without_dot(hz_str path)
{
    while (hz_str_starts(path, HZ_STR("./"))) path = hz_str_part(path, 2, path.len);
    return path;
}

static bool path_before(const void *context, const void *a, const void *b)
{
    (void)context;
    return hz_str_compare(((const hz_file *)a)->path, ((const hz_file *)b)->path) < 0;
}

static void refuse_path(hz_reader *reader, hz_str path)
{
    if (hz_utf8_check(path) != path.len) path = HZ_STR("(a name that is not UTF-8)");
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_FILE_NAME, HZ_NO_SPAN, "`%.*s` is not a file of a ruleset", HZ_BRIEF(path));
    if (path.len != 0 && memchr(path.at, '\\', path.len) != NULL)
        hz_diag_hint(reader->diags, diag, "paths are relative to the ruleset and have `/`, not `\\`");
    else if (hz_str_ends(path, HZ_STR(".yml"))) hz_diag_hint(reader->diags, diag, "rename it to end in `.yaml`");
    else
        hz_diag_hint(reader->diags, diag,
                     "a ruleset is ruleset.yaml, PLAN.yaml, PLAN.examples.yaml and tables/NAME.yaml, no other folders");
}

hz_file *hz_files_order(hz_reader *reader, const hz_file *files, uint32_t count)
{
    hz_file *list = HZ_NEW_MANY(reader->arena, hz_file, count);
    for (uint32_t i = 0; i < count; i++) list[i] = (hz_file){without_dot(files[i].path), files[i].bytes};
    hz_sort(list, count, sizeof *list, path_before, NULL);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && hz_str_eq(list[i].path, list[i - 1].path)) {
            hz_diag *diag = hz_error(reader->diags, HZ_E_FILE_NAME, HZ_NO_SPAN, "the file `%.*s` was given twice",
                                     HZ_BRIEF(list[i].path));
            hz_diag_hint(reader->diags, diag, "give each path once");
        } else if (hz_file_kind_of(list[i].path) == HZ_FILE_OTHER) {
            refuse_path(reader, list[i].path);
        }
    }
    return list;
}

/* Each part ends with a byte or stands behind its length, so that no two lists of files give the same bytes. */
static void hash_file(hz_sha256 *hash, const hz_file *file)
{
    char length[24];
    size_t at = sizeof length;
    size_t left = file->bytes.len;
    do {
        length[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left != 0);
    const hz_str zero = {"", 1};
    hz_sha256_add(hash, file->path);
    hz_sha256_add(hash, zero);
    hz_sha256_add(hash, (hz_str){length + at, sizeof length - at});
    hz_sha256_add(hash, zero);
    hz_sha256_add(hash, file->bytes);
}

void hz_files_hash(const hz_file *files, uint32_t count, char out[65])
{
    hz_sha256 hash;
    hz_sha256_begin(&hash);
    for (uint32_t i = 0; i < count; i++) {
        hz_file_kind kind = hz_file_kind_of(files[i].path);
        if (kind != HZ_FILE_EXAMPLES && kind != HZ_FILE_OTHER) hash_file(&hash, &files[i]);
    }
    hz_sha256_end(&hash, out);
}
