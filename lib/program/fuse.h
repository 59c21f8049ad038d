/* fuse.h - nodes of a program about to be emitted: several become one. */
#ifndef HZ_PROGRAM_FUSE_H
#define HZ_PROGRAM_FUSE_H

#include "program/dag.h"

/* uses: per node, how often it is read, by nodes and from outside; 0: not live. Nodes that are taken into their reader get 0
 * uses. Operands stand before what reads them. */
void hz_fuse(hz_arena *arena, hz_node *nodes, uint32_t count, uint32_t *uses);

#endif
