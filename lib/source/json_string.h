/* json_string.h - between json.c and json_string.c, nobody else: how strings are read, how an error ends reading. */
#ifndef HZ_SOURCE_JSON_STRING_H
#define HZ_SOURCE_JSON_STRING_H

#include "source/json.h"

/* Ends the reading; returns HZ_JSON_ERROR. */
hz_json_event hz_json_fail(hz_json *json, size_t offset, const char *problem);

/* The string whose opening quote is next, given as event. */
hz_json_event hz_json_read_string(hz_json *json, hz_json_event event);

/* The byte at an offset; -1 behind the last one. */
static inline int hz_json_byte(const hz_json *json, size_t at)
{
    return at < json->whole.len ? (unsigned char)json->whole.at[at] : -1;
}

/* The problem of a text that is cut off. */
#define HZ_JSON_CUT_OFF(inside) "the text ends inside " inside

#endif
