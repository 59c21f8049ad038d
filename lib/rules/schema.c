/* schema.c - JSON Schema out of keys.def, shapes.def and words.def: what an editor completes, shows and underlines.
 *
 * It knows shapes and words, no names of a plan, no types and no expressions: what passes it may still be wrong. Keys
 * that this version does not read are left out. Called by api/ for huzhu_rules_schema.
 */
#include "rules/schema.h"

#define PLAIN_NAME "[a-z][a-z0-9_]*"
#define DATE_KEY   "([0-9]{4}-[0-9]{2}(-[0-9]{2})?|always)"
#define CELL       "{\"type\":[\"string\",\"number\",\"boolean\",\"array\"]}"

/* ---- The lists, as tables ---- */

typedef enum shape_kind {
#define HZ_SHAPE(id, schema) IS_##id,
#include "rules/shapes.def"
#undef HZ_SHAPE
    IS_WORD, /* of a list of words */
    IS_WORD_OR_SET,
    IS_ONE, /* of a mapping, from here on */
    IS_LIST,
    IS_MANY,
    IS_MAP,
    IS_MAP_BY_ID,
    IS_MAP_BY_ID_OR_VALUE,
    IS_MAP_OR_FORMULA,
    IS_MAP_OR_UNIT,
    IS_MAP_OR_VALUE,
    IS_NAME_OR,
    IS_FORMULA_OR,
    IS_NONE_OR,
    IS_ROWS,
    IS_CELLS
} shape_kind;

typedef struct key_shape {
    uint8_t kind; /* shape_kind */
    uint8_t of;   /* hz_word_list or hz_mapping */
} key_shape;

/* clang-format off */
static const char *const plain[] = {
#define HZ_SHAPE(id, schema) schema,
#include "rules/shapes.def"
#undef HZ_SHAPE
};

#define SHAPE_TEXT {IS_TEXT, 0}
#define SHAPE_TEXTS {IS_TEXTS, 0}
#define SHAPE_REASON {IS_REASON, 0}
#define SHAPE_LITERAL {IS_LITERAL, 0}
#define SHAPE_LITERALS {IS_LITERALS, 0}
#define SHAPE_FORMULA {IS_FORMULA, 0}
#define SHAPE_FORMULAS {IS_FORMULAS, 0}
#define SHAPE_LABEL {IS_LABEL, 0}
#define SHAPE_FLAG {IS_FLAG, 0}
#define SHAPE_NUMBER {IS_NUMBER, 0}
#define SHAPE_NUMBER_OR_NULL {IS_NUMBER_OR_NULL, 0}
#define SHAPE_DATE {IS_DATE, 0}
#define SHAPE_RANGE {IS_RANGE, 0}
#define SHAPE_PATTERN {IS_PATTERN, 0}
#define SHAPE_UNIT {IS_UNIT, 0}
#define SHAPE_CURRENCY {IS_CURRENCY, 0}
#define SHAPE_ID {IS_ID, 0}
#define SHAPE_CODE {IS_CODE, 0}
#define SHAPE_NAME {IS_NAME, 0}
#define SHAPE_NAMES {IS_NAMES, 0}
#define SHAPE_SOURCES {IS_SOURCES, 0}
#define SHAPE_CODES {IS_CODES, 0}
#define SHAPE_READINGS {IS_READINGS, 0}
#define SHAPE_FIELDS {IS_FIELDS, 0}
#define SHAPE_MANY_FIELDS {IS_MANY_FIELDS, 0}
#define SHAPE_WORD(list) {IS_WORD, HZ_WORDS_##list}
#define SHAPE_WORD_OR_SET(list) {IS_WORD_OR_SET, HZ_WORDS_##list}
#define SHAPE_ONE(mapping) {IS_ONE, HZ_IN_##mapping}
#define SHAPE_LIST(mapping) {IS_LIST, HZ_IN_##mapping}
#define SHAPE_MANY(mapping) {IS_MANY, HZ_IN_##mapping}
#define SHAPE_MAP(mapping) {IS_MAP, HZ_IN_##mapping}
#define SHAPE_MAP_BY_ID(mapping) {IS_MAP_BY_ID, HZ_IN_##mapping}
#define SHAPE_MAP_BY_ID_OR_VALUE(mapping) {IS_MAP_BY_ID_OR_VALUE, HZ_IN_##mapping}
#define SHAPE_MAP_OR_FORMULA(mapping) {IS_MAP_OR_FORMULA, HZ_IN_##mapping}
#define SHAPE_MAP_OR_UNIT(mapping) {IS_MAP_OR_UNIT, HZ_IN_##mapping}
#define SHAPE_MAP_OR_VALUE(mapping) {IS_MAP_OR_VALUE, HZ_IN_##mapping}
#define SHAPE_NAME_OR(mapping) {IS_NAME_OR, HZ_IN_##mapping}
#define SHAPE_FORMULA_OR(mapping) {IS_FORMULA_OR, HZ_IN_##mapping}
#define SHAPE_NONE_OR(mapping) {IS_NONE_OR, HZ_IN_##mapping}
#define SHAPE_ROWS(mapping) {IS_ROWS, HZ_IN_##mapping}
#define SHAPE_CELLS(mapping) {IS_CELLS, HZ_IN_##mapping}

