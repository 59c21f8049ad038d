/* slip.c - see slip.h. Not a spelling corrector: names are the checker's, with source/suggest.h. */
#include "feel/slip.h"

#include "base/utf8.h"

typedef struct slip_row {
    hz_str written, hint;
    bool is_operator;
} slip_row;

/* Not HZ_STR: a compound literal is no constant in a static table. */
#define TEXT(literal) {(literal), sizeof(literal) - 1}

static const slip_row slips[] = {
#define HZ_SLIP_OPERATOR(written, hint) {TEXT(written), TEXT(hint), true},
#define HZ_SLIP_CHAR(written, hint) {TEXT(written), TEXT(hint), false},
#include "feel/slips.def"
};

static const slip_row words[] = {
#define HZ_SLIP_WORD(written, hint) {TEXT(written), TEXT(hint), false},
#include "feel/slips.def"
};

static const slip_row functions[] = {
#define HZ_SLIP_FUNCTION(written, hint) {TEXT(written), TEXT(hint), false},
#include "feel/slips.def"
};

#undef TEXT

/* U+FF01 … U+FF5E are ASCII's ! … ~ in the width of a Chinese character. */
#define FULL_WIDTH_FIRST 0xFF01u
#define FULL_WIDTH_LAST 0xFF5Eu
#define FULL_WIDTH_SHIFT 0xFEE0u

static hz_slip full_width(hz_arena *arena, hz_str rest)
{
    size_t len = 0;
    uint32_t code_point = hz_utf8_next(rest, &len);
    if (code_point < FULL_WIDTH_FIRST || code_point > FULL_WIDTH_LAST)
        return (hz_slip){0};
    char ascii = (char)(code_point - FULL_WIDTH_SHIFT);
    return (hz_slip){len, false, hz_arena_printf(arena, "write the ASCII character `%c`", ascii)};
}

hz_slip hz_slip_at(hz_arena *arena, hz_str rest)
{
    /* `!=` is FEEL's own, `!==` and `!` are not. */
    bool unequal = hz_str_starts(rest, HZ_STR("!=")) && !hz_str_starts(rest, HZ_STR("!=="));
    if (rest.len == 0 || unequal)
        return (hz_slip){0};
    for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++)
        if (slips[i].written.at[0] == rest.at[0] && hz_str_starts(rest, slips[i].written))
            return (hz_slip){slips[i].written.len, slips[i].is_operator, slips[i].hint};
    return full_width(arena, rest);
}

hz_str hz_slip_word(hz_str word)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (hz_str_eq(words[i].written, word))
            return words[i].hint;
    return HZ_STR("");
}

/* word in small ASCII letters is written. */
static bool is_in_any_case(hz_str word, hz_str written)
{
    if (word.len != written.len)
        return false;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.at[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != written.at[i])
            return false;
    }
    return true;
}

hz_str hz_slip_function(hz_str name)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (is_in_any_case(name, functions[i].written))
            return functions[i].hint;
    return HZ_STR("");
}
