/* arrow.c - huzhu_arrow: binding a plan to columns of Arrow, evaluating arrays, streams of them. */
#include "api/arrow.h"

#include "base/status.h"

#include <errno.h>
#include <stdio.h>

/* ---- The object ---- */

typedef struct finding {
    huzhu_arrow *arrow;
    hz_diags diags;
    const struct ArrowSchema *schema;
    const huzhu_arrow_options *options;
    hz_escape escape;
} finding;

static void find(void *context)
{
    finding *f = context;
    hz_arrow_find(f->arrow, &f->diags, f->schema, f->options);
}

static void discard(huzhu_arrow *arrow)
{
    const hz_alloc alloc = arrow->alloc;
    for (uint32_t i = 0; i < arrow->column_count; i++)
        if (arrow->columns[i].map != NULL)
            alloc.release(alloc.user, arrow->columns[i].map, arrow->columns[i].map_room * sizeof *arrow->columns[i].map);
    if (arrow->began) hz_batch_end(&arrow->batch);
    hz_carry_free(arrow->carry);
    huzhu_claim_free(arrow->claim);
    huzhu_decision_free(arrow->decision);
    hz_arena_end(&arrow->arena);
    hz_api_free(&alloc, arrow, sizeof *arrow);
}

static huzhu_status check_options(const huzhu_arrow_options *options)
{
    if (options == NULL) return HUZHU_OK;
    huzhu_status status = hz_api_size(options, options->struct_size, sizeof *options, sizeof *options);
    if (status != HUZHU_OK) return status;
    bool well = options->floats <= HUZHU_FLOATS_HALF_UP && options->counters <= HUZHU_COUNTERS_CARRIED && options->reserved == 0;
    for (size_t i = 0; well && options->wanted != NULL && i < options->wanted_count; i++) well = options->wanted[i] != NULL;
    well = well && (options->ignored != NULL || options->ignored_count == 0);
    for (size_t i = 0; well && i < options->ignored_count; i++) well = options->ignored[i] != NULL;
    return well ? HUZHU_OK : HUZHU_INVALID_ARGUMENT;
}

/* One diagnostic that needs no arena. */
huzhu_status hz_arrow_tell(huzhu_diagnostics *diagnostics, hz_str message, hz_str hint)
{
    hz_diag diag = {.code = HZ_E_COLUMN, .severity = HZ_ERROR, .span = HZ_NO_SPAN, .message = message, .hint = hint};
    hz_diags one = {.errors = 1};
    one.list.at = &diag;
    one.list.count = 1;
    return hz_api_diagnostics_take(diagnostics, &one, NULL) == HZ_OK ? HUZHU_DATA : HUZHU_NO_MEMORY;
}

static huzhu_status bind(huzhu_arrow *arrow, finding *f, huzhu_diagnostics *diagnostics)
{
    f->diags.arena = &arrow->arena;
    huzhu_status status = hz_api_guard(&arrow->arena, &f->escape, find, f);
    if (status != HZ_OK) return HUZHU_NO_MEMORY;
    status = hz_api_diagnostics_take(diagnostics, &f->diags, NULL);
    if (status != HUZHU_OK) return status;
    if (f->diags.errors > 0) return HUZHU_DATA;
    bool alone = arrow->counters != HUZHU_COUNTERS_CARRIED && arrow->plan->core->part_count == 0;
    if (!alone) arrow->carry = hz_carry_new(arrow->plan->core, (hz_counters_of)arrow->counters, &arrow->alloc);
    else arrow->began = hz_batch_begin(&arrow->batch, arrow->plan->core, &arrow->alloc) == HZ_OK;
    status = arrow->carry != NULL || arrow->began ? HUZHU_OK : HUZHU_NO_MEMORY;
    if (status == HUZHU_OK) status = huzhu_claim_new(arrow->plan, &arrow->claim);
    if (status != HUZHU_OK) return status;
    const huzhu_allocator allocator = {.struct_size = sizeof allocator,
                                       .allocate = arrow->alloc.allocate,
                                       .reallocate = arrow->alloc.reallocate,
                                       .release = arrow->alloc.release,
                                       .user = arrow->alloc.user};
    return huzhu_decision_new(&allocator, &arrow->decision);
}

