/* pattern_xpath.c - XPath's regular expressions, written again for PCRE2. Not a matcher. Called by pattern.c.
 *
 * The grammar is small, and what PCRE2 reads beyond it (look-around, \b, possessive repeats, named groups, inline
 * flags) is refused here, so that a pattern means in the rules what it means in XPath. Every literal is written as a
 * code point, every class as a class of code points and categories, so nothing depends on PCRE2's own readings.
 *
 *     branch | branch       piece piece       atom ? * + {n} {n,} {n,m}, each lazy with ? behind it
 *     atoms: a character, ., ^, $, \n \r \t and escaped signs, \d \s \w \i \c, \p{Lu}, [class], (group), (?:group), \1
 *
 * Under flag i PCRE2 would fold the ranges of \i and of categories too; XPath folds only what the author wrote. So the
 * two kinds of a class's items are kept apart and joined by an alternative.
 */
#include "value/pattern.h"

#include "base/utf8.h"
#include "source/suggest.h"

#define DEEPEST 50       /* groups within groups */
#define MOST_REPEATS 65535u

typedef struct hz_reader {
    hz_arena *arena;
    hz_str text;
    size_t at;
    hz_pattern_source *source;
    hz_pattern_fault *fault;
    hz_pattern_chars prefix;
    bool leading;                        /* so far only literals: prefix grows */
    uint32_t depth;
    uint32_t open[DEEPEST];              /* the number of each open group, 0: does not capture */
    size_t opened_at[DEEPEST];
    bool closed[HZ_PATTERN_GROUPS + 1];  /* groups that \1 may name */
} hz_reader;

/* ---- faults ---- */

static bool fail(hz_reader *reader, size_t begin, size_t end, const char *hint, const char *format, ...)
    HZ_PRINTF(5, 6);

static bool fail(hz_reader *reader, size_t begin, size_t end, const char *hint, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    *reader->fault = (hz_pattern_fault){.begin = begin,
                                        .end = end,
                                        .message = hz_arena_vprintf(reader->arena, format, args),
                                        .hint = hz_str_from(hint)};
    va_end(args);
    return false;
}

static bool refuse(hz_reader *reader, size_t begin, size_t end, const char *hint, const char *message)
{
    fail(reader, begin, end, hint, "%s", message);
    reader->fault->unsupported = true;
    return false;
}

/* ---- reading ---- */

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool at_end(const hz_reader *reader)
{
    return reader->at >= reader->text.len;
}

/* The byte at the place, 0 at the end: the signs of the grammar are ASCII. */
static char here(const hz_reader *reader)
{
    return at_end(reader) ? '\0' : reader->text.at[reader->at];
}

static char behind(const hz_reader *reader)
{
    return reader->at + 1 < reader->text.len ? reader->text.at[reader->at + 1] : '\0';
}

/* Under flag x white space is not there, but in classes it is. */
static void skip_space(hz_reader *reader)
{
    while (reader->source->x && !at_end(reader) && is_space((unsigned char)here(reader)))
        reader->at++;
}

static bool take(hz_reader *reader, char c)
{
    if (at_end(reader) || here(reader) != c)
        return false;
    reader->at++;
    return true;
}

/* ---- writing ---- */

static void add(hz_reader *reader, hz_pattern_chars *out, const char *text)
{
    for (; *text != '\0'; text++)
        *HZ_PUSH(reader->arena, out) = *text;
}

static void add_all(hz_reader *reader, hz_pattern_chars *out, const hz_pattern_chars *chars)
{
    for (uint32_t i = 0; i < chars->count; i++)
        *HZ_PUSH(reader->arena, out) = chars->at[i];
}

static void add_point(hz_reader *reader, hz_pattern_chars *out, uint32_t point)
{
    static const char hex[] = "0123456789abcdef";
    add(reader, out, "\\x{");
    int32_t shift = 20;
    while (shift > 0 && (point >> shift) == 0)
        shift -= 4;
    for (; shift >= 0; shift -= 4)
        *HZ_PUSH(reader->arena, out) = hex[(point >> shift) & 15];
    add(reader, out, "}");
}

static void put(hz_reader *reader, const char *text)
{
    add(reader, &reader->source->out, text);
}

/* ---- literals ---- */

