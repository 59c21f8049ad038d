/* support.c - what every public function needs: texts, allocators and structs of the host, checked; memory for objects.
 *
 * Called by all of api/.
 */
#include "api/api.h"

bool hz_api_str(const char *data, size_t size, hz_str *out)
{
    if (data == NULL) {
        *out = HZ_STR("");
        return size == 0;
    }
    *out = (hz_str){data, size == HUZHU_NUL ? strlen(data) : size};
    return true;
}

huzhu_status hz_api_size(const void *object, uint32_t struct_size, size_t first, size_t known)
{
    const unsigned char *bytes = object;
    if (struct_size < first) return HUZHU_INVALID_ARGUMENT;
    for (size_t i = known; i < struct_size; i++)
        if (bytes[i] != 0) return HUZHU_VERSION;
    return HUZHU_OK;
}

huzhu_status hz_api_fill(void *out, const void *view, size_t first, size_t known)
{
    uint32_t size;
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    memcpy(&size, out, sizeof size);
    if (size < first) return HUZHU_INVALID_ARGUMENT;
    size_t taken = size < known ? size : known;
    memcpy((unsigned char *)out + sizeof size, (const unsigned char *)view + sizeof size, taken - sizeof size);
    return HUZHU_OK;
}

huzhu_status hz_api_alloc(const huzhu_allocator *allocator, hz_alloc *out)
{
    *out = hz_alloc_libc;
    if (allocator == NULL) return HUZHU_OK;
    huzhu_status status = hz_api_size(allocator, allocator->struct_size, sizeof *allocator, sizeof *allocator);
    if (status != HUZHU_OK) return status;
    if (allocator->allocate == NULL || allocator->reallocate == NULL || allocator->release == NULL)
        return HUZHU_INVALID_ARGUMENT;
    *out = (hz_alloc){allocator->allocate, allocator->reallocate, allocator->release, allocator->user};
    return HUZHU_OK;
}

void *hz_api_new(const hz_alloc *alloc, size_t size)
{
    void *object = alloc->allocate(alloc->user, size);
    return object != NULL ? memset(object, 0, size) : NULL;
}

void hz_api_free(const hz_alloc *alloc, void *object, size_t size)
{
    const hz_alloc copy = *alloc; /* it may stand in the object */
    copy.release(copy.user, object, size);
}
