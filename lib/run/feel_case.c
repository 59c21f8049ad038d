/* feel_case.c - reads a case of `huzhu feel` from JSON: expression, lets, and inputs with their values. What the
 * expression means is not its matter. Called by feel_eval.c. */
#include "run/feel_case.h"

#include "source/json.h"
#include "value/number_type.h"
#include "value/time.h"

static hz_str text_of(hz_feel_case *c, const hz_json *json)
{
    hz_buf scratch;
    hz_buf_begin(&scratch, &c->arena->alloc);
    hz_str text = hz_arena_copy(c->arena, hz_json_unescape(json, &scratch));
    hz_buf_end(&scratch);
    return text;
}

/* ---- Values ---- */

static void set_number(hz_feel_value *v, hz_str text)
{
    hz_decimal value;
    if (!hz_decimal_parse(text, true, &value)) {
        v->later = true;
        return;
    }
    v->type = hz_number_type(value);
    v->type.step = 0;
    v->value = v->type.lo;
}

static void set_duration(hz_feel_value *v, hz_str text)
{
    hz_duration value;
    if (!hz_duration_parse(text, &value)) {
        v->later = true;
        return;
    }
    v->type = (hz_type){.kind = value.months ? HZ_KIND_MONTHS : HZ_KIND_DAYS, .scale = value.scale, .lo = value.amount, .hi = value.amount};
    v->value = value.amount;
}

static void set_clock(hz_feel_value *v, bool time, hz_str text)
{
    int64_t amount;
    int32_t scale;
    if ((time ? hz_time_parse : hz_date_time_parse)(text, &amount, &scale) != HZ_CLOCK_VALUE) {
        v->later = true;
        return;
    }
    v->type = (hz_type){.kind = time ? HZ_KIND_TIME : HZ_KIND_DATE_TIME, .scale = scale, .lo = amount, .hi = amount};
    v->value = amount;
}

static void set_value(hz_feel_value *v, hz_str type, hz_str text, hz_json_event event)
{
    int32_t day;
    if (event == HZ_JSON_NULL || hz_str_is(type, "null")) {
        v->type = (hz_type){.kind = HZ_KIND_NULL, .absent = HZ_MAY_NULL};
    } else if (hz_str_is(type, "boolean")) {
        v->value = event == HZ_JSON_TRUE;
        v->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .lo = v->value, .hi = v->value};
    } else if (hz_str_is(type, "number")) {
        set_number(v, text);
    } else if (hz_str_is(type, "string")) {
        v->type = (hz_type){.kind = HZ_KIND_STRING};
        v->text = text;
    } else if (hz_str_is(type, "date") && hz_date_parse(text, &day)) {
        v->type = (hz_type){.kind = HZ_KIND_DATE, .lo = day, .hi = day};
        v->value = day;
    } else if (hz_str_ends(type, HZ_STR("duration"))) {
        set_duration(v, text);
    } else if (hz_str_is(type, "time") || hz_str_is(type, "date and time")) {
        set_clock(v, hz_str_is(type, "time"), text);
    } else {
        v->later = true;
    }
}

static void read_value(hz_feel_case *c, hz_json *json, hz_feel_value *v);

/* "items": […], the reader standing behind the key. */
static void read_items(hz_feel_case *c, hz_json *json, hz_feel_value *v)
{
    HZ_VEC(hz_feel_value) items = {0};
    hz_type *item = HZ_NEW(c->arena, hz_type);
    *item = (hz_type){.kind = HZ_KIND_NULL};
    if (hz_json_next(json) != HZ_JSON_ARRAY) v->later = true;
    while (!v->later && hz_json_next(json) == HZ_JSON_OBJECT) {
        hz_feel_value *each = HZ_PUSH(c->arena, &items);
        memset(each, 0, sizeof *each);
        read_value(c, json, each);
        bool fits = !each->later && hz_check_join(c->arena, items.count == 1 ? &each->type : item, &each->type, item);
        if (!fits) v->later = true;
    }
    v->item = items.at;
    v->type = (hz_type){.kind = HZ_KIND_LIST, .count = items.count, .lo = items.count, .hi = items.count, .item = item};
}

