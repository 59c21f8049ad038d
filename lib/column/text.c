/* text.c - functions on texts, one row each. Called by kernel.c. */
#include "column/text.h"

hz_str hz_text_join(hz_workspace *ws, hz_str a, hz_str b)
{
    if (a.len == 0 || b.len == 0) return a.len == 0 ? b : a;
    char *out = hz_workspace_take(ws, a.len + b.len);
    if (out == NULL) return HZ_STR("");
    memcpy(out, a.at, a.len);
    memcpy(out + a.len, b.at, b.len);
    return (hz_str){out, a.len + b.len};
}
