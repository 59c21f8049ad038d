/* workspace.h - what kernels need besides their operands: memory for the texts they make, what matches patterns, and the
 * answers of matches to texts seen before. Register 0 of every program.
 *
 * One belongs to each machine (a claim), each batch (a chunk of rows) and each DAG (folding). Reset before a run, it
 * reuses what it holds: it grows while it warms up and then allocates nothing. Texts stay until the next reset.
 * A kernel that gets no memory writes an empty text; whoever ran it looks at `failed` before he reads a result.
 */
#ifndef HZ_COLUMN_WORKSPACE_H
#define HZ_COLUMN_WORKSPACE_H

#include "base/alloc.h"
#include "base/str.h"
#include "value/pattern.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct hz_text_block hz_text_block;
typedef struct hz_seen hz_seen;

typedef struct hz_workspace {
    hz_alloc alloc;
    hz_text_block *first, *now; /* blocks in the order of use; those after `now` are empty */
    size_t used;                /* bytes of `now` */
    size_t held;                /* bytes of all blocks */
    hz_matcher *matcher;        /* NULL until a pattern is matched */
    hz_seen *seen;              /* likewise; match.c */
    bool failed;                /* an allocation failed since the last reset */
} hz_workspace;

void hz_workspace_begin(hz_workspace *workspace, const hz_alloc *alloc);
void hz_workspace_end(hz_workspace *workspace);

/* Forgets all texts, keeps their memory. */
void hz_workspace_reset(hz_workspace *workspace);

/* Memory for a text of len > 0 bytes, not filled; NULL: none, and `failed`. */
char *hz_workspace_take(hz_workspace *workspace, size_t len);

/* What patterns are matched with; NULL: no memory, and `failed`. */
hz_matcher *hz_workspace_matcher(hz_workspace *workspace);

/* Gives back the end of what was just taken: keeps len bytes of it. */
void hz_workspace_trim(hz_workspace *workspace, const char *taken, size_t len);

#endif
