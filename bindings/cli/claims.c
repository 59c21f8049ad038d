/* claims.c - the columns of a run, and the memory of rows. */
#include "claims.h"

#include "text.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- what a column is ---- */

static cli_form form_of_input(uint32_t type)
{
    switch (type) {
    case HUZHU_TYPE_BOOLEAN: return CLI_FORM_BOOLEAN;
    case HUZHU_TYPE_COUNT:
    case HUZHU_TYPE_MONEY:
    case HUZHU_TYPE_RATE:
    case HUZHU_TYPE_NUMBER: return CLI_FORM_NUMBER;
    default: return CLI_FORM_TEXT;
    }
}

static cli_form form_of_counter(uint32_t type)
{
    return type == HUZHU_COUNTER_BOOLEAN ? CLI_FORM_BOOLEAN : type == HUZHU_COUNTER_DATE ? CLI_FORM_TEXT : CLI_FORM_NUMBER;
}

static cli_column column_of_input(const huzhu_plan *plan, size_t index)
{
    huzhu_input_info info = {.struct_size = sizeof info};
    huzhu_plan_input_at(plan, index, &info);
    return (cli_column){.name = info.name.data, .form = form_of_input(info.type), .part = CLI_PART_ANY, .index = index};
}

static cli_column column_of_counter(const huzhu_plan *plan, size_t part, size_t index)
{
    huzhu_counter_info info = {.struct_size = sizeof info};
    huzhu_plan_counter_at(plan, index, &info);
    return (cli_column){.name = info.name.data, .form = form_of_counter(info.type), .counter = true, .part = part, .index = index};
}

bool cli_columns_find_part(const cli_columns *columns, const char *name, size_t size, size_t *out)
{
    for (size_t i = 0; i < huzhu_plan_part_count(columns->plan); i++) {
        huzhu_text id = huzhu_plan_id(huzhu_plan_part_at(columns->plan, i));
        *out = i;
        if (id.size == size && memcmp(id.data, name, size) == 0)
            return true;
    }
    return false;
}

/* A counter by its name: of the plan, of any part of a package, or behind a part's name and a point of that. */
static bool find_counter(const cli_columns *columns, const char *name, cli_column *out)
{
    const huzhu_plan *plan = columns->plan;
    const char *point = strchr(name, '.');
    size_t index, part;
    if (huzhu_plan_counter_find(plan, name, HUZHU_NUL, &index) == HUZHU_OK)
        return *out = column_of_counter(plan, CLI_PART_ANY, index), true;
    for (size_t i = 0; i < huzhu_plan_part_count(plan); i++)
        if (huzhu_plan_counter_find(huzhu_plan_part_at(plan, i), name, HUZHU_NUL, &index) == HUZHU_OK)
            return *out = column_of_counter(huzhu_plan_part_at(plan, i), CLI_PART_ANY, index), true;
    if (point == NULL || !cli_columns_find_part(columns, name, (size_t)(point - name), &part) ||
        huzhu_plan_counter_find(huzhu_plan_part_at(plan, part), point + 1, HUZHU_NUL, &index) != HUZHU_OK)
        return false;
    *out = column_of_counter(huzhu_plan_part_at(plan, part), part, index);
    out->name = name;
    return true;
}

bool cli_column_is_read(const cli_column *column)
{
    return column->form >= CLI_FORM_TEXT;
}

static bool is_listed(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, list[i]) == 0)
            return true;
    return false;
}

static bool make_room(cli_columns *columns, size_t count)
{
    columns->count = count;
    columns->at = calloc(count + 1, sizeof *columns->at);
    columns->names = calloc(count + 1, sizeof *columns->names);
    return columns->at != NULL && columns->names != NULL;
}

/* ---- of CSV ---- */

/* Keys of JSON claims that make a row something else than a claim of the plan: leaving them unread would answer wrongly. */
static int refuse_reserved(const char *name)
{
    static const char *const reserved[] = {"ask", "reverses", "plans"};
    if (!is_listed(name, reserved, sizeof reserved / sizeof *reserved))
        return CLI_WELL;
    return cli_complain(CLI_USAGE, "column `%s`: rows are claims of the plan; `huzhu eval` takes lines of JSON with `%s`, and --ignore %s leaves it unread",
                        name, name, name);
}

