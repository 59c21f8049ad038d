/* name.c - names: plain words, declared names with spaces or operators in them, functions of several words.
 *
 * Declared names come first and the longest wins. A function of several words is one only before `(`, so that `round`
 * and `half` stay free as names; the same for arguments before `:`. Not here: what a name means (check.c).
 */
#include "feel/lexer.h"
#include "feel/slip.h"

#include "base/utf8.h"

typedef struct code_range {
    uint32_t low, high;
} code_range;

static bool is_within(const code_range *ranges, size_t count, uint32_t code_point)
{
    for (size_t i = 0; i < count; i++)
        if (code_point >= ranges[i].low && code_point <= ranges[i].high)
            return true;
    return false;
}

bool hz_name_begins(uint32_t c)
{
    /* DMN 1.5, grammar rule 28, less what is punctuation, invisible or a full-width form of ASCII: there a slip of
     * the keyboard is likelier than a name. */
    static const code_range letters[] = {
        {0xC0, 0xD6},       {0xD8, 0xF6},       {0xF8, 0x2FF},      {0x370, 0x37D},     {0x37F, 0x167F},
        {0x1681, 0x180D},   {0x180F, 0x1FFF},   {0x2070, 0x218F},   {0x2C00, 0x2FEF},   {0x3005, 0x3007},
        {0x3021, 0x302F},   {0x3031, 0x303C},   {0x3041, 0xD7FF},   {0xF900, 0xFDCF},   {0xFDF0, 0xFDFF},
        {0xFE70, 0xFEFE},   {0xFF66, 0xFFDC},   {0x10000, 0xEFFFF},
    };
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?';
    return is_within(letters, sizeof letters / sizeof letters[0], c);
}

bool hz_name_goes_on(uint32_t c)
{
    bool mark = c == 0xB7 || (c >= 0x300 && c <= 0x36F) || c == 0x203F || c == 0x2040;
    return (c >= '0' && c <= '9') || mark || hz_name_begins(c);
}

uint32_t hz_word_end(hz_str text, uint32_t begin)
{
    size_t at = begin, next = begin;
    while (next < text.len) {
        uint32_t code_point = hz_utf8_next(text, &next);
        if (at == begin ? !hz_name_begins(code_point) : !hz_name_goes_on(code_point))
            break;
        at = next;
    }
    return (uint32_t)at;
}

static const char *const shown[HZ_TOKEN_COUNT] = {
#define HZ_TOKEN(name, text) text,
#include "feel/token.def"
#undef HZ_TOKEN
};

const char *hz_token_shown(uint32_t token)
{
    return shown[token];
}

hz_token hz_keyword(hz_str word)
{
    for (int i = HZ_TOKEN_KEYWORD; i < HZ_TOKEN_COUNT; i++)
        if (shown[i][0] == word.at[0] && hz_str_is(word, shown[i]))
            return (hz_token)i;
    return HZ_TOKEN_NAME;
}

void hz_lexer_index_names(hz_lexer *lexer)
{
    const hz_feel_names *names = lexer->names;
    if (names == NULL || names->count == 0)
        return;
    lexer->same_first = HZ_NEW_MANY(lexer->arena, uint32_t, names->count);
    for (uint32_t i = 0; i < names->count; i++) {
        hz_str name = names->at[i];
        uint32_t end = hz_word_end(name, 0);
        lexer->same_first[i] = HZ_MAP_NONE;
        if (end == 0 || end == name.len)
            continue; /* a plain word reads itself */
        hz_str word = hz_str_part(name, 0, end);
        uint32_t slot = hz_map_put(lexer->arena, &lexer->first_words, word, i);
        if (slot != i) {
            /* The map keeps its first entry, so later names hang behind it. */
            lexer->same_first[i] = lexer->same_first[slot];
            lexer->same_first[slot] = i;
        }
    }
}

/* Where name ends when the text has it at begin (a space stands for any white space, or for a dash where they are taken
 * for one); begin when it has not. */
static uint32_t phrase_end(hz_str text, uint32_t begin, hz_str name, bool dashes)
{
    uint32_t at = begin;
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == ' ' && dashes && at < text.len && text.at[at] == '-') {
            at++;
        } else if (name.at[i] == ' ') {
            uint32_t end = hz_space_end(text, at);
            if (end == at)
                return begin;
            at = end;
        } else if (at < text.len && text.at[at] == name.at[i]) {
            at++;
        } else {
            return begin;
        }
    }
    /* `Full Name` is not in `Full Names`; a name that ends in an operator ends there. */
    size_t last = name.len, next = at;
    while (last > 0 && ((unsigned char)name.at[--last] & 0xC0u) == 0x80u)
        continue;
    bool in_word = hz_name_goes_on(hz_utf8_next(name, &last));
    if (in_word && at < text.len && hz_name_goes_on(hz_utf8_next(text, &next)))
        return begin;
    return at;
}