static void read_literal(hz_reader *reader, uint32_t point)
{
    add_point(reader, &reader->source->out, point);
    if (!reader->leading)
        return;
    char bytes[4];
    size_t size = hz_utf8_put(bytes, point);
    skip_space(reader);
    char next = here(reader);
    bool repeated = next == '?' || next == '*' || next == '+' || next == '{';
    reader->leading = !repeated;
    if (!repeated || next == '+')
        for (size_t i = 0; i < size; i++)
            *HZ_PUSH(reader->arena, &reader->prefix) = bytes[i];
}

/* ---- escapes ---- */

typedef struct hz_range {
    uint32_t low, high;
} hz_range;

static const hz_range spaces[] = {{0x9, 0xa}, {0xd, 0xd}, {0x20, 0x20}};

/* XML's NameStartChar and NameChar, in order. */
static const hz_range name_starts[] = {
    {0x3a, 0x3a},     {0x41, 0x5a},     {0x5f, 0x5f},     {0x61, 0x7a},     {0xc0, 0xd6},      {0xd8, 0xf6},
    {0xf8, 0x2ff},    {0x370, 0x37d},   {0x37f, 0x1fff},  {0x200c, 0x200d}, {0x2070, 0x218f},  {0x2c00, 0x2fef},
    {0x3001, 0xd7ff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}, {0x10000, 0xeffff},
};
static const hz_range name_chars[] = {
    {0x2d, 0x2e},     {0x30, 0x3a},     {0x41, 0x5a},      {0x5f, 0x5f},     {0x61, 0x7a},     {0xb7, 0xb7},
    {0xc0, 0xd6},     {0xd8, 0xf6},     {0xf8, 0x37d},     {0x37f, 0x1fff},  {0x200c, 0x200d}, {0x203f, 0x2040},
    {0x2070, 0x218f}, {0x2c00, 0x2fef}, {0x3001, 0xd7ff},  {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}, {0x10000, 0xeffff},
};

static void add_range(hz_reader *reader, hz_pattern_chars *out, uint32_t low, uint32_t high)
{
    add_point(reader, out, low);
    if (low == high)
        return;
    add(reader, out, "-");
    add_point(reader, out, high);
}

/* The ranges, or all that they leave out, as items of a class. */
static void add_ranges(hz_reader *reader, hz_pattern_chars *out, const hz_range *ranges, size_t count, bool others)
{
    uint32_t next = 0;
    for (size_t i = 0; i < count; i++) {
        if (!others)
            add_range(reader, out, ranges[i].low, ranges[i].high);
        else if (ranges[i].low > next)
            add_range(reader, out, next, ranges[i].low - 1);
        next = ranges[i].high + 1;
        if (next == 0xd800) /* surrogates are not characters */
            next = 0xe000;
    }
    if (others)
        add_range(reader, out, next, 0x10ffff);
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* \s, \W and the like, as items of a class; false when the letter is none of them. */
static bool add_letter(hz_reader *reader, hz_pattern_chars *out, char letter)
{
    switch (letter) {
    case 'd': add(reader, out, "\\p{Nd}"); return true;
    case 'D': add(reader, out, "\\P{Nd}"); return true;
    case 'w': add(reader, out, "\\p{L}\\p{M}\\p{N}\\p{S}"); return true; /* all but P, Z and C */
    case 'W': add(reader, out, "\\p{P}\\p{Z}\\p{C}"); return true;
    case 's': add_ranges(reader, out, spaces, COUNT(spaces), false); return true;
    case 'S': add_ranges(reader, out, spaces, COUNT(spaces), true); return true;
    case 'i': add_ranges(reader, out, name_starts, COUNT(name_starts), false); return true;
    case 'I': add_ranges(reader, out, name_starts, COUNT(name_starts), true); return true;
    case 'c': add_ranges(reader, out, name_chars, COUNT(name_chars), false); return true;
    case 'C': add_ranges(reader, out, name_chars, COUNT(name_chars), true); return true;
    default: return false;
    }
}

/* The character that a backslash and this sign stand for; 0: none. */
static char escaped_sign(char sign)
{
    switch (sign) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return sign != '\0' && strchr("\\|.?*+(){}-[]^$", sign) != NULL ? sign : '\0';
    }
}

static bool is_category(hz_str name)
{
    static const char *const second[] = {"LultmoL", "Mnce", "Ndlo", "Pcdseifo", "Zslp", "Smcko", "Ccfon"};
    for (size_t i = 0; i < COUNT(second); i++)
        if (name.len > 0 && name.at[0] == second[i][0])
            return name.len == 1 || (name.len == 2 && name.at[1] >= 'a' && strchr(second[i] + 1, name.at[1]) != NULL);
    return false;
}

