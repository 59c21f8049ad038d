/* flat.c - the grammar of JSON without lists, as far as claims use it. */
#include "flat.h"

#include <stdint.h>
#include <string.h>

void cli_flat_begin(cli_flat *flat, const char *line, size_t size, char *scratch)
{
    *flat = (cli_flat){.at = line, .end = line + size, .scratch = scratch};
}

static void skip_space(cli_flat *flat)
{
    while (flat->at < flat->end && (*flat->at == ' ' || *flat->at == '\t' || *flat->at == '\r' || *flat->at == '\n'))
        flat->at++;
}

/* Skips one character, and spaces before it. False: it is another. */
static bool take(cli_flat *flat, char one)
{
    skip_space(flat);
    if (flat->at == flat->end || *flat->at != one)
        return false;
    flat->at++;
    return true;
}

/* ---- strings ---- */

static bool hex4(const char *at, const char *end, uint32_t *out)
{
    *out = 0;
    if (end - at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10) : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10) : 16;
        if (digit == 16)
            return false;
        *out = *out << 4 | digit;
    }
    return true;
}

static char *put_utf8(char *to, uint32_t c)
{
    if (c < 0x80) {
        *to++ = (char)c;
        return to;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
    *to++ = (char)(leads[more] | c >> (6 * more));
    while (more-- > 0)
        *to++ = (char)(0x80 | (c >> (6 * more) & 0x3F));
    return to;
}

/* Behind the escape at *at, which stands behind its backslash; what it means at *to. False: it is none. */
static bool unescape(const char **at, const char *end, char **to)
{
    static const char plain[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    uint32_t c, low;
    if (*at == end)
        return false;
    const char *found = **at != '\0' ? strchr(plain, **at) : NULL;
    if (found != NULL) {
        *(*to)++ = means[found - plain];
        ++*at;
        return true;
    }
    if (**at != 'u' || !hex4(*at + 1, end, &c))
        return false;
    *at += 5;
    if (c >= 0xD800 && c <= 0xDBFF) {
        if (end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u' || !hex4(*at + 2, end, &low) || low < 0xDC00 || low > 0xDFFF)
            return false;
        *at += 6;
        c = 0x10000 + ((c - 0xD800) << 10 | (low - 0xDC00));
    } else if (c >= 0xDC00 && c <= 0xDFFF) {
        return false;
    }
    *to = put_utf8(*to, c);
    return true;
}

static const char *plain_end(const char *at, const char *end)
{
    while (at < end && (unsigned char)*at >= 0x20 && *at != '"' && *at != '\\')
        at++;
    return at;
}

/* The string whose opening quote was taken. */
static bool read_string(cli_flat *flat, cli_flat_text *out)
{
    const char *begin = flat->at, *at = plain_end(begin, flat->end);
    *out = (cli_flat_text){begin, (size_t)(at - begin)};
    if (at < flat->end && *at == '\\') {
        char *to = flat->scratch;
        out->at = to;
        for (;;) {
            memcpy(to, begin, (size_t)(at - begin));
            to += at - begin;
            if (at == flat->end || *at != '\\')
                break;
            begin = at + 1;
            if (!unescape(&begin, flat->end, &to))
                return false;
            at = plain_end(begin, flat->end);
        }
        out->size = (size_t)(to - out->at);
        flat->scratch = to;
    }
    flat->at = at + 1;
    return at < flat->end && *at == '"';
}

/* ---- values ---- */

static const char *digits_end(const char *at, const char *end)
{
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

static bool read_number(cli_flat *flat)
{
    const char *begin = flat->at, *at = begin + (*begin == '-'), *end = flat->end;
    const char *stop = digits_end(at, end);
    if (stop == at || (*at == '0' && stop - at > 1))
        return false;
    if (stop < end && *stop == '.') {
        at = stop + 1;
        stop = digits_end(at, end);
        if (stop == at)
            return false;
    }
    if (stop < end && (*stop == 'e' || *stop == 'E')) {
        at = stop + 1;
        at += at < end && (*at == '+' || *at == '-');
        stop = digits_end(at, end);
        if (stop == at)
            return false;
    }
    flat->value = (cli_flat_text){begin, (size_t)(stop - begin)};
    flat->kind = CLI_FLAT_NUMBER;
    flat->at = stop;
    return true;
}

static bool read_word(cli_flat *flat)
{
    static const struct {
        const char *word;
        cli_flat_kind kind;
    } words[] = {{"true", CLI_FLAT_TRUE}, {"false", CLI_FLAT_FALSE}, {"null", CLI_FLAT_NULL}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i].word);
        if ((size_t)(flat->end - flat->at) < size || memcmp(flat->at, words[i].word, size) != 0)
            continue;
        flat->value = (cli_flat_text){flat->at, size};
        flat->kind = words[i].kind;
        flat->at += size;
        return true;
    }
    return false;
}

static bool read_scalar(cli_flat *flat)
{
    const char *begin = flat->at;
    bool well;
    if (*begin == '"') {
        flat->at++;
        flat->kind = CLI_FLAT_STRING;
        well = read_string(flat, &flat->value);
    } else {
        well = *begin == '-' || (*begin >= '0' && *begin <= '9') ? read_number(flat) : read_word(flat);
    }
    flat->raw = (cli_flat_text){begin, (size_t)(flat->at - begin)};
    return well;
}

/* ---- members ---- */

static cli_flat_event close_object(cli_flat *flat)
{
    flat->first = false;
    if (--flat->depth > 0)
        return CLI_FLAT_CLOSE;
    skip_space(flat);
    return flat->at == flat->end ? CLI_FLAT_END : CLI_FLAT_ODD;
}

cli_flat_event cli_flat_next(cli_flat *flat)
{
    if (flat->depth == 0) {
        if (!take(flat, '{'))
            return CLI_FLAT_ODD;
        flat->depth = 1;
        flat->first = true;
    }
    if (take(flat, '}'))
        return close_object(flat);
    if (!flat->first && !take(flat, ','))
        return CLI_FLAT_ODD;
    flat->first = false;
    if (!take(flat, '"') || !read_string(flat, &flat->key) || !take(flat, ':'))
        return CLI_FLAT_ODD;
    if (take(flat, '{')) {
        flat->depth++;
        flat->first = true;
        return CLI_FLAT_OPEN;
    }
    return flat->at < flat->end && read_scalar(flat) ? CLI_FLAT_MEMBER : CLI_FLAT_ODD;
}
