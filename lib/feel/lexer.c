/* lexer.c - characters to tokens: spaces, comments, operators. Names are in name.c, numbers and strings in literal.c. */
#include "feel/lexer.h"

#include "base/utf8.h"
#include "feel/slip.h"

/* Most code points of the user's text that a message repeats. */
#define SHOWN_MOST 40

hz_span hz_lexer_span(const hz_lexer *lexer, uint32_t begin, uint32_t end)
{
    return hz_feel_span(&lexer->source, begin, end);
}

hz_span hz_feel_span(const hz_feel_text *text, uint32_t begin, uint32_t end)
{
    if (text->offsets == NULL)
        return hz_span_inside(text->span, begin, end);
    return (hz_span){text->span.file, text->offsets[begin], text->offsets[end]};
}

hz_diag *hz_lexer_fail(hz_lexer *lexer, hz_code code, hz_span span, const char *format, ...)
{
    hz_diag *diag = NULL;
    if (!lexer->failed) {
        va_list args;
        va_start(args, format);
        hz_str message = hz_arena_vprintf(lexer->arena, format, args);
        va_end(args);
        diag = hz_error(lexer->diags, code, span, "%.*s", HZ_ARG(message));
    }
    uint32_t len = (uint32_t)lexer->source.text.len;
    lexer->failed = true;
    lexer->now = (hz_lexeme){.token = HZ_TOKEN_END, .begin = len, .end = len};
    return diag;
}

hz_str hz_lexer_shown(hz_lexer *lexer, uint32_t begin, uint32_t end)
{
    hz_str whole = hz_str_part(lexer->source.text, begin, end);
    size_t at = 0;
    for (int i = 0; i < SHOWN_MOST && at < whole.len; i++)
        hz_utf8_next(whole, &at);
    if (at >= whole.len)
        return whole;
    return hz_arena_printf(lexer->arena, "%.*s…", (int)at, whole.at);
}

/* FEEL's white space. */
static bool is_space(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
           c == 0xFEFF;
}

uint32_t hz_space_end(hz_str text, uint32_t begin)
{
    size_t at = begin, next = begin;
    while (next < text.len && is_space(hz_utf8_next(text, &next)))
        at = next;
    return (uint32_t)at;
}

static bool is_pair(hz_str text, uint32_t at, char first, char second)
{
    return at + 1u < text.len && text.at[at] == first && text.at[at + 1u] == second;
}

/* Behind the comment at begin; 0 when it does not end. */
static uint32_t comment_end(hz_str text, uint32_t begin)
{
    uint32_t at = begin + 2;
    if (text.at[begin + 1] == '/') {
        while (at < text.len && text.at[at] != '\n' && text.at[at] != '\r')
            at++;
        return at;
    }
    while (at < text.len && !is_pair(text, at, '*', '/'))
        at++;
    return at < text.len ? at + 2 : 0;
}

/* Behind spaces and comments. A comment that does not end is left standing, with its place in *open. */
static uint32_t gap_end(hz_str text, uint32_t begin, bool *open)
{
    uint32_t at = hz_space_end(text, begin);
    *open = false;
    while (is_pair(text, at, '/', '/') || is_pair(text, at, '/', '*')) {
        uint32_t end = comment_end(text, at);
        if (end == 0) {
            *open = true;
            return at;
        }
        at = hz_space_end(text, end);
    }
    return at;
}

char hz_lexer_peek(const hz_lexer *lexer)
{
    bool open = false;
    uint32_t at = gap_end(lexer->source.text, lexer->now.end, &open);
    return open || at >= lexer->source.text.len ? '\0' : lexer->source.text.at[at];
}

/* The token of an operator or bracket and its length; END when none begins here. */
static hz_token operator_at(hz_str rest, uint32_t *len)
{
    static const struct {
        char text[3];
        uint8_t token;
    } operators[] = {
        /* Of two that begin alike the longer stands first. */
        {"**", HZ_TOKEN_POWER},   {"..", HZ_TOKEN_DOTDOT},  {"!=", HZ_TOKEN_NE},       {"<=", HZ_TOKEN_LE},
        {">=", HZ_TOKEN_GE},      {"+", HZ_TOKEN_PLUS},     {"-", HZ_TOKEN_MINUS},     {"*", HZ_TOKEN_STAR},
        {"/", HZ_TOKEN_SLASH},    {"=", HZ_TOKEN_EQ},       {"<", HZ_TOKEN_LT},        {">", HZ_TOKEN_GT},
        {"(", HZ_TOKEN_LPAREN},   {")", HZ_TOKEN_RPAREN},   {"[", HZ_TOKEN_LBRACKET},  {"]", HZ_TOKEN_RBRACKET},
        {"{", HZ_TOKEN_LBRACE},   {"}", HZ_TOKEN_RBRACE},   {",", HZ_TOKEN_COMMA},     {":", HZ_TOKEN_COLON},
        {".", HZ_TOKEN_DOT},
    };
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (hz_str_starts(rest, hz_str_from(operators[i].text))) {
            *len = (uint32_t)strlen(operators[i].text);
            return (hz_token)operators[i].token;
        }
    return HZ_TOKEN_END;
}

