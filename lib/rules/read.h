/* read.h - rule files to model: the keys of the format, one reader per kind of item.
 *
 * In: files in memory (the folder reader fetches them). Out: the model, as far as it could be read; errors are in
 * diags and a model with errors must not be compiled. What can go wrong: everything the format calls an error and that
 * shows within one item; names, types and ranges are checked by program/.
 */
#ifndef HZ_RULES_READ_H
#define HZ_RULES_READ_H

#include "rules/model.h"
#include "rules/tree.h"

/* What a file of a ruleset is, by its path. files.c. */
typedef enum hz_file_kind {
    HZ_FILE_MANIFEST,
    HZ_FILE_PLAN,
    HZ_FILE_TABLE,
    HZ_FILE_EXAMPLES,
    HZ_FILE_OTHER
} hz_file_kind;

hz_file_kind hz_file_kind_of(hz_str path);

/* Reads ruleset.yaml and every plan file of the list; *.examples.yaml are ignored. Never NULL. All of files' bytes
 * must live as long as the arena. */
hz_model *hz_rules_read(hz_arena *arena, hz_diags *diags, const hz_file *files, uint32_t count);

/* Files that are read into models more than once: their trees are made the first time. In the arena, of which they take
 * memory whenever they are read. */
typedef struct hz_trees {
    hz_arena *arena;
    const hz_file *files;      /* in the order of their paths */
    uint32_t count;
    hz_tree **at;              /* by the number that a file has in each model; NULL: not made yet */
} hz_trees;

hz_trees hz_trees_of(hz_arena *arena, const hz_file *files, uint32_t count);
/* As hz_rules_read of those files. */
hz_model *hz_rules_read_again(hz_arena *arena, hz_diags *diags, const hz_trees *trees);

/* Applies settings `plan.name=literal [from DATE [until DATE]]`, in order, before the program is made: texts of one or
 * more lines, `#` begins a comment. Errors (E_SCENARIO…, with the nearest path) go to diags; a text becomes a source of
 * its path, `--set` where that is empty, so carets work. */
void hz_rules_apply(hz_arena *arena, hz_diags *diags, hz_model *model, const hz_file *settings, uint32_t count);

/* ---- sections.c ---- */

/* A scenario in a text of several: what stands behind its `[name]`. */
typedef struct hz_section {
    hz_str name;
    hz_str settings;           /* behind as many line ends as stand before it in the text, so that places are right */
} hz_section;

typedef HZ_VEC(hz_section) hz_sections;

/* Takes a text apart; errors go to diags, whose file is the text's number in sources. */
hz_sections hz_sections_read(hz_arena *arena, hz_diags *diags, hz_str text, uint32_t file);

/* Number of digits behind the point for a currency or unit: CNY, CNY/unit, CNY/day: 2. */
int32_t hz_unit_scale(hz_str unit, hz_str currency);

#endif
