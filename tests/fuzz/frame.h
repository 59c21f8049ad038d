/* frame.h - arrays of Arrow made of any bytes, for fuzz harnesses: buffers are exactly as large as they claim to be, since Arrow
 * tells no sizes and a reader must believe lengths. Everything else (numbers, pointers, formats) may be wrong.
 */
#ifndef HZ_FUZZ_FRAME_H
#define HZ_FUZZ_FRAME_H

#include <huzhu/arrow.h>

#include <stdbool.h>

/* What is left of a fuzzer's bytes; behind their end there are zeros. */
typedef struct fuzz_bytes {
    const uint8_t *at;
    size_t left;
} fuzz_bytes;

uint8_t fuzz_byte(fuzz_bytes *bytes);
/* One of 0 to most - 1. */
unsigned fuzz_pick(fuzz_bytes *bytes, unsigned most);
uint64_t fuzz_word(fuzz_bytes *bytes);

/* A table's name and format for a column, by the fuzzer's choice among these and any bytes. */
typedef struct frame_names {
    const char *const *names;
    const char *const *formats; /* the likely format of each name */
    unsigned count;
} frame_names;

/* A schema, of a struct of columns. release it, as often as the library did not. */
void frame_schema(fuzz_bytes *bytes, const frame_names *names, struct ArrowSchema *out);
/* One thing in it turned wrong, or none. */
void frame_spoil_schema(fuzz_bytes *bytes, struct ArrowSchema *schema);
/* An array of such a schema, well formed, but for what texts' offsets and views say. most: of rows. */
void frame_array(fuzz_bytes *bytes, const struct ArrowSchema *schema, unsigned most, struct ArrowArray *out);
/* Numbers and pointers in it turned wrong, so that nobody who looks at them first reads beyond a buffer; or none. */
void frame_spoil(fuzz_bytes *bytes, struct ArrowArray *array);

/* Schemas and arrays that were made and not yet released. */
int frame_live(void);

#endif
