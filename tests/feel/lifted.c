/* lifted.c - the conformance cases with their literals in columns: lifted CASES STAY.
 *
 * Each case is evaluated as `huzhu feel` does, and again through the executor over columns with 1, 7 and 1,025 rows, where
 * its literals and inputs stand in one row and every other row is null. That row must give the same, to the byte; of a case
 * that is refused as it is written, and expects null, it must give null or an error. Literals that the checker needs
 * written out stay; STAY names the places where they may, and ids of cases that differ or are refused in columns too, a
 * line each: place or id, tab, reason.
 * Prints what differs, and a count.
 */
#include "lift.h"

#include "base/status.h"
#include "run/columns.h"
#include "run/feel_eval.h"
#include "source/json.h"

#include <stdio.h>
#include <stdlib.h>

#define ROWS_MOST 1025

typedef struct stay {
    char where[64];
    bool used;
} stay;

typedef struct tally {
    unsigned passed, failed, skipped, lifted, stayed;
    stay stays[96];
    unsigned stay_count;
} tally;

/* ---- Columns ---- */

typedef struct table {
    hz_column columns[LIFT_MOST];
    uint64_t valid[ROWS_MOST / 64 + 1], nowhere[ROWS_MOST / 64 + 1];
    void *values[LIFT_MOST];
} table;

static void set_row(void *values, uint8_t type, size_t row, const hz_feel_value *value)
{
    switch (type) {
    case HZ_COLUMN_BIT: ((uint64_t *)values)[row / 64] |= (uint64_t)(value->value != 0) << (row % 64); break;
    case HZ_COLUMN_I32: ((int32_t *)values)[row] = (int32_t)value->value; break;
    case HZ_COLUMN_TEXT: ((hz_str *)values)[row] = value->text; break;
    default: ((int64_t *)values)[row] = (int64_t)value->value; break;
    }
}

static void make_table(const lift *l, table *t, size_t row)
{
    memset(t, 0, sizeof *t);
    t->valid[row / 64] = UINT64_C(1) << (row % 64);
    for (uint32_t i = 0; i < l->columns; i++) {
        const hz_feel_value *value = l->column[i];
        t->values[i] = calloc(ROWS_MOST + HZ_CHUNK, sizeof(hz_str));
        if (!l->empty[i]) set_row(t->values[i], hz_column_of(&value->type), row, value);
        t->columns[i] = (hz_column){.values = t->values[i], .valid = l->empty[i] ? t->nowhere : t->valid};
    }
}

static void free_table(table *t, uint32_t columns)
{
    for (uint32_t i = 0; i < columns; i++) free(t->values[i]);
}

/* ---- Running ---- */

/* The plan whose inputs are the columns. */
static void compile(lift *l)
{
    hz_feel_run *run = &l->run;
    for (uint32_t i = 0; i < l->columns; i++) {
        hz_input *input = HZ_PUSH(&l->arena, &run->rules.inputs);
        memset(input, 0, sizeof *input);
        input->type = l->column[i]->type;
        input->optional = true;
    }
    hz_bundle *kept = HZ_NEW(&l->arena, hz_bundle);
    *kept = hz_feel_run_lower(run);
    run->plan.columns = (hz_column_program){.outcome = HZ_NO_REG, .reason = HZ_NO_REG, .total = HZ_NO_REG, .has_total = HZ_NO_REG, .kept = kept};
    hz_emit_columns(&run->lower, &run->plan.columns);
}

/* A row of the registers that a value stands in, as a machine's. */
static void copy_row(hz_machine *machine, const hz_batch *batch, const hz_bundle *value, size_t row)
{
    const uint32_t regs[5] = {value->self.value, value->self.null, value->self.missing, value->self.unknown, value->self.error};
    for (int i = 0; i < 5; i++) {
        if (regs[i] == HZ_NO_REG) continue;
        const void *column = batch->reg[regs[i]];
        uint64_t *cell = &machine->cells[regs[i]];
        switch (machine->program->reg_type[regs[i]]) {
        case HZ_COLUMN_BIT: hz_cell_set_bit(cell, ((const uint64_t *)column)[row / 64] >> (row % 64) & 1); break;
        case HZ_COLUMN_I32: hz_cell_set_i32(cell, ((const int32_t *)column)[row]); break;
        case HZ_COLUMN_TEXT: hz_cell_set_text(cell, ((const hz_str *)column)[row]); break;
        case HZ_COLUMN_WIDE: hz_cell_set_wide(cell, ((const hz_wide *)column)[row]); break;
        default: hz_cell_set_i64(cell, ((const int64_t *)column)[row]); break;
        }
    }
    for (uint32_t i = 0; i < value->count; i++) copy_row(machine, batch, &value->item[i], row);
}

