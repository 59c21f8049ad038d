/* fuzz_json.c - any bytes as JSON: read event by event, and once more by skipping.
 *
 * Beyond "no crash": brackets balance, texts lie inside the input, what is unescaped is UTF-8, and skipping ends where
 * reading ends. Built as a libFuzzer target, and run over its corpus (corpus/json) as a test.
 */
#include "base/utf8.h"
#include "source/json.h"

#include <stdint.h>
#include <stdlib.h>

static void demand(bool holds)
{
    if (!holds) abort();
}

static void check_text(const hz_json *json, hz_buf *scratch)
{
    bool inside = json->text.at >= json->whole.at && json->text.at + json->text.len <= json->whole.at + json->whole.len;
    hz_str value = hz_json_unescape(json, scratch);
    demand(inside);
    demand(hz_utf8_check(value) == value.len);
    demand(value.len <= json->text.len);
}

/* Reads to the end; returns where that was. */
static size_t read_all(hz_json *json, hz_buf *scratch)
{
    uint8_t depth = 0;
    for (;;) {
        hz_json_event event = hz_json_next(json);
        demand(json->offset <= json->whole.len && json->at <= json->whole.len);
        if (event == HZ_JSON_OBJECT || event == HZ_JSON_ARRAY) depth++;
        if (event == HZ_JSON_OBJECT_END || event == HZ_JSON_ARRAY_END) demand(depth-- > 0);
        if (event == HZ_JSON_KEY || event == HZ_JSON_STRING) check_text(json, scratch);
        if (event == HZ_JSON_ERROR) demand(json->problem != NULL && json->problem[0] != '\0');
        if (event == HZ_JSON_END) demand(depth == 0);
        if (event == HZ_JSON_ERROR || event == HZ_JSON_END) return json->offset;
        demand(depth == json->depth);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hz_str text = {(const char *)data, size};
    hz_json json, skipping;
    hz_buf scratch;
    hz_buf_begin(&scratch, &hz_alloc_libc);
    hz_json_begin(&json, text);
    size_t end = read_all(&json, &scratch);
    hz_json_begin(&skipping, text);
    hz_json_next(&skipping);
    if (hz_json_skip(&skipping)) hz_json_next(&skipping);
    demand(skipping.event == json.event && skipping.offset == end);
    hz_buf_end(&scratch);
    return 0;
}