typedef enum row_kind { MUST, MAY, LATER, DATES, LIKE, EITHER, NEEDS } row_kind;

static const struct row {
    uint8_t mapping, kind; /* row_kind */
    uint8_t group;         /* LIKE: whose keys also belong to mapping */
    key_shape shape;           /* keys and dates */
    const char *key, *word, *other; /* other: of EITHER and NEEDS */
    const char *text; /* what it is for: Chinese, then English */
} rows[] = {
#define HZ_KEY(mapping, key, need, shape, en, zh) {HZ_IN_##mapping, need, 0, SHAPE_##shape, key, NULL, NULL, zh "\n\n" en},
#define HZ_DATES(mapping, shape, en, zh) {HZ_IN_##mapping, DATES, 0, SHAPE_##shape, NULL, NULL, NULL, zh "\n\n" en},
#define HZ_LIKE(mapping, group) {HZ_IN_##mapping, LIKE, HZ_IN_##group, {0, 0}, NULL, NULL, NULL, NULL},
#define HZ_EITHER(mapping, a, b) {HZ_IN_##mapping, EITHER, 0, {0, 0}, a, NULL, b, NULL},
#define HZ_NEEDS(mapping, key, word, other) {HZ_IN_##mapping, NEEDS, 0, {0, 0}, key, word, other, NULL},
#include "rules/keys.def"
};

static const char *const names[] = {
#define HZ_MAPPING(id, name) [HZ_IN_##id] = #id,
#include "rules/keys.def"
};
/* clang-format on */

#define ROWS (sizeof rows / sizeof *rows)

/* The rows of a mapping one after another, those of its groups in their places. */
typedef struct row_walk {
    size_t at, resume; /* resume: where the mapping goes on behind a group, 0: not in a group */
    uint8_t mapping, group;
} row_walk;

static const struct row *next_row(row_walk *walk)
{
    for (;;) {
        if (walk->at == ROWS) {
            if (walk->resume == 0) return NULL;
            walk->at = walk->resume;
            walk->resume = 0;
        }
        const struct row *row = &rows[walk->at++];
        if (row->mapping != (walk->resume != 0 ? walk->group : walk->mapping)) continue;
        if (row->kind != LIKE) return row;
        walk->group = row->group;
        walk->resume = walk->at;
        walk->at = 0;
    }
}

/* ---- Shapes ---- */

static void add_ref(hz_buf *out, uint8_t mapping)
{
    hz_buf_printf(out, "{\"$ref\":\"#/$defs/%s\"}", names[mapping]);
}

static void add_words(hz_buf *out, uint8_t list)
{
    const char *const *words = hz_words_of((hz_word_list)list);
    for (size_t i = 0; words[i] != NULL; i++) hz_buf_printf(out, "%s\"%s\"", i == 0 ? "{\"enum\":[" : ",", words[i]);
    hz_buf_add_literal(out, "]}");
}