/* The bytes of a part; under flag x without white space. */
static hz_str without_spaces(hz_reader *reader, size_t from, size_t to)
{
    hz_pattern_chars out = {0};
    for (; from < to; from++)
        if (!reader->source->x || !is_space((unsigned char)reader->text.at[from]))
            *HZ_PUSH(reader->arena, &out) = reader->text.at[from];
    return (hz_str){out.at, out.count};
}

typedef struct hz_block {
    const char *name;
    hz_range range;
} hz_block;

static const hz_block blocks[] = {
#define HZ_BLOCK(name, first, last) {name, {first, last}},
#include "value/blocks.def"
};

/* A block of Unicode, or all that is not in it; its name stands in [from, to). */
static bool add_block(hz_reader *reader, hz_pattern_chars *out, hz_str name, bool others, size_t from, size_t to)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, name);
    for (size_t i = 0; i < COUNT(blocks); i++) {
        if (hz_str_is(name, blocks[i].name)) {
            add_ranges(reader, out, &blocks[i].range, 1, others);
            return true;
        }
        hz_suggest_offer(&suggest, hz_str_from(blocks[i].name));
    }
    const char *hint = "a block is also a range, such as [一-鿿]";
    if (suggest.best.at != NULL)
        hint = hz_arena_printf(reader->arena, "did you mean `Is%.*s`?", HZ_ARG(suggest.best)).at;
    return fail(reader, from, to, hint, "there is no block of characters of this name");
}

/* Behind \p or \P, which began at `begin`; spaced: white space does not count under flag x. */
static bool read_category(hz_reader *reader, hz_pattern_chars *out, size_t begin, char letter, bool spaced)
{
    if (spaced)
        skip_space(reader);
    size_t from = reader->at + 1;
    size_t to = from;
    while (to < reader->text.len && reader->text.at[to] != '}')
        to++;
    if (here(reader) != '{' || to == reader->text.len)
        return fail(reader, begin, reader->at, "write \\p{Lu}", "a category is written in braces");
    hz_str name = spaced ? without_spaces(reader, from, to) : hz_str_part(reader->text, from, to);
    reader->at = to + 1;
    if (hz_str_starts(name, HZ_STR("Is")))
        return add_block(reader, out, hz_str_part(name, 2, name.len), letter == 'P', from, to);
    if (!is_category(name))
        return fail(reader, from, to, "categories are L, Lu, Ll, Lt, Lm, Lo, M…, N…, P…, Z…, S…, C…",
                    "there is no category of characters of this name");
    add(reader, out, letter == 'p' ? "\\p{" : "\\P{");
    for (size_t i = 0; i < name.len; i++)
        *HZ_PUSH(reader->arena, out) = name.at[i];
    add(reader, out, "}");
    return true;
}

/* What to write for an escape of other languages. */
static const char *escape_hint(char letter)
{
    switch (letter) {
    case 'b':
    case 'B': return "XPath has no word boundary: name the characters that may stand there, such as (^|\\W)";
    case 'A':
    case 'Z':
    case 'z': return "the beginning is ^ and the end is $";
    case 'x':
    case 'u': return "write the character itself";
    case 'h':
    case 'v':
    case 'R': return "white space is \\s, a line end \\n";
    case 'k':
    case 'g': return "a group is named by its number: \\1";
    default: return "signs with a meaning are escaped, letters, digits and spaces are not";
    }
}

static bool fail_escape(hz_reader *reader, size_t begin)
{
    if (begin + 1 >= reader->text.len)
        return fail(reader, begin, begin + 1, "for the sign itself write \\\\", "the pattern ends with a backslash");
    size_t end = begin + 1;
    hz_utf8_next(reader->text, &end);
    hz_str shown = hz_str_part(reader->text, begin, end);
    return fail(reader, begin, end, escape_hint(reader->text.at[begin + 1]), "`%.*s` is not an escape of XPath's patterns",
                HZ_ARG(shown));
}

/* `\1`: as many digits as still name a group. */
static bool read_reference(hz_reader *reader, size_t begin)
{
    uint32_t number = 0;
    const uint32_t groups = reader->source->groups;
    do {
        number = number * 10 + (uint32_t)(here(reader) - '0');
        reader->at++;
    } while (here(reader) >= '0' && here(reader) <= '9' && number * 10 + (uint32_t)(here(reader) - '0') <= groups);
    if (number == 0 || number > groups || !reader->closed[number])
        return fail(reader, begin, reader->at, "\\1 stands behind the group that it names",
                    "no group %u ends before this place", (unsigned)number);
    add(reader, &reader->source->out, "\\g{");
    if (number >= 10)
        *HZ_PUSH(reader->arena, &reader->source->out) = (char)('0' + number / 10);
    *HZ_PUSH(reader->arena, &reader->source->out) = (char)('0' + number % 10);
    put(reader, "}");
    return true;
}

