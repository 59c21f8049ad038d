/* peer_stream.h - a population as an Arrow stream of any length: arrays of PEER_ARRAY rows made as they are asked for, the same
 * rows over and over under new keys. Counters are not among its columns.
 */
#ifndef HUZHU_BENCH_PEER_STREAM_H
#define HUZHU_BENCH_PEER_STREAM_H

#include "peer_library.h"

#include <huzhu/arrow.h>

enum { PEER_ARRAY = 65536, PEER_CODES = 16 };

/* A column, with what its schema and array point at. */
typedef struct peer_source_column {
    struct ArrowSchema schema, codes_schema;
    struct ArrowArray array, codes;
    const void *buffers[3], *codes_buffers[3];
    int32_t code_offsets[PEER_CODES + 1];
    char code_bytes[512], format[16], name[64];
    void *decimals; /* of 128 bits, or NULL */
} peer_source_column;

typedef struct peer_source {
    const peer *peer;
    peer_table table;
    size_t left; /* rows still to come: set it */
    struct ArrowSchema schema, *schemas[PEER_INPUTS];
    struct ArrowArray *arrays[PEER_INPUTS];
    peer_source_column columns[PEER_INPUTS];
    const void *none[1];
} peer_source;

/* It stays where it is until it is dropped: what goes out points into it. Ends the bench where there is no memory. */
void peer_source_make(peer_source *source, const huzhu_plan *plan, const peer *by_hand);
void peer_source_drop(peer_source *source);

/* The next array; released (out->release NULL) at the end. */
void peer_source_next(peer_source *source, struct ArrowArray *out);
/* The same as a stream. */
struct ArrowArrayStream peer_source_stream(peer_source *source);

#endif
