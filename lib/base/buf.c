/* buf.c - a text that grows by doubling and keeps its memory. Called by everything that writes answers. */
#include "base/buf.h"

#include "base/utf8.h"

#include <stdio.h>

#define FIRST_ROOM ((size_t)256)

void hz_buf_begin(hz_buf *buf, const hz_alloc *alloc)
{
    *buf = (hz_buf){.alloc = *alloc};
}

void hz_buf_end(hz_buf *buf)
{
    if (buf->at != NULL)
        buf->alloc.release(buf->alloc.user, buf->at, buf->room);
    *buf = (hz_buf){.alloc = buf->alloc};
}

void hz_buf_reset(hz_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->at != NULL)
        buf->at[0] = '\0';
}

/* Makes room for more bytes and a NUL behind them. */
static bool reserve(hz_buf *buf, size_t more)
{
    if (buf->failed)
        return false;
    if (more < buf->room - buf->len)
        return true;
    size_t room = buf->room == 0 ? FIRST_ROOM : buf->room;
    while (room - buf->len <= more) {
        if (room > SIZE_MAX / 2) {
            buf->failed = true;
            return false;
        }
        room *= 2;
    }
    void *at = buf->at == NULL ? buf->alloc.allocate(buf->alloc.user, room)
                               : buf->alloc.reallocate(buf->alloc.user, buf->at, buf->room, room);
    if (at == NULL) {
        buf->failed = true;
        return false;
    }
    buf->at = at;
    buf->room = room;
    return true;
}

void hz_buf_add(hz_buf *buf, hz_str text)
{
    if (!reserve(buf, text.len))
        return;
    if (text.len > 0)
        memcpy(buf->at + buf->len, text.at, text.len);
    buf->len += text.len;
    buf->at[buf->len] = '\0';
}

void hz_buf_add_char(hz_buf *buf, char c)
{
    hz_buf_add(buf, (hz_str){&c, 1});
}

void hz_buf_add_int(hz_buf *buf, int64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        digits[--at] = '-';
    hz_buf_add(buf, (hz_str){digits + at, sizeof digits - at});
}

void hz_buf_add_spaces(hz_buf *buf, size_t count)
{
    if (!reserve(buf, count))
        return;
    memset(buf->at + buf->len, ' ', count);
    buf->len += count;
    buf->at[buf->len] = '\0';
}

void hz_buf_printf(hz_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        buf->failed = true;
    if (len < 0 || !reserve(buf, (size_t)len))
        return;
    va_start(args, format);
    vsnprintf(buf->at + buf->len, (size_t)len + 1, format, args);
    va_end(args);
    buf->len += (size_t)len;
}

static void add_json_control(hz_buf *buf, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    switch (c) {
    case '\b': hz_buf_add_literal(buf, "\\b"); return;
    case '\f': hz_buf_add_literal(buf, "\\f"); return;
    case '\n': hz_buf_add_literal(buf, "\\n"); return;
    case '\r': hz_buf_add_literal(buf, "\\r"); return;
    case '\t': hz_buf_add_literal(buf, "\\t"); return;
    default: break;
    }
    const char escape[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    hz_buf_add(buf, (hz_str){escape, sizeof escape});
}

void hz_buf_add_json(hz_buf *buf, hz_str text)
{
    size_t plain = 0, next = 0;
    hz_buf_add_char(buf, '"');
    while (next < text.len) {
        size_t at = next;
        uint32_t c = hz_utf8_next(text, &next);
        if (c >= 0x20 && c != '"' && c != '\\' && c != HZ_UTF8_BAD)
            continue;
        hz_buf_add(buf, hz_str_part(text, plain, at));
        plain = next;
        if (c == HZ_UTF8_BAD) {
            hz_buf_add_literal(buf, "\xEF\xBF\xBD");
        } else if (c < 0x20) {
            add_json_control(buf, (unsigned char)c);
        } else {
            hz_buf_add_char(buf, '\\');
            hz_buf_add_char(buf, (char)c);
        }
    }
    hz_buf_add(buf, hz_str_part(text, plain, text.len));
    hz_buf_add_char(buf, '"');
}

hz_str hz_buf_text(const hz_buf *buf)
{
    return buf->at != NULL ? (hz_str){buf->at, buf->len} : HZ_STR("");
}