static cli_column column_named(const cli_columns *columns, const char *name, const cli_names *kept)
{
    size_t index;
    cli_column counter;
    if (huzhu_plan_input_find(columns->plan, name, HUZHU_NUL, &index) == HUZHU_OK)
        return column_of_input(columns->plan, index);
    if (find_counter(columns, name, &counter))
        return counter;
    bool id = strcmp(name, "id") == 0, keep = is_listed(name, kept->at, kept->count);
    return (cli_column){.name = name, .form = id ? CLI_FORM_ID : keep ? CLI_FORM_KEPT : CLI_FORM_NONE};
}

int cli_columns_of_csv(cli_columns *columns, const huzhu_plan *plan, const cli_source *source, const cli_names *ignored, const cli_names *kept)
{
    int exit_code = CLI_WELL;
    bool anything = false;
    const char *name = source->header.at;
    *columns = (cli_columns){.plan = plan};
    if (!make_room(columns, source->columns))
        return cli_fault("columns", HUZHU_NO_MEMORY);
    for (size_t i = 0; i < columns->count && exit_code == CLI_WELL; i++, name += strlen(name) + 1) {
        columns->at[i] = column_named(columns, name, kept);
        columns->names[i] = name;
        if (columns->at[i].form == CLI_FORM_NONE && !is_listed(name, ignored->at, ignored->count))
            exit_code = refuse_reserved(name);
        anything = anything || cli_column_is_read(&columns->at[i]);
    }
    if (exit_code == CLI_WELL && !anything)
        return cli_complain(CLI_USAGE, "no column is an input of %s; CSV begins with a line of names, with commas between them, and `huzhu inputs` lists those of a plan",
                            huzhu_plan_id(plan).data);
    return exit_code;
}

/* ---- of JSON ---- */

static uint32_t hash(const char *name, size_t size)
{
    uint32_t value = 2166136261u;
    for (size_t i = 0; i < size; i++)
        value = (value ^ (unsigned char)name[i]) * 16777619u;
    return value ^ value >> 15;
}

static void place(const cli_columns *columns, size_t column)
{
    const char *name = columns->at[column].name;
    uint32_t *places = columns->at[column].counter ? columns->counter_places : columns->places;
    uint32_t at = hash(name, strlen(name)) & columns->mask;
    while (places[at] != 0)
        at = (at + 1) & columns->mask;
    places[at] = (uint32_t)column + 1;
}

bool cli_columns_find(const cli_columns *columns, const char *name, size_t size, bool counter, size_t *out)
{
    const uint32_t *places = counter ? columns->counter_places : columns->places;
    for (uint32_t at = hash(name, size) & columns->mask; places[at] != 0; at = (at + 1) & columns->mask) {
        const char *found = columns->names[places[at] - 1];
        *out = places[at] - 1;
        if (strncmp(found, name, size) == 0 && found[size] == '\0')
            return true;
    }
    return false;
}

/* Adds the counters of a plan, or of a part by their names alone and behind the part's. A name that is there already is not
 * added again. columns->at has room. */
static void add_counters(cli_columns *columns, const huzhu_plan *plan, size_t part)
{
    huzhu_text id = huzhu_plan_id(plan);
    for (size_t i = 0; i < huzhu_plan_counter_count(plan); i++) {
        cli_column column = column_of_counter(plan, CLI_PART_ANY, i);
        size_t found;
        if (!cli_columns_find(columns, column.name, strlen(column.name), true, &found)) {
            columns->at[columns->count] = column;
            columns->names[columns->count] = column.name;
            place(columns, columns->count++);
        }
        if (part == CLI_PART_ANY)
            continue;
        const char *name = columns->made.at + columns->made.size; /* there is room: it stays where it is */
        cli_bytes_add(&columns->made, id.data, id.size);
        cli_bytes_put(&columns->made, '.');
        cli_bytes_add(&columns->made, column.name, strlen(column.name) + 1);
        column.part = part;
        column.name = columns->names[columns->count] = name;
        columns->at[columns->count] = column;
        place(columns, columns->count++);
    }
}

