/* page.c - see page.h. Works on a text that is complete; takes no memory but what the buffer grows by. */
#include "run/page.h"

#include "base/utf8.h"

typedef struct page {
    hz_buf *out;
    hz_str rest;      /* what begins the next line */
    uint32_t limit;   /* columns of a line */
    uint32_t column;  /* of this line, used so far */
    uint32_t begin;   /* columns of what begins this line */
} page;

uint32_t hz_page_width(hz_str text)
{
    uint32_t width = 0;
    for (size_t at = 0; at < text.len;) width += hz_utf8_width(hz_utf8_next(text, &at));
    return width;
}

void hz_page_pad(hz_buf *out, size_t begin, uint32_t width)
{
    uint32_t used = hz_page_width(hz_str_part(hz_buf_text(out), begin, out->len));
    if (used < width)
        hz_buf_add_spaces(out, width - used);
}

static bool is_one_of(uint32_t c, const char *signs)
{
    hz_str text = hz_str_from(signs);
    for (size_t at = 0; at < text.len;)
        if (hz_utf8_next(text, &at) == c)
            return true;
    return false;
}

/* Whether a line may end between two characters. */
static bool may_break(uint32_t before, uint32_t after)
{
    if (before == ' ')
        return true;
    if (is_one_of(before, "（《〈“‘〔【(["))
        return false;
    if (after == ' ' || is_one_of(after, "，。；：、！？）》〉”’〕】…,.;:!?)]%"))
        return false;
    return hz_utf8_width(before) == 2 || hz_utf8_width(after) == 2;
}

/* End of the longest part of text from begin on that fits in room columns and may end a line; text.len when all fits;
 * begin when nothing does. */
static size_t fitting(hz_str text, size_t begin, uint32_t room)
{
    size_t good = begin;
    uint32_t used = 0, before = 0;
    for (size_t at = begin; at < text.len;) {
        size_t here = at;
        uint32_t c = hz_utf8_next(text, &at);
        if (here > begin && may_break(before, c))
            good = here;
        used += hz_utf8_width(c);
        if (used > room && c != ' ')
            return good;
        before = c;
    }
    return text.len;
}

/* End of the first piece that does not break. */
static size_t word_end(hz_str text, size_t begin)
{
    uint32_t before = 0;
    for (size_t at = begin; at < text.len;) {
        size_t here = at;
        uint32_t c = hz_utf8_next(text, &at);
        if (here > begin && may_break(before, c))
            return here;
        before = c;
    }
    return text.len;
}

static void cut_spaces(hz_buf *out)
{
    while (!out->failed && out->len > 0 && out->at[out->len - 1] == ' ') out->len--;
}

static void break_line(page *p)
{
    cut_spaces(p->out);
    hz_buf_add_char(p->out, '\n');
    hz_buf_add(p->out, p->rest);
    p->column = p->begin = hz_page_width(p->rest);
}

/* A line end inside a text would break the drawing: it becomes a space. */
static void put_part(page *p, hz_str part)
{
    size_t plain = 0;
    for (size_t i = 0; i < part.len; i++) {
        if ((unsigned char)part.at[i] >= 0x20)
            continue;
        hz_buf_add(p->out, hz_str_part(part, plain, i));
        hz_buf_add_char(p->out, ' ');
        p->column++;
        plain = i + 1;
    }
    hz_buf_add(p->out, hz_str_part(part, plain, part.len));
    p->column += hz_page_width(part);
}

static hz_str without_leading_spaces(hz_str text)
{
    size_t begin = 0;
    while (begin < text.len && text.at[begin] == ' ') begin++;
    return hz_str_part(text, begin, text.len);
}

/* Puts a part that must be broken somewhere. */
static void flow(page *p, hz_str part)
{
    size_t at = 0;
    while (at < part.len) {
        uint32_t room = p->limit > p->column ? p->limit - p->column : 0;
        size_t end = fitting(part, at, room);
        if (end == at && p->column > p->begin) {
            break_line(p);
            at = part.len - without_leading_spaces(hz_str_part(part, at, part.len)).len;
            continue;
        }
        if (end == at) /* wider than a line: it stands on one whole */
            end = word_end(part, at);
        put_part(p, hz_str_part(part, at, end));
        at = end;
        if (at == part.len)
            return;
        break_line(p);
        at = part.len - without_leading_spaces(hz_str_part(part, at, part.len)).len;
    }
}

void hz_page_put(hz_buf *out, hz_str first, hz_str rest, hz_str text)
{
    uint32_t deepest = hz_page_width(first) > hz_page_width(rest) ? hz_page_width(first) : hz_page_width(rest);
    page p = {.out = out, .rest = rest, .limit = HZ_PAGE_WIDTH, .column = hz_page_width(first)};
    if (deepest + HZ_PAGE_LEAST > p.limit)
        p.limit = deepest + HZ_PAGE_LEAST;
    p.begin = p.column;
    hz_buf_add(out, first);
    for (size_t begin = 0; begin < text.len;) {
        const char *soft = memchr(text.at + begin, HZ_PAGE_SOFT, text.len - begin);
        size_t end = soft != NULL ? (size_t)(soft - text.at) : text.len;
        hz_str part = hz_str_part(text, begin, end);
        uint32_t width = hz_page_width(part);
        if (p.column + width <= p.limit) {
            put_part(&p, part);
        } else if (p.column > p.begin && hz_page_width(rest) + width <= p.limit) {
            break_line(&p);
            put_part(&p, without_leading_spaces(part));
        } else {
            flow(&p, part);
        }
        begin = end + 1;
    }
    cut_spaces(out);
    hz_buf_add_char(out, '\n');
}
