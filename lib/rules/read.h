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

/* Reads ruleset.yaml and every plan file of the list; *.examples.yaml are ignored. Never NULL. All of files' bytes
 * must live as long as the arena. */
hz_model *hz_rules_read(hz_arena *arena, hz_diags *diags, const hz_file *files, uint32_t count);

/* Applies settings `plan.name=literal [from DATE [until DATE]]`, in order, before the program is made: texts of one or
 * more lines, `#` begins a comment. Errors (E_SCENARIO…, with the nearest path) go to diags; a text becomes a source of
 * its path, `--set` where that is empty, so carets work. */
void hz_rules_apply(hz_arena *arena, hz_diags *diags, hz_model *model, const hz_file *settings, uint32_t count);

/* Number of digits behind the point for a currency or unit: CNY, CNY/unit, CNY/day: 2. */
int32_t hz_unit_scale(hz_str unit, hz_str currency);

#endif
