/* read.c - rule files to model: the manifest first, then shared tables, then every plan, in the order of their paths.
 *
 * Not the disk (folder.c) and not YAML (tree.c). Called by api/ when a ruleset is loaded.
 */
#include "rules/read.h"
#include "rules/reader.h"

static hz_tree *tree_of(hz_reader *reader, uint32_t number)
{
    const hz_trees *trees = reader->again;
    if (trees == NULL) return hz_tree_read(reader->arena, reader->diags, &reader->model->texts, number);
    if (trees->at[number] == NULL) trees->at[number] = hz_tree_read(trees->arena, reader->diags, &reader->model->texts, number);
    return trees->at[number];
}

static void read_file(hz_reader *reader, const hz_file *file, hz_file_kind kind)
{
    hz_model *model = reader->model;
    uint32_t number = hz_sources_add(reader->arena, &model->texts, file->path, file->bytes);
    hz_tree *tree = tree_of(reader, number);
    reader->unread |= tree == NULL && kind == HZ_FILE_PLAN;
    if (tree == NULL) return;
    if (kind == HZ_FILE_MANIFEST) hz_read_manifest(reader, tree, number);
    else if (kind == HZ_FILE_TABLE) hz_read_shared_table(reader, tree, number, file->path);
    else hz_read_plan(reader, tree, number);
}

static void read_kind(hz_reader *reader, const hz_file *files, uint32_t count, hz_file_kind kind)
{
    for (uint32_t i = 0; i < count; i++)
        if (hz_file_kind_of(files[i].path) == kind) read_file(reader, &files[i], kind);
}

static bool has_manifest(const hz_file *files, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (hz_file_kind_of(files[i].path) == HZ_FILE_MANIFEST) return true;
    return false;
}

static bool of_another_format(const hz_diags *diags)
{
    for (uint32_t i = 0; i < diags->list.count; i++)
        if (diags->list.at[i].code == HZ_E_FORMAT_VERSION) return true;
    return false;
}

static hz_model *read_all(hz_arena *arena, hz_diags *diags, const hz_file *files, uint32_t count, const hz_trees *trees)
{
    hz_model *model = HZ_NEW(arena, hz_model);
    hz_reader reader = {.arena = arena, .diags = diags, .model = model, .again = trees};
    model->id = model->version = model->currency = model->scenario = HZ_STR("");
    model->currency_scale = 2;
    hz_file *list = hz_files_order(&reader, files, count);
    hz_files_hash(list, count, model->sha256);
    if (diags->errors == 0 && !has_manifest(list, count)) {
        hz_diag *diag = hz_error(diags, HZ_E_NO_MANIFEST, HZ_NO_SPAN, "there is no ruleset.yaml");
        hz_diag_hint(diags, diag, "a ruleset is a folder with a manifest of that name");
    }
    read_kind(&reader, list, count, HZ_FILE_MANIFEST);
    if (of_another_format(diags)) return model; /* every message about the plans would be wrong */
    read_kind(&reader, list, count, HZ_FILE_TABLE); /* before the plans that use them */
    read_kind(&reader, list, count, HZ_FILE_PLAN);
    hz_read_packages(&reader);
    hz_refuse_repeats(&reader);
    hz_check_shared_counters(&reader);
    hz_check_same_names(&reader);
    return model;
}

hz_model *hz_rules_read(hz_arena *arena, hz_diags *diags, const hz_file *files, uint32_t count)
{
    return read_all(arena, diags, files, count, NULL);
}

hz_trees hz_trees_of(hz_arena *arena, const hz_file *files, uint32_t count)
{
    return (hz_trees){.arena = arena, .files = files, .count = count, .at = HZ_NEW_MANY(arena, hz_tree *, count)};
}

hz_model *hz_rules_read_again(hz_arena *arena, hz_diags *diags, const hz_trees *trees)
{
    return read_all(arena, diags, trees->files, trees->count, trees);
}

void hz_model_settle(hz_model *model)
{
    for (uint32_t i = 0; i < model->loading.count; i++) hz_arena_end(model->loading.at[i]);
    model->loading.count = 0;
}
