/* peer_library.c - see the header. */
#include "peer_library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void peer_fail(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

void peer_check(const char *doing, huzhu_status status)
{
    if (status == HUZHU_OK)
        return;
    fprintf(stderr, "bench: %s: %s\n", doing, huzhu_status_text(status));
    exit(1);
}

const huzhu_plan *peer_plan(const huzhu_ruleset *ruleset, const peer *by_hand)
{
    const huzhu_plan *plan;
    peer_check(by_hand->plan, huzhu_ruleset_plan_find(ruleset, by_hand->plan, HUZHU_NUL, &plan));
    return plan;
}

static huzhu_column column_of(const peer_table *t, size_t i, int32_t scale)
{
    static const uint32_t layouts[] = {[PEER_TEXTS] = HUZHU_COLUMN_TEXT, [PEER_DAYS] = HUZHU_COLUMN_INT32, [PEER_FLAGS] = HUZHU_COLUMN_BITS, [PEER_NUMBERS] = HUZHU_COLUMN_INT64};
    huzhu_column out = {.struct_size = sizeof out, .layout = layouts[t->kind[i]], .values = t->values[i], .valid = (const uint8_t *)t->valid[i]};
    if (t->kind[i] == PEER_TEXTS) {
        out.bytes = t->bytes[i];
        out.byte_count = (uint64_t)((const int32_t *)t->values[i])[t->rows];
    }
    if (t->kind[i] == PEER_NUMBERS)
        out.scale = scale;
    return out;
}

huzhu_batch *peer_batch(const huzhu_plan *plan, const peer *by_hand, const peer_table *t, const peer_results *out)
{
    huzhu_batch *batch;
    peer_check("batch", huzhu_batch_new(plan, &batch));
    for (size_t i = 0; i < by_hand->inputs; i++) {
        huzhu_input_info info = {.struct_size = sizeof info};
        peer_check("input", huzhu_plan_input_at(plan, i, &info));
        const huzhu_column from = column_of(t, i, info.scale);
        peer_check("input", huzhu_batch_set_input(batch, i, &from));
    }
    for (size_t i = 0; i < by_hand->counters; i++) {
        huzhu_counter_info info = {.struct_size = sizeof info};
        peer_check("counter", huzhu_plan_counter_at(plan, i, &info));
        const huzhu_column from = column_of(t, by_hand->inputs + i, info.scale);
        peer_check("counter", huzhu_batch_set_counter(batch, i, &from));
        peer_check("counter", huzhu_batch_set_counter_after(batch, i, out->after[i], NULL));
    }
    const huzhu_batch_results results = {.struct_size = sizeof results, .outcome = out->outcome, .reason = out->reason, .total = out->total};
    peer_check("results", huzhu_batch_set_results(batch, &results));
    return batch;
}

const peer *peer_hands(const char *level, size_t *count)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/huzhu_hands_%s.so", HZ_BENCH_HANDS, level);
#if defined(__x86_64__) && defined(__GNUC__)
    if (strcmp(level, "avx2") == 0 && !__builtin_cpu_supports("avx2")) return NULL;
#else
    if (strcmp(level, "avx2") == 0) return NULL;
#endif
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (module == NULL)
        peer_fail("the loops by hand are not built (target huzhu_hands)");
    *count = *(const size_t *)dlsym(module, "hand_peer_count");
    return dlsym(module, "hand_peers");
}
