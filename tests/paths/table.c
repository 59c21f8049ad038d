/* table.c - see paths.h. Lines as claims.py writes them: texts, true and false, and an object of counters; nothing that only a
 * line of JSON can get wrong. */
#include "paths.h"

#include "source/json.h"

void *take(size_t size)
{
    void *memory = malloc(size > 0 ? size : 1);
    must(memory != NULL, "memory");
    return memset(memory, 0, size);
}

void must(bool well, const char *what)
{
    if (well) return;
    fprintf(stderr, "paths: %s\n", what);
    exit(2);
}

static cell copy(hz_str text)
{
    char *at = take(text.len + 1);
    if (text.len > 0) memcpy(at, text.at, text.len);
    return (cell){at, text.len};
}

static void read_counters(table *t, hz_json *json, size_t row, hz_buf *scratch)
{
    while (hz_json_next(json) == HZ_JSON_KEY) {
        size_t counter = 0;
        while (counter < t->counters && !hz_str_eq(json->text, (hz_str){t->counter[counter].name.data, t->counter[counter].name.size})) counter++;
        must(counter < t->counters, "a counter that the plan does not have");
        hz_json_event event = hz_json_next(json);
        hz_str text = event == HZ_JSON_STRING ? hz_json_unescape(json, scratch) : event == HZ_JSON_TRUE ? HZ_STR("true") : HZ_STR("false");
        t->cells[row * (t->inputs + t->counters) + t->inputs + counter] = copy(text);
    }
}

static void read_line(table *t, size_t row)
{
    hz_json json;
    hz_buf scratch;
    hz_buf_begin(&scratch, &hz_alloc_libc);
    hz_json_begin(&json, (hz_str){t->lines[row].at, t->lines[row].size});
    must(hz_json_next(&json) == HZ_JSON_OBJECT, "a line that is no object");
    while (hz_json_next(&json) == HZ_JSON_KEY) {
        hz_str key = json.text;
        size_t input = 0;
        bool counters = hz_str_is(key, "counters"), id = hz_str_is(key, "id");
        while (!counters && !id && input < t->inputs && !hz_str_eq(key, (hz_str){t->input[input].name.data, t->input[input].name.size})) input++;
        must(input < t->inputs || counters || id, "an input that the plan does not have");
        hz_json_event event = hz_json_next(&json);
        if (counters) {
            read_counters(t, &json, row, &scratch);
            continue;
        }
        hz_str text = event == HZ_JSON_STRING ? hz_json_unescape(&json, &scratch) : event == HZ_JSON_TRUE ? HZ_STR("true") : HZ_STR("false");
        if (id) t->ids[row] = copy(text);
        else t->cells[row * (t->inputs + t->counters) + input] = copy(text);
    }
    must(json.event == HZ_JSON_OBJECT_END && hz_json_next(&json) == HZ_JSON_END, "a line that does not end");
    hz_buf_end(&scratch);
}

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    must(file != NULL && fseek(file, 0, SEEK_END) == 0, path);
    *size = (size_t)ftell(file);
    rewind(file);
    char *text = take(*size + 1);
    must(fread(text, 1, *size, file) == *size, path);
    fclose(file);
    return text;
}

void table_read(table *t, const huzhu_ruleset *ruleset, const huzhu_plan *plan, const char *path)
{
    size_t size;
    char *text = read_file(path, &size);
    *t = (table){.ruleset = ruleset, .plan = plan, .inputs = huzhu_plan_input_count(plan), .counters = huzhu_plan_counter_count(plan),
                 .benefits = huzhu_plan_benefit_count(plan)};
    must(t->inputs + t->counters < COLUMNS_MOST && t->counters < COUNTERS_MOST && t->benefits < BENEFITS_MOST, "a plan larger than this program");
    for (size_t i = 0; i < t->inputs; i++) {
        t->input[i].struct_size = sizeof t->input[i];
        must(huzhu_plan_input_at(plan, i, &t->input[i]) == HUZHU_OK, "input");
    }
    for (size_t i = 0; i < t->counters; i++) {
        t->counter[i].struct_size = sizeof t->counter[i];
        must(huzhu_plan_counter_at(plan, i, &t->counter[i]) == HUZHU_OK, "counter");
    }
    for (size_t i = 0; i < size; i++) t->rows += text[i] == '\n';
    t->lines = take(t->rows * sizeof *t->lines);
    t->ids = take(t->rows * sizeof *t->ids);
    t->cells = take(t->rows * (t->inputs + t->counters) * sizeof *t->cells);
    size_t begin = 0;
    for (size_t row = 0; row < t->rows; row++) {
        size_t end = begin;
        while (text[end] != '\n') end++;
        t->lines[row] = copy((hz_str){text + begin, end - begin});
        read_line(t, row);
        begin = end + 1;
    }
    free(text);
}

static void free_cell(cell text)
{
    free((void *)(uintptr_t)text.at);
}

void table_free(table *t)
{
    for (size_t row = 0; row < t->rows; row++) {
        free_cell(t->lines[row]);
        free_cell(t->ids[row]);
        for (size_t i = 0; i < t->inputs + t->counters; i++) free_cell(cell_of(t, row, i));
    }
    free(t->lines);
    free(t->ids);
    free(t->cells);
}

kind kind_of(const table *t, size_t column)
{
    if (column >= t->inputs) {
        uint32_t type = t->counter[column - t->inputs].type;
        return type == HUZHU_COUNTER_NUMBER ? NUMBER : type == HUZHU_COUNTER_DATE ? DATE : FLAG;
    }
    switch (t->input[column].type) {
    case HUZHU_TYPE_KEY: return KEY;
    case HUZHU_TYPE_TEXT: return TEXT;
    case HUZHU_TYPE_DATE: return DATE;
    case HUZHU_TYPE_BOOLEAN: return FLAG;
    case HUZHU_TYPE_CODE: return CODE;
    default: return NUMBER;
    }
}