/* A class of its own, which flag i does not widen. */
static void put_fixed(hz_reader *reader, const hz_pattern_chars *items, bool negated)
{
    put(reader, reader->source->i ? "(?-i:[" : "[");
    put(reader, negated ? "^" : "");
    add_all(reader, &reader->source->out, items);
    put(reader, reader->source->i ? "])" : "]");
}

static bool read_escape(hz_reader *reader)
{
    size_t begin = reader->at++;
    skip_space(reader);
    char letter = here(reader);
    if (letter >= '0' && letter <= '9') {
        reader->leading = false;
        return read_reference(reader, begin);
    }
    char sign = escaped_sign(letter);
    if (sign != '\0') {
        reader->at++;
        read_literal(reader, (unsigned char)sign);
        return true;
    }
    reader->leading = false;
    hz_pattern_chars items = {0};
    reader->at += !at_end(reader);
    if (letter == 'p' || letter == 'P') {
        if (!read_category(reader, &items, begin, letter, true))
            return false;
    } else if (!add_letter(reader, &items, letter))
        return fail_escape(reader, begin);
    put_fixed(reader, &items, false);
    return true;
}

/* ---- classes ---- */

typedef struct hz_class {
    hz_pattern_chars chars; /* characters and ranges */
    hz_pattern_chars kinds; /* categories and the like */
    bool negated;
} hz_class;

/* A character of a class, written as itself or escaped. */
static bool read_member(hz_reader *reader, uint32_t *point)
{
    size_t begin = reader->at;
    if (here(reader) == '\\') {
        char sign = escaped_sign(behind(reader));
        if (sign == '\0')
            return fail_escape(reader, begin);
        *point = (unsigned char)sign;
        reader->at += 2;
        return true;
    }
    if (here(reader) == '[')
        return fail(reader, begin, begin + 1, "for the sign itself write \\[", "`[` stands within a class");
    *point = hz_utf8_next(reader->text, &reader->at);
    return true;
}

/* A character, or a range of them. */
static bool read_members(hz_reader *reader, hz_class *class)
{
    size_t begin = reader->at;
    uint32_t low = 0;
    if (!read_member(reader, &low))
        return false;
    uint32_t high = low;
    if (here(reader) == '-' && behind(reader) != ']' && behind(reader) != '[') {
        reader->at++;
        if (here(reader) == '-')
            return fail(reader, reader->at, reader->at + 1, "for the sign itself write \\-", "a range ends with `-`");
        if (here(reader) == '\\' && escaped_sign(behind(reader)) == '\0')
            return fail(reader, begin, reader->at + 2, "a range is between two characters: a-z",
                        "a range ends with a class");
        if (!read_member(reader, &high))
            return false;
        if (high < low)
            return fail(reader, begin, reader->at, "a range begins with the lower character: a-z",
                        "the range is the wrong way round");
    }
    add_range(reader, &class->chars, low, high);
    return true;
}

/* One item that is not `]`. */
static bool read_item(hz_reader *reader, hz_class *class, bool first)
{
    size_t begin = reader->at;
    if (here(reader) == '-' && behind(reader) == '[')
        return refuse(reader, begin, begin + 2, "write the characters that are left as ranges",
                      "a class without another, [a-z-[aeiou]], is not read by this version");
    if (here(reader) == '-' && !first && behind(reader) != ']')
        return fail(reader, begin, begin + 1, "within a class `-` stands first or last, or is written \\-",
                    "`-` is between two items of a class");
    if (here(reader) == '-') {
        reader->at++;
        add_point(reader, &class->chars, '-');
        return true;
    }
    if (here(reader) != '\\' || escaped_sign(behind(reader)) != '\0')
        return read_members(reader, class);
    char letter = behind(reader);
    reader->at += letter == '\0' ? 1 : 2;
    if (letter == 'p' || letter == 'P')
        return read_category(reader, &class->kinds, begin, letter, false);
    return add_letter(reader, &class->kinds, letter) || fail_escape(reader, begin);
}

