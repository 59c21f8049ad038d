/* arrow_build.c - schemas and arrays of Arrow that own what they hold: one piece of private memory each, which `release`
 * gives back to the allocator it came from. A child that was moved out is no longer its parent's. Called by
 * arrow_results.c.
 */
#include "api/arrow.h"

/* ---- Schemas ---- */

typedef struct own_schema {
    hz_alloc alloc;
    size_t size;
    struct ArrowSchema *children[1]; /* more of them, then their structs, the dictionary's, format and name */
} own_schema;

static void release_schema(struct ArrowSchema *schema)
{
    own_schema *own = schema->private_data;
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release != NULL) schema->children[i]->release(schema->children[i]);
    if (schema->dictionary != NULL && schema->dictionary->release != NULL) schema->dictionary->release(schema->dictionary);
    schema->release = NULL;
    schema->private_data = NULL;
    own->alloc.release(own->alloc.user, own, own->size);
}

bool hz_arrow_make_schema(const hz_alloc *alloc, const char *format, hz_str name, int64_t flags, int64_t children, bool dictionary,
                          struct ArrowSchema *out)
{
    size_t structs = (size_t)children + (dictionary ? 1 : 0), formats = strlen(format) + 1;
    size_t size = sizeof(own_schema) + (size_t)children * sizeof(void *) + structs * sizeof(struct ArrowSchema) + formats + name.len + 1;
    own_schema *own = alloc->allocate(alloc->user, size);
    *out = (struct ArrowSchema){0};
    if (own == NULL) return false;
    memset(own, 0, size);
    own->alloc = *alloc;
    own->size = size;
    struct ArrowSchema *items = (struct ArrowSchema *)(void *)(own->children + children + 1);
    char *texts = (char *)(items + structs);
    for (int64_t i = 0; i < children; i++) own->children[i] = &items[i];
    memcpy(texts, format, formats);
    if (name.len > 0) memcpy(texts + formats, name.at, name.len);
    *out = (struct ArrowSchema){.format = texts,
                                .name = texts + formats,
                                .flags = flags,
                                .n_children = children,
                                .children = children > 0 ? own->children : NULL,
                                .dictionary = dictionary ? &items[children] : NULL,
                                .release = release_schema,
                                .private_data = own};
    return true;
}

/* ---- Arrays ---- */

enum { MOST_BUFFERS = 3 };

typedef struct own_array {
    hz_alloc alloc;
    size_t size;
    void *buffers[MOST_BUFFERS];
    size_t sizes[MOST_BUFFERS];
    struct ArrowArray *children[1]; /* more of them, then their structs and the dictionary's */
} own_array;

static void release_array(struct ArrowArray *array)
{
    own_array *own = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release != NULL) array->children[i]->release(array->children[i]);
    if (array->dictionary != NULL && array->dictionary->release != NULL) array->dictionary->release(array->dictionary);
    for (int i = 0; i < MOST_BUFFERS; i++)
        if (own->buffers[i] != NULL) own->alloc.release(own->alloc.user, own->buffers[i], own->sizes[i]);
    array->release = NULL;
    array->private_data = NULL;
    own->alloc.release(own->alloc.user, own, own->size);
}

bool hz_arrow_make_array(const hz_alloc *alloc, int64_t length, int64_t buffers, const size_t *sizes, int64_t children, bool dictionary,
                         struct ArrowArray *out)
{
    size_t structs = (size_t)children + (dictionary ? 1 : 0);
    size_t size = sizeof(own_array) + (size_t)children * sizeof(void *) + structs * sizeof(struct ArrowArray);
    own_array *own = alloc->allocate(alloc->user, size);
    *out = (struct ArrowArray){0};
    if (own == NULL) return false;
    memset(own, 0, size);
    own->alloc = *alloc;
    own->size = size;
    struct ArrowArray *items = (struct ArrowArray *)(void *)(own->children + children + 1);
    for (int64_t i = 0; i < children; i++) own->children[i] = &items[i];
    *out = (struct ArrowArray){.length = length,
                               .n_buffers = buffers,
                               .n_children = children,
                               .buffers = (const void **)(uintptr_t)own->buffers,
                               .children = children > 0 ? own->children : NULL,
                               .dictionary = dictionary ? &items[children] : NULL,
                               .release = release_array,
                               .private_data = own};
    for (int64_t i = 0; i < buffers; i++)
        if (sizes[i] > 0 && !hz_arrow_resize(out, i, sizes[i])) {
            release_array(out);
            *out = (struct ArrowArray){0};
            return false;
        }
    return true;
}

void *hz_arrow_buffer(const struct ArrowArray *array, int64_t index)
{
    return ((own_array *)array->private_data)->buffers[index];
}

size_t hz_arrow_room(const struct ArrowArray *array, int64_t index)
{
    return ((own_array *)array->private_data)->sizes[index];
}

bool hz_arrow_resize(struct ArrowArray *array, int64_t index, size_t size)
{
    own_array *own = array->private_data;
    size_t old = own->sizes[index];
    void *memory = own->alloc.allocate(own->alloc.user, size);
    if (memory == NULL) return false;
    if (old > 0) memcpy(memory, own->buffers[index], old < size ? old : size);
    if (own->buffers[index] != NULL) own->alloc.release(own->alloc.user, own->buffers[index], old);
    own->buffers[index] = memory;
    own->sizes[index] = size;
    return true;
}