/* Room for all columns that there may be, and for the names that have to be made. */
static bool begin_json(cli_columns *columns, size_t inputs)
{
    const huzhu_plan *plan = columns->plan;
    size_t most = inputs + huzhu_plan_counter_count(plan) + 1, bytes = 1;
    for (size_t i = 0; i < huzhu_plan_part_count(plan); i++) {
        const huzhu_plan *part = huzhu_plan_part_at(plan, i);
        most += 2 * huzhu_plan_counter_count(part);
        for (size_t k = 0; k < huzhu_plan_counter_count(part); k++)
            bytes += huzhu_plan_id(part).size + strlen(column_of_counter(part, i, k).name) + 2;
    }
    columns->mask = 15;
    while (columns->mask < 2 * most)
        columns->mask = 2 * columns->mask + 1;
    columns->places = calloc(columns->mask + 1, sizeof *columns->places);
    columns->counter_places = calloc(columns->mask + 1, sizeof *columns->counter_places);
    bool memory = make_room(columns, most) && cli_bytes_make_room(&columns->made, bytes);
    columns->count = 0;
    return memory && columns->places != NULL && columns->counter_places != NULL;
}

int cli_columns_of_json(cli_columns *columns, const huzhu_plan *plan)
{
    size_t inputs = huzhu_plan_input_count(plan);
    *columns = (cli_columns){.plan = plan, .json = true};
    if (!begin_json(columns, inputs))
        return cli_fault("columns", HUZHU_NO_MEMORY);
    for (; columns->count < inputs; columns->count++) {
        columns->at[columns->count] = column_of_input(plan, columns->count);
        columns->names[columns->count] = columns->at[columns->count].name;
        place(columns, columns->count);
    }
    if (huzhu_plan_part_count(plan) == 0)
        add_counters(columns, plan, CLI_PART_ANY);
    for (size_t i = 0; i < huzhu_plan_part_count(plan); i++)
        add_counters(columns, huzhu_plan_part_at(plan, i), i);
    columns->at[columns->count] = (cli_column){.name = "id", .form = CLI_FORM_ID};
    columns->names[columns->count] = "id";
    place(columns, columns->count++);
    return CLI_WELL;
}

void cli_columns_free(cli_columns *columns)
{
    free(columns->at);
    free(columns->names);
    free(columns->places);
    free(columns->counter_places);
    cli_bytes_free(&columns->made);
}

/* ---- rows ---- */

bool cli_claims_make(cli_claims *claims, const cli_columns *columns)
{
    *claims = (cli_claims){.columns = columns};
    claims->seen = calloc(columns->count + 1, sizeof *claims->seen);
    return cli_cells_make(&claims->cells, columns->names, columns->count) && claims->seen != NULL;
}

void cli_claims_free(cli_claims *claims)
{
    cli_cells_free(&claims->cells);
    free(claims->rows);
    free(claims->scratch);
    free(claims->seen);
}

static bool give_room(cli_claims *claims, size_t rows, size_t scratch)
{
    if (claims->row_room < rows) {
        free(claims->rows);
        claims->row_room = rows + rows / 4;
        claims->rows = calloc(claims->row_room, sizeof *claims->rows);
        if (claims->rows == NULL)
            return claims->row_room = 0, false;
    }
    if (claims->scratch_room < scratch) {
        free(claims->scratch);
        claims->scratch_room = scratch + scratch / 4;
        claims->scratch = calloc(claims->scratch_room + CLI_CELL_SLACK, 1);
        if (claims->scratch == NULL)
            return claims->scratch_room = 0, false;
    }
    return true;
}

bool cli_claims_read(cli_claims *claims, const cli_piece_text *text)
{
    bool json = claims->columns->json;
    size_t rows = text->line_ends + 1, scratch = json ? 2 * text->size : 0;
    claims->exit_code = CLI_WELL;
    claims->special = 0;
    if (!give_room(claims, rows, scratch) || !cli_cells_clear(&claims->cells, rows, text->bytes, text->size, claims->scratch, scratch))
        return false;
    if (json)
        cli_claims_read_json(claims, text);
    else
        cli_claims_read_csv(claims, text);
    return true;
}

void cli_claims_make_odd(cli_claims *claims, size_t row)
{
    claims->rows[row].state = CLI_ROW_ODD;
    static const char none[1 + CLI_CELL_SLACK] = "\xFF";
    for (size_t i = 0; i < claims->columns->count; i++)
        if (cli_column_is_read(&claims->columns->at[i]))
            cli_cells_set(&claims->cells, i, row, none, 1, CLI_BUFFER_INPUT);
}
