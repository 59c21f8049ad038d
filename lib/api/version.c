/* version.c - which library this is, and words for its statuses. */
#include "api/api.h"

#ifndef HUZHU_VERSION_TEXT
#define HUZHU_VERSION_TEXT "0.1.0"
#endif

uint32_t huzhu_abi_version(void)
{
    return HUZHU_ABI_VERSION;
}

const char *huzhu_version_text(void)
{
    return HUZHU_VERSION_TEXT;
}

const char *huzhu_status_text(huzhu_status status)
{
    static const char *const texts[] = {
        [HUZHU_OK] = "well",
        [HUZHU_INVALID_ARGUMENT] = "an argument is not valid: a NULL, an index out of range, a struct_size too small",
        [HUZHU_NO_MEMORY] = "memory ran out",
        [HUZHU_NOT_FOUND] = "there is nothing of that name",
        [HUZHU_IO] = "a file cannot be read",
        [HUZHU_RULES] = "the rule files have errors, see the diagnostics",
        [HUZHU_DATA] = "a value does not fit its input",
        [HUZHU_LIMIT] = "a limit on size or memory was reached",
        [HUZHU_VERSION] = "made for a newer version of this library",
        [HUZHU_UNSUPPORTED] = "this version of the library cannot do that",
        [HUZHU_STATE] = "the object does not hold what was asked for",
        [HUZHU_NOT_REVERSIBLE] = "the claim is not the last of all its keys",
    };
    if (status < 0 || (size_t)status >= sizeof texts / sizeof *texts)
        return "a status that this version of the library does not know";
    return texts[status];
}