static void write_row(const lift *l, const hz_batch *batch, size_t row, hz_buf *out)
{
    const hz_program *program = &l->run.plan.columns.program;
    hz_machine machine = {.program = program, .cells = calloc(program->regs, sizeof(uint64_t))};
    const hz_bundle *value = l->run.plan.columns.kept;
    copy_row(&machine, batch, value, row);
    if (hz_feel_in_error(&machine, value, &l->run.root->type)) hz_buf_add_literal(out, "error");
    else hz_feel_write(&machine, value, &l->run.root->type, out);
    free(machine.cells);
}

/* What the case's row gives among so many, and what another does, if there is one. */
static void run_rows(lift *l, size_t rows, size_t row, hz_buf *out, hz_buf *other)
{
    static table t;
    const hz_results nothing = {0};
    hz_batch batch;
    make_table(l, &t, row);
    size_t beside = (row + 1) % rows;
    if (hz_batch_begin(&batch, &l->run.plan, &hz_alloc_libc) != HZ_OK) exit(4);
    for (size_t first = 0; first < rows; first += HZ_CHUNK) {
        size_t count = rows - first < HZ_CHUNK ? rows - first : HZ_CHUNK;
        if (hz_batch_range(&batch, t.columns, NULL, first, count, &nothing) != HZ_OK) exit(4);
        if (row >= first && row < first + count) write_row(l, &batch, row - first, out);
        if (rows > 1 && beside >= first && beside < first + count) write_row(l, &batch, beside - first, other);
    }
    hz_batch_end(&batch);
    free_table(&t, l->columns);
}

/* ---- A case ---- */

static bool may_stay(tally *total, const char *where)
{
    for (unsigned i = 0; i < total->stay_count; i++) {
        if (strcmp(total->stays[i].where, where) != 0) continue;
        total->stays[i].used = true;
        return true;
    }
    return false;
}

/* Literals that could not be lifted; false after a report of one that should be. */
static bool count_sites(const lift *l, tally *total, const char *id)
{
    bool fine = true;
    for (uint32_t i = 0; i < l->sites; i++) {
        const lift_site *site = &l->site[i];
        bool beside = site->constructor && l->site[i + 1].lifted;
        beside |= i > 0 && l->site[i - 1].constructor && l->site[i - 1].lifted;
        if (site->lifted) total->lifted++;
        if (site->lifted || beside) continue;
        total->stayed++;
        if (may_stay(total, site->value.type.kind == HZ_KIND_NONE && site->node != NULL ? "34 digits" : site->where) || may_stay(total, id)) continue;
        printf("FAILED %s: a literal of `%s` was not lifted\n", id, site->where);
        fine = false;
    }
    return fine;
}

static void id_of(const lift *l, char id[64])
{
    hz_str text = l->run.given.id; /* as JSON */
    bool quoted = text.len > 1 && text.at[0] == '"';
    snprintf(id, 64, "%.*s", (int)text.len - (quoted ? 2 : 0), text.at + quoted);
}

/* What the case says that it expects; ERROR: it does not say. */
static hz_json_event expected_of(hz_str text)
{
    hz_json json;
    hz_json_begin(&json, text);
    hz_json_next(&json);
    while (hz_json_next(&json) == HZ_JSON_KEY) {
        bool expected = hz_str_is(json.text, "expected");
        if (expected) return hz_json_next(&json);
        hz_json_skip(&json);
    }
    return HZ_JSON_ERROR;
}

/* The three tables give what is expected in the case's row; an excused case may be an error there, never another value. Where
 * null is expected of what is refused as written (expected.at is NULL), an error is as good. */
