/* arrow_check.c - whether an array that came in is one of its type, so that nothing beyond its buffers is read: counts,
 * lengths, buffers that must be there, offsets that must rise. The sizes of buffers themselves nobody tells. Called by
 * arrow.c and arrow_counters.c before anything is read.
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

/* Values are read as what they are: not every processor does that anywhere. */
static bool is_aligned(const hz_arrow_type *type, const struct ArrowArray *array)
{
    size_t to = type->kind == HZ_ARROW_VIEW ? 4 : type->bytes > 8 ? 8 : type->bytes;
    bool well = to == 0 || (uintptr_t)array->buffers[1] % to == 0;
    return well && (type->kind != HZ_ARROW_VIEW || (uintptr_t)array->buffers[array->n_buffers - 1] % 8 == 0);
}

static const char *check_values(const hz_arrow_type *type, const struct ArrowArray *array, int64_t end)
{
    if (type->kind == HZ_ARROW_NULL || end == 0) return NULL;
    if (!is_aligned(type, array)) return "has values that are not aligned";
    if (type->kind == HZ_ARROW_TEXT) return check_offsets(type, array, end);
    if (type->kind == HZ_ARROW_VIEW) return check_views(array, end);
    return array->buffers[1] == NULL ? "has no values" : NULL;
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

const char *hz_arrow_check(const hz_arrow_type *type, const struct ArrowArray *array, int64_t end, const char **within)
{
    *within = "";
    hz_arrow_type values = *type, own = *type;
    if (type->index_bytes > 0) own = (hz_arrow_type){.kind = HZ_ARROW_INTEGER, .bytes = type->index_bytes};
    const char *wrong = check_frame(&own, array, end);
    if (wrong == NULL) wrong = check_values(&own, array, end);
    if (wrong != NULL || type->index_bytes == 0) return wrong;
    values.index_bytes = 0;
    if (array->dictionary == NULL) return "has no dictionary";
    *within = "has a dictionary that ";
    wrong = check_frame(&values, array->dictionary, 0);
    return wrong != NULL ? wrong : check_values(&values, array->dictionary, array->dictionary->length);
}

/* ---- Structs of columns ---- */

bool hz_arrow_is_struct(const struct ArrowSchema *schema)
{
    bool well = schema->release != NULL && schema->format != NULL && strcmp(schema->format, "+s") == 0 && schema->n_children >= 0 &&
                schema->n_children <= 1 << 20 && (schema->n_children == 0 || schema->children != NULL);
    for (int64_t i = 0; well && i < schema->n_children; i++) well = schema->children[i] != NULL && schema->children[i]->release != NULL;
    return well;
}

const char *hz_arrow_check_struct(const struct ArrowArray *in, int64_t children)
{
    if (in->release == NULL) return "was released";
    if (in->length < 0 || in->offset < 0 || in->null_count < -1 || in->length > INT64_MAX / 64 || in->offset > INT64_MAX / 64)
        return "has a length or an offset that is none";
    if (in->n_children != children) return "has another number of columns than its schema";
    if (in->n_children > 0 && in->children == NULL) return "has no columns";
    if (in->n_buffers < 0 || in->n_buffers > 1 || (in->n_buffers == 1 && in->buffers == NULL)) return "has buffers that no struct has";
    return in->dictionary != NULL ? "has a dictionary" : NULL;
}

bool hz_arrow_has_null_rows(const struct ArrowArray *in)
{
    const hz_arrow_type type = {.kind = HZ_ARROW_OTHER};
    for (int64_t r = 0; in->n_buffers > 0 && in->buffers[0] != NULL && r < in->length; r++)
        if (hz_arrow_is_null(&type, in, r)) return true;
    return false;
}