/* The longest declared name at begin; *end is begin when there is none. */
static hz_str declared_name(const hz_lexer *lexer, uint32_t begin, uint32_t word_end, uint32_t *end)
{
    hz_str text = lexer->source.text;
    hz_str best = {0};
    *end = begin;
    if (lexer->same_first == NULL)
        return best;
    uint32_t i = hz_map_find(&lexer->first_words, hz_str_part(text, begin, word_end));
    for (; i != HZ_MAP_NONE; i = lexer->same_first[i]) {
        uint32_t candidate = phrase_end(text, begin, lexer->names->at[i], false);
        if (candidate > *end) {
            *end = candidate;
            best = lexer->names->at[i];
        }
    }
    return best;
}

static bool has_at(hz_str text, uint32_t at, char c)
{
    return at < text.len && text.at[at] == c;
}

/* The end of a builtin of several words before a `(`; keywords in it (`date and time`) are no obstacle. With dashes between
 * them (`string-length`) it is a slip, and the checker says which function is meant. */
static uint32_t builtin_end(hz_str text, uint32_t begin)
{
    static const char *const builtins[] = {
#define HZ_BUILTIN(id, name, least, most, signatures, family) name,
#define HZ_LATER(name) name,
#include "feel/builtin.def"
    };
    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; i++) {
        if (builtins[i][0] != text.at[begin] || strchr(builtins[i], ' ') == NULL)
            continue;
        uint32_t end = phrase_end(text, begin, hz_str_from(builtins[i]), true);
        if (end > begin && has_at(text, hz_space_end(text, end), '('))
            return end;
    }
    return begin;
}

/* The end of a run of words before a `(`: two names side by side mean nothing else, and the checker then names the
 * function that does not exist. word_end where it is no such run. */
static uint32_t function_end(hz_str text, uint32_t word_end)
{
    uint32_t end = word_end;
    for (;;) {
        uint32_t begin = hz_space_end(text, end);
        if (has_at(text, begin, '('))
            return end;
        uint32_t next = hz_word_end(text, begin);
        hz_str word = hz_str_part(text, begin, next);
        if (next == begin || begin == end || hz_keyword(word) != HZ_TOKEN_NAME || hz_slip_word(word).len != 0)
            return word_end;
        end = next;
    }
}

/* A copy of bytes [begin, end) with one space for each stretch of white space. */
static hz_str joined_words(const hz_lexer *lexer, uint32_t begin, uint32_t end)
{
    hz_str text = hz_str_part(lexer->source.text, 0, end);
    char *out = hz_arena_take(lexer->arena, end - begin + 1u);
    size_t len = 0;
    for (uint32_t at = begin; at < end;) {
        uint32_t gap = hz_space_end(text, at);
        if (gap > at) {
            out[len++] = ' ';
            at = gap;
        } else {
            out[len++] = text.at[at++];
        }
    }
    return (hz_str){out, len};
}

void hz_lexer_name(hz_lexer *lexer)
{
    hz_str text = lexer->source.text;
    uint32_t begin = lexer->now.begin, end = begin;
    uint32_t word_end = hz_word_end(text, begin);
    hz_str word = hz_str_part(text, begin, word_end);
    hz_str name = declared_name(lexer, begin, word_end, &end);
    lexer->now.token = HZ_TOKEN_NAME;
    if (end > begin) {
        lexer->now.text = hz_arena_copy(lexer->arena, name);
        lexer->now.end = end;
        return;
    }
    end = builtin_end(text, begin);
    hz_token keyword = hz_str_is(word, "?") ? HZ_TOKEN_QUESTION : hz_keyword(word);
    if (end == begin && keyword != HZ_TOKEN_NAME) {
        lexer->now.token = (uint8_t)keyword;
        lexer->now.end = word_end;
        return;
    }
    if (end == begin)
        end = function_end(text, word_end);
    lexer->now.text = joined_words(lexer, begin, end);
    lexer->now.end = end;
}

hz_str hz_lexer_argument(hz_lexer *lexer)
{
    hz_str text = lexer->source.text;
    uint32_t begin = lexer->now.begin, end = begin;
    if (lexer->failed)
        return (hz_str){0};
    for (uint32_t at = begin;;) {
        uint32_t next = hz_word_end(text, at);
        if (next == at || hz_str_is(hz_str_part(text, at, next), "?"))
            return (hz_str){0};
        end = next;
        at = hz_space_end(text, end);
        if (!has_at(text, at, ':'))
            continue;
        hz_str name = joined_words(lexer, begin, end);
        lexer->now.end = at + 1;
        hz_lexer_next(lexer);
        return name;
    }
}