/* {"declared":…,"type":…,"value":…}, the reader standing behind its first brace. */
static void read_value(hz_feel_case *c, hz_json *json, hz_feel_value *v)
{
    hz_str type = HZ_STR("null"), text = HZ_STR("");
    hz_json_event event = HZ_JSON_NULL;
    bool list = false;
    while (hz_json_next(json) == HZ_JSON_KEY) {
        hz_str key = text_of(c, json);
        if (hz_str_is(key, "type")) {
            if (hz_json_next(json) == HZ_JSON_STRING) type = text_of(c, json);
        } else if (hz_str_is(key, "value")) {
            event = hz_json_next(json);
            if (event == HZ_JSON_STRING || event == HZ_JSON_NUMBER) text = text_of(c, json);
            if (event == HZ_JSON_OBJECT || event == HZ_JSON_ARRAY) hz_json_skip(json);
        } else if (hz_str_is(key, "items") && !list) {
            list = true;
            read_items(c, json, v);
        } else {
            hz_json_skip(json);
        }
    }
    if (list || v->later) return;
    if (hz_str_is(type, "null") && event != HZ_JSON_NULL) v->later = true;
    else set_value(v, type, text, event);
}

/* ---- The case ---- */

static void read_inputs(hz_feel_case *c, hz_json *json)
{
    if (hz_json_next(json) != HZ_JSON_OBJECT) return;
    while (hz_json_next(json) == HZ_JSON_KEY) {
        hz_feel_binding *b = HZ_PUSH(c->arena, &c->bindings);
        memset(b, 0, sizeof *b);
        b->name = text_of(c, json);
        if (hz_json_next(json) == HZ_JSON_OBJECT) read_value(c, json, &b->given);
        else b->given.later = true;
        b->type = b->given.type;
    }
}

static void read_lets(hz_feel_case *c, hz_json *json)
{
    if (hz_json_next(json) != HZ_JSON_ARRAY) return;
    while (hz_json_next(json) == HZ_JSON_OBJECT) {
        hz_feel_binding let = {.let = HZ_NEW(c->arena, hz_ast)};
        while (hz_json_next(json) == HZ_JSON_KEY) {
            hz_str key = text_of(c, json);
            hz_str *to = hz_str_is(key, "name") ? &let.name : hz_str_is(key, "expr") ? &let.source : NULL;
            if (to == NULL) hz_json_skip(json);
            else if (hz_json_next(json) == HZ_JSON_STRING) *to = text_of(c, json);
        }
        *HZ_PUSH(c->arena, &c->bindings) = let;
    }
}

bool hz_feel_case_read(hz_feel_case *c, hz_str text)
{
    hz_json json;
    hz_json_begin(&json, text);
    if (hz_json_next(&json) != HZ_JSON_OBJECT) return false;
    while (hz_json_next(&json) == HZ_JSON_KEY) {
        hz_str key = text_of(c, &json);
        if (hz_str_is(key, "id")) {
            hz_json_event event = hz_json_next(&json);
            if (event == HZ_JSON_STRING) c->id = hz_arena_printf(c->arena, "\"%.*s\"", HZ_ARG(json.text));
            else if (event == HZ_JSON_NUMBER) c->id = hz_arena_copy(c->arena, json.text);
        } else if (hz_str_is(key, "expr")) {
            if (hz_json_next(&json) == HZ_JSON_STRING) c->expression = text_of(c, &json);
        } else if (hz_str_is(key, "inputs")) {
            read_inputs(c, &json);
        } else if (hz_str_is(key, "lets")) {
            read_lets(c, &json);
        } else if (hz_str_is(key, "bits")) {
            c->wide = hz_json_next(&json) == HZ_JSON_NUMBER && hz_str_is(json.text, "128");
        } else {
            hz_json_skip(&json);
        }
    }
    return json.event == HZ_JSON_OBJECT_END && hz_json_next(&json) == HZ_JSON_END;
}