static void add_map(hz_buf *out, bool by_id, const char *instead, uint8_t mapping)
{
    hz_buf_add_literal(out, "{\"type\":\"object\",");
    if (!by_id) hz_buf_add_literal(out, "\"propertyNames\":{\"pattern\":\"^" PLAIN_NAME "$\"},");
    hz_buf_add_literal(out, "\"additionalProperties\":");
    if (instead != NULL) hz_buf_printf(out, "{\"anyOf\":[%s,", instead);
    add_ref(out, mapping);
    if (instead != NULL) hz_buf_add_literal(out, "]}");
    hz_buf_add_literal(out, "}");
}

static void add_or(hz_buf *out, const char *instead, uint8_t mapping)
{
    hz_buf_printf(out, "{\"anyOf\":[%s,", instead);
    add_ref(out, mapping);
    hz_buf_add_literal(out, "]}");
}

static void add_list(hz_buf *out, uint8_t mapping)
{
    hz_buf_add_literal(out, "{\"type\":\"array\",\"items\":");
    add_ref(out, mapping);
    hz_buf_add_literal(out, "}");
}

static void add_shape(hz_buf *out, key_shape shape)
{
    switch (shape.kind) {
    case IS_WORD: add_words(out, shape.of); break;
    case IS_WORD_OR_SET:
        hz_buf_add_literal(out, "{\"anyOf\":[");
        add_words(out, shape.of);
        hz_buf_add_literal(out, ",{\"type\":\"string\",\"pattern\":\"^set of " PLAIN_NAME "$\"}]}");
        break;
    case IS_ONE:
    case IS_CELLS: add_ref(out, shape.of); break;
    case IS_LIST:
    case IS_ROWS: add_list(out, shape.of); break;
    case IS_MANY:
        hz_buf_add_literal(out, "{\"anyOf\":[");
        add_list(out, shape.of);
        hz_buf_add_literal(out, ",");
        add_ref(out, shape.of);
        hz_buf_add_literal(out, "]}");
        break;
    case IS_MAP: add_map(out, false, NULL, shape.of); break;
    case IS_MAP_BY_ID: add_map(out, true, NULL, shape.of); break;
    case IS_MAP_BY_ID_OR_VALUE: add_map(out, true, plain[IS_LITERAL], shape.of); break;
    case IS_MAP_OR_FORMULA: add_map(out, false, plain[IS_FORMULA], shape.of); break;
    case IS_MAP_OR_UNIT: add_map(out, false, plain[IS_UNIT], shape.of); break;
    case IS_MAP_OR_VALUE: add_map(out, false, plain[IS_LITERAL], shape.of); break;
    case IS_NAME_OR: add_or(out, plain[IS_NAME], shape.of); break;
    case IS_FORMULA_OR: add_or(out, plain[IS_FORMULA], shape.of); break;
    case IS_NONE_OR: add_or(out, "{\"const\":\"none\"}", shape.of); break;
    default: hz_buf_add(out, hz_str_from(plain[shape.kind])); break;
    }
}

/* The shape with what it is for. */
static void add_described(hz_buf *out, const struct row *row)
{
    hz_buf_add_literal(out, "{\"description\":");
    hz_buf_add_json(out, hz_str_from(row->text));
    size_t brace = out->len;
    add_shape(out, row->shape);
    if (!out->failed) out->at[brace] = ',';
}

/* ---- Mappings ---- */

/* Mappings that have the names of columns for keys, too. */
static bool is_open(uint8_t mapping)
{
    for (size_t i = 0; i < ROWS; i++)
        if ((rows[i].shape.kind == IS_ROWS || rows[i].shape.kind == IS_CELLS) && rows[i].shape.of == mapping) return true;
    return false;
}

static void add_required(hz_buf *out, uint8_t mapping)
{
    bool first = true;
    row_walk walk = {.mapping = mapping};
    for (const struct row *row; (row = next_row(&walk)) != NULL;) {
        if (row->kind != MUST) continue;
        hz_buf_printf(out, "%s\"%s\"", first ? ",\n   \"required\":[" : ",", row->key);
        first = false;
    }
    if (!first) hz_buf_add_literal(out, "]");
}

