/* json.h - a strict JSON pull reader over a span: no allocation, numbers and strings as their text.
 *
 * Why not a library: docs/decisions (of the usual ones some turn amounts into doubles, some crash on a failed
 * allocation or let bad UTF-8 and lone surrogates pass). Depth is limited; everything RFC 8259 forbids is an error
 * with a byte offset and a code.
 *
 *     hz_json json; hz_json_begin(&json, text);
 *     hz_json_next(&json) == HZ_JSON_OBJECT ... HZ_JSON_KEY, value, HZ_JSON_KEY, value, HZ_JSON_OBJECT_END
 */
#ifndef HZ_SOURCE_JSON_H
#define HZ_SOURCE_JSON_H

#include "base/buf.h"
#include "base/str.h"

#include <stdint.h>

typedef enum hz_json_event {
    HZ_JSON_ERROR,      /* json->problem says what, json->offset where; stays */
    HZ_JSON_END,        /* after the one top-level value */
    HZ_JSON_OBJECT,     /* { */
    HZ_JSON_OBJECT_END, /* } */
    HZ_JSON_ARRAY,      /* [ */
    HZ_JSON_ARRAY_END,  /* ] */
    HZ_JSON_KEY,        /* json->text is the raw key between the quotes */
    HZ_JSON_STRING,     /* json->text is the raw string between the quotes */
    HZ_JSON_NUMBER,     /* json->text is the number as written */
    HZ_JSON_TRUE,
    HZ_JSON_FALSE,
    HZ_JSON_NULL
} hz_json_event;

#define HZ_JSON_DEPTH 64

typedef struct hz_json {
    hz_str whole;        /* the text read */
    size_t at;           /* next byte */
    size_t offset;       /* first byte of the current event (or of the error) */
    hz_str text;         /* see the events */
    bool escaped;        /* text has escapes: hz_json_unescape is needed */
    const char *problem; /* of an error: a sentence without a full stop */
    uint8_t depth;       /* open brackets */
    uint8_t expect;      /* internal: what may come next */
    uint64_t objects;    /* internal: bit d = bracket at depth d is an object */
    hz_json_event event; /* the last event */
} hz_json;

void hz_json_begin(hz_json *json, hz_str text);
hz_json_event hz_json_next(hz_json *json);
/* After OBJECT or ARRAY: skips to the matching end event; after KEY: skips its value. False on an error. */
bool hz_json_skip(hz_json *json);

/* The current key or string with its escapes resolved: json->text itself when there are none, else a copy in
 * scratch (reset first). Escapes were checked by the reader: a lone surrogate was an error there. */
hz_str hz_json_unescape(const hz_json *json, hz_buf *scratch);

#endif