/* A character that begins nothing; where it is a known slip, the hint says what to write. */
static void fail_at_character(hz_lexer *lexer, hz_slip slip)
{
    hz_str text = lexer->source.text;
    uint32_t begin = lexer->now.begin;
    size_t end = begin;
    uint32_t code_point = hz_utf8_next(text, &end);
    if (slip.len != 0)
        end = begin + slip.len;
    hz_span span = hz_lexer_span(lexer, begin, (uint32_t)end);
    hz_str shown = hz_str_part(text, begin, end);
    hz_diag *diag = NULL;
    if (slip.is_operator)
        diag = hz_lexer_fail(lexer, HZ_E_FEEL_SYNTAX, span, "`%.*s` is not an operator of FEEL", HZ_ARG(shown));
    else if (code_point == HZ_UTF8_BAD)
        diag = hz_lexer_fail(lexer, HZ_E_ENCODING, span, "a byte that is not UTF-8");
    else if (code_point < 0x20 || hz_utf8_width(code_point) == 0)
        diag = hz_lexer_fail(lexer, HZ_E_FEEL_CHARACTER, span, "an invisible character, U+%04X", (unsigned)code_point);
    else
        diag = hz_lexer_fail(lexer, HZ_E_FEEL_CHARACTER, span, "`%.*s` is not part of FEEL", HZ_ARG(shown));
    if (slip.len != 0)
        hz_diag_hint(lexer->diags, diag, "%.*s", HZ_ARG(slip.hint));
}

static void read_operator(hz_lexer *lexer)
{
    hz_str text = lexer->source.text;
    hz_str rest = hz_str_part(text, lexer->now.begin, text.len);
    hz_slip slip = hz_slip_at(lexer->arena, rest);
    uint32_t len = 0;
    hz_token token = slip.len == 0 ? operator_at(rest, &len) : HZ_TOKEN_END;
    if (token == HZ_TOKEN_END) {
        fail_at_character(lexer, slip);
        return;
    }
    lexer->now.token = (uint8_t)token;
    lexer->now.end = lexer->now.begin + len;
}

/* @"…"; the quote follows at once. */
static void read_at_literal(hz_lexer *lexer)
{
    uint32_t begin = lexer->now.begin;
    if (is_pair(lexer->source.text, begin, '@', '"')) {
        hz_lexer_string(lexer, begin + 1);
        return;
    }
    hz_diag *diag = hz_lexer_fail(lexer, HZ_E_FEEL_SYNTAX, hz_lexer_span(lexer, begin, begin + 1),
                                  "expected a string in double quotes right after `@`");
    hz_diag_hint(lexer->diags, diag, "dates and durations are written @\"2018-01-01\", @\"P1Y\", @\"P10D\"");
}

static bool is_digit(hz_str text, uint32_t at)
{
    return at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
}

void hz_lexer_next(hz_lexer *lexer)
{
    hz_str text = lexer->source.text;
    if (lexer->failed)
        return;
    bool open = false;
    lexer->before = lexer->now.end;
    lexer->last_name = lexer->now.token == HZ_TOKEN_NAME ? lexer->now.text : HZ_STR("");
    uint32_t at = gap_end(text, lexer->now.end, &open);
    if (open) {
        hz_diag *diag = hz_lexer_fail(lexer, HZ_E_FEEL_SYNTAX, hz_lexer_span(lexer, at, at + 2),
                                      "a comment that does not end");
        hz_diag_hint(lexer->diags, diag, "close it with */");
        return;
    }
    lexer->now = (hz_lexeme){.token = HZ_TOKEN_END, .begin = at, .end = at};
    if (at >= text.len)
        return;
    bool starts_number = is_digit(text, at) || (text.at[at] == '.' && is_digit(text, at + 1));
    if (starts_number)
        hz_lexer_number(lexer);
    else if (text.at[at] == '"')
        hz_lexer_string(lexer, at);
    else if (text.at[at] == '@')
        read_at_literal(lexer);
    else if (hz_word_end(text, at) > at)
        hz_lexer_name(lexer);
    else
        read_operator(lexer);
}

void hz_lexer_begin(hz_lexer *lexer, hz_arena *arena, hz_diags *diags, hz_feel_text source, const hz_feel_names *names)
{
    *lexer = (hz_lexer){.arena = arena, .diags = diags, .source = source, .names = names};
    if (source.text.len >= UINT32_MAX / 2) {
        lexer->source.text.len = 0;
        hz_lexer_fail(lexer, HZ_E_TOO_LARGE, source.span, "the expression is longer than 2 GiB");
        return;
    }
    hz_lexer_index_names(lexer);
    hz_lexer_next(lexer);
}