huzhu_status huzhu_arrow_bind(const huzhu_plan *plan, const struct ArrowSchema *schema, const huzhu_arrow_options *options,
                              huzhu_diagnostics *diagnostics, huzhu_arrow **out)
{
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    if (plan == NULL || schema == NULL) return HUZHU_INVALID_ARGUMENT;
    huzhu_status status = check_options(options);
    if (status != HUZHU_OK) return status;
    hz_api_diagnostics_clear(diagnostics);
    if (plan->core->event) return HUZHU_UNSUPPORTED;
    if (!hz_arrow_is_struct(schema))
        return hz_arrow_tell(diagnostics, HZ_STR("the schema is no struct of columns"), HZ_STR("export a record batch or a stream of them"));
    const hz_alloc *alloc = &plan->ruleset->alloc;
    huzhu_arrow *arrow = hz_api_new(alloc, sizeof *arrow);
    if (arrow == NULL) return HUZHU_NO_MEMORY;
    arrow->alloc = *alloc;
    arrow->plan = plan;
    arrow->floats = options != NULL ? options->floats : HUZHU_FLOATS_REFUSED;
    arrow->counters = options != NULL ? options->counters : HUZHU_COUNTERS_GIVEN;
    atomic_init(&arrow->count, 1);
    hz_arena_begin(&arrow->arena, alloc, SIZE_MAX);
    finding f = {.arrow = arrow, .schema = schema, .options = options};
    status = bind(arrow, &f, diagnostics);
    if (status != HUZHU_OK) {
        discard(arrow);
        return status;
    }
    huzhu_ruleset_retain(plan->ruleset);
    *out = arrow;
    return HUZHU_OK;
}

void huzhu_arrow_free(huzhu_arrow *arrow)
{
    if (arrow == NULL || atomic_fetch_sub_explicit(&arrow->count, 1, memory_order_acq_rel) != 1) return;
    huzhu_ruleset *ruleset = arrow->plan->ruleset;
    discard(arrow);
    huzhu_ruleset_release(ruleset);
}

size_t huzhu_arrow_ignored_count(const huzhu_arrow *arrow)
{
    return arrow != NULL ? arrow->ignored.count : 0;
}

huzhu_text huzhu_arrow_ignored_at(const huzhu_arrow *arrow, size_t index)
{
    return index < huzhu_arrow_ignored_count(arrow) ? hz_api_text(arrow->ignored.at[index]) : hz_api_empty();
}

/* ---- Arrays ---- */

huzhu_status huzhu_arrow_schema(const huzhu_arrow *arrow, struct ArrowSchema *out)
{
    if (arrow == NULL || out == NULL) return HUZHU_INVALID_ARGUMENT;
    return hz_arrow_results_schema(arrow, out);
}

static const char *column_fault(const hz_arrow_column *column, const struct ArrowArray *in, char message[160])
{
    const char *within;
    if (column->child < 0) return NULL;
    const char *wrong = hz_arrow_check(&column->type, in->children[column->child], in->offset + in->length, &within);
    int shown = (int)(column->name.len < 64 ? column->name.len : 64);
    if (wrong != NULL) snprintf(message, 160, "column `%.*s` %s%s", shown, column->name.at, within, wrong);
    return wrong;
}

/* What is wrong with the array, as "column `units` has no values"; false: nothing. */
static bool find_fault(const huzhu_arrow *arrow, const struct ArrowArray *in, char message[160])
{
    const char *wrong = hz_arrow_check_struct(in, arrow->children);
    if (wrong != NULL) snprintf(message, 160, "the array %s", wrong);
    for (uint32_t i = 0; wrong == NULL && i <= arrow->column_count; i++) {
        const hz_arrow_column *column = i == arrow->column_count ? &arrow->id : &arrow->columns[i];
        wrong = column_fault(column, in, message);
        if (wrong == NULL && column->plain != NULL) wrong = column_fault(column->plain, in, message);
    }
    if (wrong == NULL && hz_arrow_has_null_rows(in)) {
        wrong = "has rows that are null as a whole";
        snprintf(message, 160, "the array %s", wrong);
    }
    return wrong != NULL;
}

