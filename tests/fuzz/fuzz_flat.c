/* fuzz_flat.c - any bytes as a claim in JSON, by the command line's fast reader, held against the library's reader.
 *
 * What the fast reader takes is JSON to the library, and has the same keys and values; it may leave to it whatever it likes. Built as
 * a libFuzzer target, and run over its corpus (corpus/flat) as a test.
 */
#include "../../bindings/cli/flat.c" /* the program's own file */

#include "base/utf8.h"
#include "source/json.h"

#include <stdlib.h>

static void demand(bool holds)
{
    if (!holds) abort();
}

static void same_text(const hz_json *json, hz_buf *scratch, cli_flat_text text)
{
    hz_buf_reset(scratch);
    hz_str value = hz_json_unescape(json, scratch);
    demand(value.len == text.size && (value.len == 0 || memcmp(value.at, text.at, value.len) == 0));
}

static void same_value(const hz_json *json, hz_buf *scratch, const cli_flat *flat)
{
    static const hz_json_event events[] = {HZ_JSON_STRING, HZ_JSON_NUMBER, HZ_JSON_TRUE, HZ_JSON_FALSE, HZ_JSON_NULL};
    demand(json->event == events[flat->kind]);
    if (flat->kind == CLI_FLAT_STRING) same_text(json, scratch, flat->value);
    if (flat->kind == CLI_FLAT_NUMBER) demand(json->text.len == flat->value.size && memcmp(json->text.at, flat->value.at, flat->value.size) == 0);
}

/* The same events of the library's reader, up to where the fast one ends. */
static bool is_taken(const char *line, size_t size, char *scratch)
{
    cli_flat flat;
    cli_flat_event event;
    cli_flat_begin(&flat, line, size, scratch);
    do event = cli_flat_next(&flat);
    while (event != CLI_FLAT_ODD && event != CLI_FLAT_END);
    return event == CLI_FLAT_END;
}

static void compare(const char *line, size_t size, char *scratch)
{
    cli_flat flat;
    hz_json json;
    hz_buf text;
    hz_buf_begin(&text, &hz_alloc_libc);
    cli_flat_begin(&flat, line, size, scratch);
    hz_json_begin(&json, (hz_str){line, size});
    demand(hz_json_next(&json) == HZ_JSON_OBJECT);
    for (;;) {
        cli_flat_event event = cli_flat_next(&flat);
        hz_json_next(&json);
        if (event == CLI_FLAT_END || event == CLI_FLAT_CLOSE) demand(json.event == HZ_JSON_OBJECT_END);
        if (event == CLI_FLAT_END) break;
        if (event == CLI_FLAT_CLOSE) continue;
        demand(json.event == HZ_JSON_KEY);
        same_text(&json, &text, flat.key);
        hz_json_next(&json);
        if (event == CLI_FLAT_OPEN) demand(json.event == HZ_JSON_OBJECT);
        else same_value(&json, &text, &flat);
    }
    demand(hz_json_next(&json) == HZ_JSON_END);
    hz_buf_end(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Exactly as large, so that sanitizers see a read or a write behind the end. */
    char *line = malloc(size > 0 ? size : 1), *scratch = malloc(size > 0 ? size : 1);
    if (line == NULL || scratch == NULL) abort();
    if (size > 0) memcpy(line, data, size);
    bool utf8 = hz_utf8_check((hz_str){line, size}) == size;
    bool taken = is_taken(line, size, scratch);
    if (taken && utf8) compare(line, size, scratch);
    free(line);
    free(scratch);
    return 0;
}