static void put_class(hz_reader *reader, hz_class *class)
{
    if (class->chars.count == 0) {
        put_fixed(reader, &class->kinds, class->negated);
        return;
    }
    bool apart = reader->source->i && class->kinds.count > 0;
    if (apart)
        put(reader, class->negated ? "(?:(?![" : "(?:[");
    else
        put(reader, class->negated ? "[^" : "[");
    add_all(reader, &reader->source->out, &class->chars);
    if (!apart)
        add_all(reader, &reader->source->out, &class->kinds);
    put(reader, "]");
    if (!apart)
        return;
    put(reader, class->negated ? ")" : "|");
    put_fixed(reader, &class->kinds, class->negated);
    put(reader, ")");
}

static bool read_class(hz_reader *reader)
{
    size_t begin = reader->at++;
    hz_class class = {0};
    class.negated = take(reader, '^');
    bool first = true;
    for (; !at_end(reader) && here(reader) != ']'; first = false)
        if (!read_item(reader, &class, first))
            return false;
    if (at_end(reader))
        return fail(reader, begin, begin + 1, "for the sign itself write \\[", "the class does not end with `]`");
    reader->at++;
    if (first)
        return fail(reader, begin, reader->at, "name at least one character", "the class is empty");
    reader->leading = false;
    put_class(reader, &class);
    return true;
}

/* ---- groups and repeats ---- */

static bool open_group(hz_reader *reader)
{
    size_t begin = reader->at++;
    bool captures = true;
    skip_space(reader);
    if (here(reader) == '?') {
        if (behind(reader) != ':')
            return fail(reader, begin, begin + 2, "XPath has (…) and (?:…): no look-around, no named groups, no flags within",
                        "`(?` begins nothing that XPath has");
        captures = false;
        reader->at += 2;
    }
    if (reader->depth == DEEPEST)
        return refuse(reader, begin, begin + 1, "", "groups stand within groups more than 50 deep");
    if (captures && reader->source->groups == HZ_PATTERN_GROUPS)
        return refuse(reader, begin, begin + 1, "write (?:…) where no part is taken out", "the pattern has more than 99 groups");
    reader->opened_at[reader->depth] = begin;
    reader->open[reader->depth++] = captures ? ++reader->source->groups : 0;
    reader->leading = false;
    put(reader, captures ? "(" : "(?:");
    return true;
}

static bool close_group(hz_reader *reader)
{
    if (reader->depth == 0)
        return fail(reader, reader->at, reader->at + 1, "for the sign itself write \\)", "`)` closes nothing");
    reader->at++;
    reader->closed[reader->open[--reader->depth]] = true;
    put(reader, ")");
    return true;
}

static bool read_number(hz_reader *reader, uint32_t *number)
{
    size_t begin = reader->at;
    *number = 0;
    for (skip_space(reader); here(reader) >= '0' && here(reader) <= '9'; skip_space(reader)) {
        *number = *number > MOST_REPEATS ? *number : *number * 10 + (uint32_t)(here(reader) - '0');
        reader->at++;
    }
    return reader->at > begin;
}

static void put_number(hz_reader *reader, uint32_t number)
{
    uint32_t place = 10000;
    while (place > 1 && number < place)
        place /= 10;
    for (; place > 0; place /= 10)
        *HZ_PUSH(reader->arena, &reader->source->out) = (char)('0' + number / place % 10);
}

static bool read_braces(hz_reader *reader)
{
    size_t begin = reader->at++;
    uint32_t least = 0;
    uint32_t most = 0;
    bool bounded = true;
    bool good = read_number(reader, &least);
    bool pair = take(reader, ',');
    if (pair)
        bounded = read_number(reader, &most);
    else
        most = least;
    good = good && take(reader, '}');
    if (!good)
        return fail(reader, begin, begin + 1, "repeats are {2}, {2,} or {2,5}; for the sign itself write \\{",
                    "`{` does not begin a number of repeats");
    if (least > MOST_REPEATS || most > MOST_REPEATS)
        return refuse(reader, begin, reader->at, "", "more than 65535 repeats");
    if (bounded && most < least)
        return fail(reader, begin, reader->at, "the smaller number comes first", "the repeats are the wrong way round");
    put(reader, "{");
    put_number(reader, least);
    put(reader, pair ? "," : "");
    if (pair && bounded)
        put_number(reader, most);
    put(reader, "}");
    return true;
}

