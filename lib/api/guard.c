/* guard.c - the one place where an escape lands. Nothing but setjmp and the call is here, so no local can be lost. */
#include "api/api.h"

#include "base/status.h"

int32_t hz_api_guard(hz_arena *arena, hz_escape *escape, void (*work)(void *context), void *context)
{
    if (setjmp(escape->to) != 0) return escape->status;
    arena->escape = escape;
    work(context);
    arena->escape = NULL;
    return HZ_OK;
}