huzhu_status hz_arrow_hold(const huzhu_arrow *arrow, const struct ArrowArray *in, huzhu_diagnostics *diagnostics)
{
    char message[160];
    if (!find_fault(arrow, in, message)) return HUZHU_OK;
    return hz_arrow_tell(diagnostics, hz_str_from(message), HZ_STR("what made this array does not keep to the Arrow C Data Interface"));
}

huzhu_status huzhu_arrow_evaluate(huzhu_arrow *arrow, const struct ArrowArray *in, huzhu_diagnostics *diagnostics, struct ArrowArray *out)
{
    if (arrow == NULL || in == NULL || out == NULL) return HUZHU_INVALID_ARGUMENT;
    hz_api_diagnostics_clear(diagnostics);
    huzhu_status status = hz_arrow_hold(arrow, in, diagnostics);
    return status == HUZHU_OK ? hz_arrow_results(arrow, in, out) : status;
}

/* ---- Streams ---- */

typedef struct own_stream {
    huzhu_arrow *arrow;         /* counted */
    struct ArrowArrayStream in;
    char error[160];
} own_stream;

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    own_stream *own = stream->private_data;
    own->error[0] = '\0';
    return hz_arrow_results_schema(own->arrow, out) == HZ_OK ? 0 : ENOMEM;
}

/* Takes over what the stream below says of its error. */
static int pass_error(own_stream *own, int error)
{
    const char *text = own->in.get_last_error != NULL ? own->in.get_last_error(&own->in) : NULL;
    snprintf(own->error, sizeof own->error, "%s", text != NULL ? text : "the stream of claims failed");
    return error;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    own_stream *own = stream->private_data;
    struct ArrowArray in = {0};
    own->error[0] = '\0';
    *out = (struct ArrowArray){0};
    int error = own->in.get_next(&own->in, &in);
    if (error != 0) return pass_error(own, error);
    if (in.release == NULL) return 0; /* the end */
    huzhu_status status = HUZHU_DATA;
    if (!find_fault(own->arrow, &in, own->error)) {
        status = hz_arrow_results(own->arrow, &in, out);
        if (status == HUZHU_LIMIT) snprintf(own->error, sizeof own->error, "the ids of an array are more than 2 GiB of text");
        if (status == HUZHU_NO_MEMORY) snprintf(own->error, sizeof own->error, "out of memory");
    }
    in.release(&in);
    return status == HUZHU_OK ? 0 : status == HUZHU_NO_MEMORY ? ENOMEM : EINVAL;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    own_stream *own = stream->private_data;
    return own->error[0] != '\0' ? own->error : NULL;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    own_stream *own = stream->private_data;
    const hz_alloc alloc = own->arrow->alloc;
    if (own->in.release != NULL) own->in.release(&own->in);
    huzhu_arrow_free(own->arrow);
    stream->release = NULL;
    stream->private_data = NULL;
    hz_api_free(&alloc, own, sizeof *own);
}

huzhu_status huzhu_arrow_stream(huzhu_arrow *arrow, struct ArrowArrayStream *in, struct ArrowArrayStream *out)
{
    if (in == NULL || in->release == NULL) return HUZHU_INVALID_ARGUMENT;
    own_stream *own = arrow != NULL && out != NULL ? hz_api_new(&arrow->alloc, sizeof *own) : NULL;
    if (own == NULL) {
        in->release(in);
        return arrow == NULL || out == NULL ? HUZHU_INVALID_ARGUMENT : HUZHU_NO_MEMORY;
    }
    own->arrow = arrow;
    own->in = *in;
    in->release = NULL;
    atomic_fetch_add_explicit(&arrow->count, 1, memory_order_relaxed);
    *out = (struct ArrowArrayStream){.get_schema = get_schema,
                                     .get_next = get_next,
                                     .get_last_error = get_last_error,
                                     .release = release_stream,
                                     .private_data = own};
    return HUZHU_OK;
}