static bool compare(lift *l, tally *total, const char *id, hz_str expected)
{
    static const size_t sizes[] = {1, 7, ROWS_MOST};
    hz_buf got, other[3];
    bool fine = true;
    uint32_t place = 0;
    for (const char *at = id; *at != '\0'; at++) place = place * 31 + (unsigned char)*at;
    hz_buf_begin(&got, &hz_alloc_libc);
    for (int i = 0; i < 3; i++) {
        hz_buf_begin(&other[i], &hz_alloc_libc);
        hz_buf_reset(&got);
        run_rows(l, sizes[i], place % sizes[i], &got, &other[i]);
        bool none = hz_str_is(hz_buf_text(&got), "error") || hz_str_is(hz_buf_text(&got), "null");
        if (expected.at == NULL ? none : hz_str_eq(hz_buf_text(&got), expected)) continue;
        if (hz_str_is(hz_buf_text(&got), "error") && may_stay(total, id)) continue;
        printf("FAILED %s: row %u of %u gives %s, not %.*s\n", id, (unsigned)(place % sizes[i]), (unsigned)sizes[i],
               hz_buf_text(&got).at, HZ_ARG(expected.at == NULL ? HZ_STR("null") : expected));
        fine = false;
    }
    if (!hz_str_eq(hz_buf_text(&other[1]), hz_buf_text(&other[2]))) {
        printf("FAILED %s: rows of nulls differ: %s, %s\n", id, hz_buf_text(&other[1]).at, hz_buf_text(&other[2]).at);
        fine = false;
    }
    hz_buf_end(&got);
    for (int i = 0; i < 3; i++) hz_buf_end(&other[i]);
    return fine;
}

static void run_case(tally *total, hz_str json)
{
    static lift l;
    hz_buf answer;
    hz_buf_begin(&answer, &hz_alloc_libc);
    hz_feel_eval_json(json, &hz_alloc_libc, &answer);
    char *text = malloc(hz_buf_text(&answer).len + 1);
    strcpy(text, hz_buf_text(&answer).at);
    char *got = strstr(text, "\"got\":"), *run = strstr(text, "\"phase\":\"run\"");
    bool taken = lift_case(&l, json), refused = !taken && got == NULL && run == NULL;
    char id[64] = "";
    id_of(&l, id);
    if (refused && expected_of(json) == HZ_JSON_NULL) taken = lift_refused(&l, json);
    if (!taken && (may_stay(total, id) || expected_of(json) == HZ_JSON_ERROR)) {
        total->skipped++;
    } else if (!taken) {
        printf("FAILED %s: it is refused in columns too, and nobody says why\n", id);
        total->failed++;
    } else {
        hz_str expected = HZ_STR("error");
        if (got != NULL) expected = (hz_str){got + 6, strlen(got + 6) - 2};
        if (refused) expected.at = NULL;
        compile(&l);
        bool sites = count_sites(&l, total, id), same = compare(&l, total, id, expected);
        if (sites && same) total->passed++;
        else total->failed++;
    }
    lift_end(&l);
    free(text);
    hz_buf_end(&answer);
}

/* ---- Files ---- */

static bool read_stays(tally *total, const char *path)
{
    char line[512];
    FILE *file = fopen(path, "r");
    if (file == NULL) return false;
    while (fgets(line, sizeof line, file) != NULL && total->stay_count < 96) {
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || tab == NULL || tab - line >= 64) continue;
        *tab = '\0';
        strcpy(total->stays[total->stay_count++].where, line);
    }
    fclose(file);
    return true;
}

int main(int argc, char **argv)
{
    static tally total;
    static char line[1 << 20];
    FILE *cases = argc == 3 ? fopen(argv[1], "r") : NULL;
    if (cases == NULL || !read_stays(&total, argv[2])) {
        fputs("usage: lifted CASES STAY\n", stderr);
        return 2;
    }
    while (fgets(line, sizeof line, cases) != NULL) run_case(&total, hz_str_from(line));
    fclose(cases);
    for (unsigned i = 0; i < total.stay_count; i++) {
        if (total.stays[i].used) continue;
        printf("FAILED no literal stays in `%s`\n", total.stays[i].where);
        total.failed++;
    }
    printf("%u literals and inputs lifted, %u stay\n", total.lifted, total.stayed);
    printf("%u passed, %u failed, %u skipped\n", total.passed, total.failed, total.skipped);
    return total.failed > 0;
}
