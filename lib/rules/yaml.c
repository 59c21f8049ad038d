/* yaml.c - libyaml, its events and marks; the only file that includes <yaml.h>.
 *
 * No meaning of keys here, no guessing of types. libyaml is fed bytes that tree_bytes.c passed, and stopped at the end
 * of the first document, at HZ_TREE_DEPTH levels and at HZ_TREE_MOST_NODES nodes: its work grows with depth times
 * length, its look-ahead is a thousand characters, so within these limits it stays linear. Called by readers of files
 * through hz_tree_read.
 *
 * libyaml allocates by malloc for itself. Its parser and event are owned by a deferred call of the arena, so that an
 * escape in the middle frees them; when all goes well they are freed at once.
 */
#include "rules/tree_build.h"

#include "base/status.h"

#include <yaml.h>

typedef struct libyaml {
    yaml_parser_t parser;
    yaml_event_t event; /* the current one */
    bool alive;
} libyaml;

typedef struct reading {
    hz_tree_build build;
    libyaml *yaml;
    size_t index; /* of libyaml's: code points behind the BOM … */
    uint32_t at;  /* … and the byte offset of that code point */
} reading;

static void end_libyaml(void *what)
{
    libyaml *yaml = what;
    if (!yaml->alive) return;
    yaml_event_delete(&yaml->event);
    yaml_parser_delete(&yaml->parser);
    yaml->alive = false;
}

static void begin_libyaml(reading *r)
{
    hz_tree_build *build = &r->build;
    libyaml *yaml = r->yaml = HZ_NEW(build->arena, libyaml);
    hz_arena_defer(build->arena, end_libyaml, yaml);
    if (!yaml_parser_initialize(&yaml->parser)) hz_arena_escape(build->arena, HZ_NO_MEMORY);
    yaml->alive = true;
    yaml_parser_set_encoding(&yaml->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&yaml->parser, (const unsigned char *)build->bytes.at + build->begin,
                                 build->bytes.len - build->begin);
}

/* The byte offset of a mark. Marks come nearly in order, so that going from the last one is linear in all. */
static uint32_t offset_of(reading *r, yaml_mark_t mark)
{
    hz_str bytes = r->build.bytes;
    for (; r->index < mark.index && r->at < bytes.len; r->index++) do
            r->at++;
        while (r->at < bytes.len && ((unsigned char)bytes.at[r->at] & 0xC0) == 0x80);
    for (; r->index > mark.index && r->at > r->build.begin; r->index--) do
            r->at--;
        while (r->at > r->build.begin && ((unsigned char)bytes.at[r->at] & 0xC0) == 0x80);
    return r->at;
}

static hz_span event_span(reading *r)
{
    uint32_t begin = offset_of(r, r->yaml->event.start_mark);
    return hz_tree_span(&r->build, begin, offset_of(r, r->yaml->event.end_mark));
}

static hz_tree_style style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return HZ_TREE_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return HZ_TREE_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE: return HZ_TREE_LITERAL;
    default: return HZ_TREE_PLAIN;
    }
}

static bool read_scalar(reading *r)
{
    const yaml_event_t *event = &r->yaml->event;
    if (event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL)
        return hz_tree_add_refused(&r->build, event_span(r));
    hz_str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    return hz_tree_add_scalar(&r->build, event_span(r), value, style_of(event->data.scalar.style),
                              event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE);
}

static bool read_list(reading *r)
{
    const yaml_event_t *event = &r->yaml->event;
    hz_span span = event_span(r);
    if (event->data.sequence_start.anchor != NULL || event->data.sequence_start.tag != NULL)
        hz_tree_refuse_sign(&r->build, span);
    return hz_tree_open(&r->build, span, HZ_TREE_LIST, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
}

static bool read_map(reading *r)
{
    const yaml_event_t *event = &r->yaml->event;
    hz_span span = event_span(r);
    if (event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag != NULL)
        hz_tree_refuse_sign(&r->build, span);
    return hz_tree_open(&r->build, span, HZ_TREE_MAP, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
}

/* libyaml gave up. */
static void explain(reading *r)
{
    const yaml_parser_t *parser = &r->yaml->parser;
    if (parser->error == YAML_MEMORY_ERROR) hz_arena_escape(r->build.arena, HZ_NO_MEMORY);
    if (r->build.folded) return;
    hz_tree_problem problem = {.problem = parser->problem != NULL ? parser->problem : "no reason given",
                               .context = parser->context,
                               .at = offset_of(r, parser->problem_mark),
                               .flow = parser->flow_level > 0};
    problem.context_at = parser->context != NULL ? offset_of(r, parser->context_mark) : problem.at;
    hz_tree_explain(&r->build, &problem);
}

/* Reads one event. False: reading cannot go on, which was reported. */
static bool step(reading *r)
{
    if (!yaml_parser_parse(&r->yaml->parser, &r->yaml->event)) {
        explain(r);
        return false;
    }
    hz_tree_refuse_run_on(&r->build);
    r->build.folded = false;
    switch (r->yaml->event.type) {
    case YAML_SCALAR_EVENT: return read_scalar(r);
    case YAML_ALIAS_EVENT: return hz_tree_add_refused(&r->build, event_span(r));
    case YAML_SEQUENCE_START_EVENT: return read_list(r);
    case YAML_MAPPING_START_EVENT: return read_map(r);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: hz_tree_close(&r->build, offset_of(r, r->yaml->event.end_mark)); return true;
    case YAML_DOCUMENT_END_EVENT: hz_tree_check_rest(&r->build, offset_of(r, r->yaml->event.end_mark)); return true;
    default: return true;
    }
}

/* Whether the document was read to its end. */
static bool read_document(reading *r)
{
    for (;;) {
        if (!step(r)) return false;
        yaml_event_type_t type = r->yaml->event.type;
        yaml_event_delete(&r->yaml->event);
        if (type == YAML_DOCUMENT_END_EVENT || type == YAML_STREAM_END_EVENT) return true;
    }
}

hz_tree *hz_tree_read(hz_arena *arena, hz_diags *diags, const hz_sources *sources, uint32_t file)
{
    reading *r = HZ_NEW(arena, reading);
    hz_tree_build *build = &r->build;
    build->arena = arena;
    build->diags = diags;
    build->bytes = sources->files.at[file].bytes;
    if (build->bytes.len == 0) build->bytes = HZ_STR("");
    build->file = file;
    build->last = build->run_on = HZ_NO_SPAN;
    if (!hz_tree_check_bytes(build)) return NULL;
    r->at = build->begin;
    begin_libyaml(r);
    bool whole = read_document(r);
    end_libyaml(r->yaml);
    if (!whole || build->unusable) return NULL;
    if (build->root == NULL) {
        build->root = HZ_NEW(arena, hz_tree);
        build->root->span = hz_tree_span(build, build->begin, build->begin);
    }
    return build->root;
}
