/* say_row.c - rows of decision tables in words: which table, which row. What stands in a row is formula.c's. Called by
 * explain*.c and show*.c.
 */
#include "run/say.h"

/* What stands between the brackets of a path, and is a row's of this table; empty: it is none. */
static hz_str row_in(const hz_table *table, hz_str path)
{
    size_t begin = table->path.len + 1;
    bool is = path.len > begin + 1 && hz_str_starts(path, table->path) && path.at[begin - 1] == '[' && path.at[path.len - 1] == ']';
    return is ? hz_str_part(path, begin, path.len - 1) : HZ_STR("");
}

void hz_say_row(const hz_table *table, hz_str path, uint32_t language, hz_buf *out)
{
    const hz_str which[] = {hz_in_language(&table->label, language), row_in(table, path)};
    hz_saying saying = which[1].len > 0 && which[1].at[0] >= '0' && which[1].at[0] <= '9' ? HZ_SAY_ROW_NUMBERED : HZ_SAY_ROW_NAMED;
    hz_say_with(out, hz_str_is(which[1], "otherwise") ? HZ_SAY_ROW_REST : saying, language, which);
}

bool hz_say_row_path(const hz_plan *plan, hz_str path, uint32_t language, hz_buf *out)
{
    for (uint32_t i = 0; i < plan->rules->tables.count; i++) {
        const hz_table *table = &plan->rules->tables.at[i];
        if (row_in(table, path).len == 0)
            continue;
        hz_say_row(table, path, language, out);
        return true;
    }
    return false;
}
