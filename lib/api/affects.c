/* affects.c - huzhu_ruleset_affects: what can differ between two rulesets of the same files. */
#include "api/api.h"

#include "base/status.h"
#include "run/affects.h"

#include <huzhu/study.h>

typedef struct comparing {
    const huzhu_ruleset *before, *after;
    hz_affects_form form;
    hz_buf *out;
    hz_arena arena;
    hz_escape escape;
} comparing;

static void compare(comparing *c, const hz_plan *before, const hz_plan *after, hz_str package)
{
    hz_affects(&c->arena, before, after, package, c->form, c->out);
    for (uint32_t i = 0; i < before->part_count; i++) compare(c, before->parts[i].plan, after->parts[i].plan, before->rules->id);
}

static void work(void *context)
{
    comparing *c = context;
    for (uint32_t i = 0; i < c->before->plan_count; i++) compare(c, c->before->plans[i].core, c->after->plans[i].core, HZ_STR(""));
}

huzhu_status huzhu_ruleset_affects(const huzhu_ruleset *before, const huzhu_ruleset *after, uint32_t form, huzhu_output *output)
{
    if (before == NULL || after == NULL || output == NULL || form > HUZHU_AFFECTS_JSON) return HUZHU_INVALID_ARGUMENT;
    if (strcmp(before->model->sha256, after->model->sha256) != 0) return HUZHU_INVALID_ARGUMENT;
    size_t begin = output->text.len;
    comparing c = {.before = before, .after = after, .form = (hz_affects_form)form, .out = &output->text};
    hz_arena_begin(&c.arena, &output->text.alloc, SIZE_MAX);
    huzhu_status status = hz_api_guard(&c.arena, &c.escape, work, &c);
    hz_arena_end(&c.arena);
    if (status != HUZHU_OK) output->text.failed = true; /* takes back what is not whole */
    huzhu_status appended = hz_api_appended(output, begin);
    return status == HUZHU_OK ? appended : status;
}
