/* feel_eval.h - one FEEL expression from JSON, through the same checker, program and kernels as a plan's. For `huzhu
 * feel` and the conformance cases; an absent value is FEEL's null here.
 */
#ifndef HZ_RUN_FEEL_EVAL_H
#define HZ_RUN_FEEL_EVAL_H

#include "base/alloc.h"
#include "base/buf.h"

/* json: {"id", "expr", "lets": [{"name", "expr"}], "inputs": {name: {"type", "value"}}}; with "bits": 128 all arithmetic of
 * numbers takes the wide path, which must give the same. Appends one line to out:
 * {"id":…,"got":{"type":…,"value":…}|null} or {"id":…,"error":{"code":…,"phase":"check"|"run","message":…}}.
 * HZ_OK also for errors of the expression; HZ_DATA when json is none; HZ_NO_MEMORY, HZ_LIMIT. */
int32_t hz_feel_eval_json(hz_str json, const hz_alloc *alloc, hz_buf *out);

#endif