/* How often the atom before may stand: once, if nothing is said. */
static bool read_repeats(hz_reader *reader)
{
    skip_space(reader);
    char sign = here(reader);
    if (sign == '{') {
        if (!read_braces(reader))
            return false;
    } else if (sign == '?' || sign == '*' || sign == '+') {
        reader->at++;
        *HZ_PUSH(reader->arena, &reader->source->out) = sign;
    } else
        return true;
    skip_space(reader);
    if (take(reader, '?'))
        put(reader, "?");
    return true;
}

/* ---- the whole ---- */

static bool fail_sign(hz_reader *reader)
{
    char sign = here(reader);
    hz_str shown = hz_str_part(reader->text, reader->at, reader->at + 1);
    const char *hint = hz_arena_printf(reader->arena, "for the sign itself write \\%c", sign).at;
    if (sign == ']' || sign == '}')
        return fail(reader, reader->at, reader->at + 1, hint, "`%.*s` closes nothing", HZ_ARG(shown));
    return fail(reader, reader->at, reader->at + 1, hint, "nothing that could be repeated stands before `%.*s`",
                HZ_ARG(shown));
}

static bool read_atom(hz_reader *reader)
{
    switch (here(reader)) {
    case '[': return read_class(reader);
    case '\\': return read_escape(reader);
    case ')': return close_group(reader);
    case '?':
    case '*':
    case '+':
    case '{':
    case '}':
    case ']': return fail_sign(reader);
    case '.':
        reader->at++;
        reader->leading = false;
        put(reader, reader->source->s ? "." : "[^\\n\\r]");
        return true;
    case '^':
    case '$':
        reader->leading = false;
        put(reader, here(reader) == '^' ? "^" : "$");
        reader->at++;
        return true;
    default: {
        uint32_t point = hz_utf8_next(reader->text, &reader->at);
        read_literal(reader, point);
        return true;
    }
    }
}

static bool read_expression(hz_reader *reader)
{
    for (skip_space(reader); !at_end(reader); skip_space(reader)) {
        char sign = here(reader);
        if (sign == '|') {
            reader->at++;
            put(reader, "|");
            if (reader->depth == 0) {
                reader->leading = false;
                reader->prefix.count = 0;
            }
        } else if (sign == '(') {
            if (!open_group(reader))
                return false;
        } else if (!read_atom(reader) || !read_repeats(reader))
            return false;
    }
    if (reader->depth > 0) {
        size_t place = reader->opened_at[reader->depth - 1];
        return fail(reader, place, place + 1, "for the sign itself write \\(", "the group does not end with `)`");
    }
    return true;
}

static bool read_flags(hz_reader *reader, hz_str flags)
{
    for (size_t i = 0; i < flags.len; i++)
        switch (flags.at[i]) {
        case 's': reader->source->s = true; break;
        case 'm': reader->source->m = true; break;
        case 'i': reader->source->i = true; break;
        case 'x': reader->source->x = true; break;
        case 'q': reader->source->q = true; break;
        default: {
            size_t end = i;
            hz_utf8_next(flags, &end);
            fail(reader, i, end, "flags are s (. is any character), m (^ and $ at lines), i (no case), x (spaces do not "
                                 "count), q (no sign has a meaning)",
                 "this is not a flag of XPath's patterns");
            reader->fault->in_flags = true;
            return false;
        }
        }
    if (reader->source->q)
        reader->source->s = reader->source->m = reader->source->x = false;
    return true;
}

bool hz_pattern_translate(hz_arena *arena, hz_str text, hz_str flags, hz_pattern_source *source,
                          hz_pattern_fault *fault)
{
    *source = (hz_pattern_source){0};
    hz_reader reader = {.arena = arena, .text = text, .source = source, .fault = fault};
    size_t bad = hz_utf8_check(text);
    if (bad < text.len)
        return fail(&reader, bad, bad + 1, "", "the pattern is not UTF-8");
    if (text.len > HZ_PATTERN_LONGEST)
        return refuse(&reader, 0, text.len, "write a list of patterns", "the pattern is longer than 4000 bytes");
    if (!read_flags(&reader, flags))
        return false;
    reader.leading = !source->i;
    if (source->q) {
        while (!at_end(&reader)) {
            uint32_t point = hz_utf8_next(text, &reader.at);
            add_point(&reader, &source->out, point);
        }
        reader.leading = false;
    } else if (!read_expression(&reader))
        return false;
    source->exact = reader.leading;
    source->prefix = hz_arena_copy(arena, (hz_str){reader.prefix.at, reader.prefix.count});
    return true;
}
