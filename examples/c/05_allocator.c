/* 05_allocator.c - a host's own allocator: counts what the library takes, shows that settling takes nothing once warm,
 * and that a host out of memory gets a status and loses nothing.
 *
 *     cc 05_allocator.c $(pkg-config --cflags --libs huzhu) -o allocator && ./allocator path/to/rulesets/beijing
 */
#include <huzhu/huzhu.h>
#include <stdio.h>
#include <stdlib.h>

/* A budget in bytes; the library gives sizes back, so no header per block is needed. */
typedef struct meter { size_t used, most, calls, budget; } meter;

static void *take(void *user, size_t size)
{
    meter *m = user;
    void *memory = m->used + size <= m->budget ? malloc(size) : NULL;
    if (memory == NULL) return NULL;
    m->calls++;
    m->used += size;
    m->most = m->used > m->most ? m->used : m->most;
    return memory;
}

static void give_back(void *user, void *memory, size_t size)
{
    if (memory != NULL) ((meter *)user)->used -= size;
    free(memory);
}

static void *take_again(void *user, void *memory, size_t old_size, size_t new_size)
{
    meter *m = user;
    void *more = m->used - old_size + new_size <= m->budget ? realloc(memory, new_size) : NULL;
    if (more == NULL) return NULL;
    m->calls++;
    m->used += new_size - old_size;
    m->most = m->used > m->most ? m->used : m->most;
    return more;
}

static huzhu_status settle(const char *folder, const huzhu_allocator *allocator, meter *m)
{
    static const char json[] = "{\"member\":\"M\",\"cover\":\"C\",\"cover_start\":\"2024-01-01\",\"cover_end\":\"2024-12-31\","
                               "\"admitted\":\"2024-03-01\",\"discharged\":\"2024-03-11\",\"hospital_level\":3,\"cause\":\"illness\"}";
    huzhu_load_options options = {.struct_size = sizeof options, .allocator = allocator};
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan = NULL;
    huzhu_claim *claim = NULL;
    huzhu_decision *decision = NULL;
    huzhu_status status = huzhu_ruleset_load(folder, &options, NULL, &ruleset);
    if (status == HUZHU_OK) status = huzhu_ruleset_plan_find(ruleset, "inpatient-allowance", HUZHU_NUL, &plan);
    if (status == HUZHU_OK) status = huzhu_claim_new(plan, &claim);
    if (status == HUZHU_OK) status = huzhu_decision_new(allocator, &decision);
    for (int i = 0; i < 3 && status == HUZHU_OK; i++) {
        size_t before = m->calls;
        status = huzhu_claim_read_json(claim, json, HUZHU_NUL);
        if (status == HUZHU_OK) status = huzhu_claim_set_fresh(claim, 1);
        if (status == HUZHU_OK) status = huzhu_claim_evaluate(claim, decision);
        if (status == HUZHU_OK) printf("claim %d: %s yuan, %zu allocations\n", i + 1, huzhu_decision_total_text(decision).data, m->calls - before);
    }
    huzhu_decision_free(decision);
    huzhu_claim_free(claim);
    huzhu_ruleset_release(ruleset);
    return status;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "rulesets/beijing";
    meter m = {.budget = (size_t)1 << 30};
    huzhu_allocator allocator = {sizeof allocator, take, take_again, give_back, &m};
    huzhu_status status = settle(folder, &allocator, &m);
    printf("%s; %zu bytes at most, %zu left over\n", huzhu_status_text(status), m.most, m.used);
    m = (meter){.budget = m.most / 2};
    huzhu_status small = settle(folder, &allocator, &m);
    printf("with half of that: %s; %zu left over\n", huzhu_status_text(small), m.used);
    return status != HUZHU_OK || small != HUZHU_NO_MEMORY || m.used != 0;
}
