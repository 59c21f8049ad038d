/* cone_run.h - the program of a cone (program/variants.h) over rows that were gathered for it, a strip at a time: temporaries stay in
 * the nearest cache. Private to tally.c; cone_run.c.
 */
#ifndef HZ_RUN_CONE_RUN_H
#define HZ_RUN_CONE_RUN_H

#include "base/alloc.h"
#include "program/variants.h"

#define HZ_STRIP 512 /* rows, a multiple of 64 */

typedef struct hz_cone_run {
    hz_alloc alloc;
    const hz_cone *cone;
    void **reg;             /* per register: its column in this strip; 0: the workspace */
    unsigned char *memory;  /* constants, and temporaries, shared by registers whose lives do not meet */
    size_t memory_size;
} hz_cone_run;

/* amounts: of an answer; counters: of the plan, where they are carried: then whoever runs it points their registers and the
 * program's bit for what does not fit at memory. False: no memory; the run may be ended all the same. */
bool hz_cone_run_begin(hz_cone_run *run, const hz_cone *cone, uint32_t amounts, uint32_t counters, hz_workspace *workspace, const hz_alloc *alloc);
void hz_cone_run_end(hz_cone_run *run);

/* Bytes of a register's column of rows, a multiple of 64. */
size_t hz_cone_bytes(uint8_t type, size_t rows);

/* Points source k at row `first` of gathered[which[k]]; first is a multiple of 64. */
void hz_cone_run_point(const hz_cone_run *run, unsigned char *const *gathered, const uint32_t *which, size_t first);
/* Runs instructions [begin, end) on that many rows of the strip. */
void hz_cone_run_step(const hz_cone_run *run, uint32_t begin, uint32_t end, size_t rows);

#endif
