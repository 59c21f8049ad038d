/* arrow_check.c - whether an array that came in is one of its type, so that nothing beyond its buffers is read: counts,
 * lengths, buffers that must be there, offsets that must rise. The sizes of buffers themselves nobody tells. Called by
 * arrow.c before anything is read.
 */
#include "api/arrow.h"

static int64_t buffers_of(const hz_arrow_type *type)
{
    switch (type->kind) {
    case HZ_ARROW_NULL: return 0;
    case HZ_ARROW_TEXT: return 3;
    case HZ_ARROW_VIEW: return 3; /* at least: validity, views, and last the sizes of those between */
    default: return 2;
    }
}

/* Offsets of rows begin to end, which must not fall. */
static const char *check_offsets(const hz_arrow_type *type, const struct ArrowArray *array, int64_t end)
{
    const void *offsets = array->buffers[1];
    int64_t first = 0, last = 0, before;
    bool falls = false;
    if (end == 0) return NULL;
    if (offsets == NULL) return "has no offsets";
    if (type->bytes == 4) {
        const int32_t *at = (const int32_t *)offsets + array->offset;
        first = at[0];
        last = at[end];
        before = first;
        for (int64_t r = 1; r <= end; r++) {
            falls |= at[r] < before;
            before = at[r];
        }
    } else {
        const int64_t *at = (const int64_t *)offsets + array->offset;
        first = at[0];
        last = at[end];
        before = first;
        for (int64_t r = 1; r <= end; r++) {
            falls |= at[r] < before;
            before = at[r];
        }
    }
    if (first < 0 || falls) return "has offsets that fall";
    return last > first && array->buffers[2] == NULL ? "has texts without bytes" : NULL;
}

typedef struct view {
    int32_t size;
    char prefix[4];
    int32_t buffer, offset;
} view;

static const char *check_views(const struct ArrowArray *array, int64_t end)
{
    const view *views = array->buffers[1];
    int64_t data = array->n_buffers - 3;
    const int64_t *sizes = array->buffers[array->n_buffers - 1];
    if (end == 0) return NULL;
    if (views == NULL || (data > 0 && sizes == NULL)) return "has no views";
    for (int64_t r = 0; r < end; r++) {
        const view *at = &views[array->offset + r];
        if (at->size <= 12 && at->size >= 0) continue;
        const hz_arrow_type type = {.kind = HZ_ARROW_VIEW};
        if (hz_arrow_is_null(&type, array, r)) continue;
        if (at->size < 0 || at->buffer < 0 || at->buffer >= data || at->offset < 0 || array->buffers[2 + at->buffer] == NULL ||
            (int64_t)at->offset + at->size > sizes[at->buffer])
            return "has views beyond its buffers";
    }
    return NULL;
}

static const char *check_values(const hz_arrow_type *type, const struct ArrowArray *array, int64_t end)
{
    if (type->kind == HZ_ARROW_TEXT) return check_offsets(type, array, end);
    if (type->kind == HZ_ARROW_VIEW) return check_views(array, end);
    return type->kind != HZ_ARROW_NULL && end > 0 && array->buffers[1] == NULL ? "has no values" : NULL;
}

static const char *check_frame(const hz_arrow_type *type, const struct ArrowArray *array, int64_t end)
{
    const int64_t buffers = buffers_of(type);
    if (array == NULL || array->release == NULL) return "is not there, or was released";
    if (array->length < 0 || array->offset < 0 || array->null_count < -1) return "has a length or an offset below 0";
    if (array->length > INT64_MAX / 64 || array->offset > INT64_MAX / 64) return "is longer than memory";
    if (array->length < end) return "is shorter than its struct";
    if (type->kind == HZ_ARROW_VIEW ? array->n_buffers < buffers : array->n_buffers != buffers) return "has another number of buffers";
    if (buffers > 0 && array->buffers == NULL) return "has no buffers";
    if (array->n_children != 0) return "has children";
    if (buffers > 0 && array->buffers[0] == NULL && array->null_count > 0) return "has nulls without validity bits";
    return NULL;
}

const char *hz_arrow_check(const hz_arrow_type *type, const struct ArrowArray *array, int64_t end)
{
    hz_arrow_type values = *type, own = *type;
    if (type->index_bytes > 0) own = (hz_arrow_type){.kind = HZ_ARROW_INTEGER, .bytes = type->index_bytes};
    const char *wrong = check_frame(&own, array, end);
    if (wrong == NULL) wrong = check_values(&own, array, end);
    if (wrong != NULL || type->index_bytes == 0) return wrong;
    values.index_bytes = 0;
    if (array->dictionary == NULL) return "has no dictionary";
    wrong = check_frame(&values, array->dictionary, 0);
    return wrong != NULL ? wrong : check_values(&values, array->dictionary, array->dictionary->length);
}