static void add_relation(hz_buf *out, const struct row *row)
{
    if (row->kind == EITHER)
        hz_buf_printf(out, "{\"oneOf\":[{\"required\":[\"%s\"]},{\"required\":[\"%s\"]}]}", row->key, row->other);
    else if (row->word[0] == '\0')
        hz_buf_printf(out, "{\"if\":{\"required\":[\"%s\"]},\"then\":{\"required\":[\"%s\"]}}", row->key, row->other);
    else
        hz_buf_printf(out, "{\"if\":{\"required\":[\"%s\"],\"properties\":{\"%s\":{\"const\":\"%s\"}}},\"then\":{\"required\":[\"%s\"]}}",
                      row->key, row->key, row->word, row->other);
}

static void add_relations(hz_buf *out, uint8_t mapping)
{
    bool first = true;
    row_walk walk = {.mapping = mapping};
    for (const struct row *row; (row = next_row(&walk)) != NULL;) {
        if (row->kind != EITHER && row->kind != NEEDS) continue;
        hz_buf_add(out, first ? HZ_STR(",\n   \"allOf\":[") : HZ_STR(",\n    "));
        add_relation(out, row);
        first = false;
    }
    if (!first) hz_buf_add_literal(out, "]");
}

static void add_mapping(hz_buf *out, uint8_t mapping)
{
    bool first = true;
    hz_buf_printf(out, "  \"%s\":{\"type\":\"object\",\n   \"properties\":{", names[mapping]);
    row_walk walk = {.mapping = mapping};
    for (const struct row *row; (row = next_row(&walk)) != NULL;) {
        if (row->kind != MUST && row->kind != MAY) continue;
        hz_buf_printf(out, "%s\n    \"%s\":", first ? "" : ",", row->key);
        add_described(out, row);
        first = false;
    }
    hz_buf_add_literal(out, "}");
    walk = (row_walk){.mapping = mapping};
    for (const struct row *dates; (dates = next_row(&walk)) != NULL;) {
        if (dates->kind != DATES) continue;
        hz_buf_add_literal(out, ",\n   \"patternProperties\":{\"^" DATE_KEY "$\":");
        add_described(out, dates);
        hz_buf_add_literal(out, "}");
    }
    add_required(out, mapping);
    add_relations(out, mapping);
    hz_buf_add(out, is_open(mapping) ? HZ_STR(",\n   \"additionalProperties\":" CELL "}") : HZ_STR(",\n   \"additionalProperties\":false}"));
}

/* ---- A file ---- */

/* Enters mapping and all that it refers to. */
static void reach(bool *reached, uint8_t mapping)
{
    if (reached[mapping]) return;
    reached[mapping] = true;
    row_walk walk = {.mapping = mapping};
    for (const struct row *row; (row = next_row(&walk)) != NULL;) {
        if (row->kind == LATER || row->kind > DATES) continue;
        if (row->shape.kind >= IS_ONE) reach(reached, row->shape.of);
        if (row->shape.kind == IS_LABEL || row->shape.kind == IS_CODES) reach(reached, HZ_IN_LABEL);
        if (row->shape.kind == IS_FORMULAS) reach(reached, HZ_IN_HISTORY);
    }
}

void hz_schema_write(hz_mapping root, hz_buf *out)
{
    bool reached[HZ_MAPPINGS] = {false}, first = true;
    reach(reached, (uint8_t)root);
    hz_buf_add_literal(out, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\n");
    hz_buf_printf(out, " \"$ref\":\"#/$defs/%s\",\n \"$defs\":{\n", names[root]);
    for (uint8_t i = 0; i < HZ_MAPPINGS; i++) {
        if (!reached[i]) continue;
        if (!first) hz_buf_add_literal(out, ",\n");
        add_mapping(out, i);
        first = false;
    }
    hz_buf_add_literal(out, "\n }}\n");
}
