/* str.c - comparing and trimming borrowed texts. Bytes only: what a character is, utf8.c knows. */
#include "base/str.h"

int hz_str_compare(hz_str a, hz_str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common > 0 ? memcmp(a.at, b.at, common) : 0;
    if (order != 0)
        return order < 0 ? -1 : 1;
    return (a.len > b.len) - (a.len < b.len);
}

bool hz_str_starts(hz_str text, hz_str prefix)
{
    return prefix.len <= text.len && hz_str_eq(hz_str_part(text, 0, prefix.len), prefix);
}

bool hz_str_ends(hz_str text, hz_str suffix)
{
    return suffix.len <= text.len && hz_str_eq(hz_str_part(text, text.len - suffix.len, text.len), suffix);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool hz_str_holds(hz_str text, hz_str part)
{
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (memcmp(text.at + i, part.at, part.len) == 0) return true;
    return false;
}

hz_str hz_str_trim(hz_str text)
{
    size_t begin = 0, end = text.len;
    while (begin < end && is_space(text.at[begin]))
        begin++;
    while (end > begin && is_space(text.at[end - 1]))
        end--;
    return hz_str_part(text, begin, end);
}
