/* lexer.h - the tokens of a FEEL text, one after another.
 *
 * Not a parser: it knows no grammar, except that a name may have spaces or operators in it (declared names, function
 * names before a `(`, argument names before a `:`). Called by parse.c alone; lexer.c, name.c and literal.c are its
 * three parts. The first thing wrong is reported, then every token is END, so the parser unwinds by itself. Linear in
 * the text, for words of any length.
 *
 *     hz_lexer lexer;
 *     hz_lexer_begin(&lexer, …);              lexer.now is the first token
 *     hz_lexer_next(&lexer);                  lexer.now is the next one
 */
#ifndef HZ_FEEL_LEXER_H
#define HZ_FEEL_LEXER_H

#include "base/map.h"
#include "feel/parse.h"

typedef enum hz_token {
#define HZ_TOKEN(name, text) HZ_TOKEN_##name,
#include "feel/token.def"
#undef HZ_TOKEN
    HZ_TOKEN_COUNT
} hz_token;

/* Keywords stand last in token.def. */
#define HZ_TOKEN_KEYWORD HZ_TOKEN_TRUE

typedef struct hz_lexeme {
    uint8_t token;       /* hz_token */
    uint32_t begin, end; /* bytes of the text, end exclusive */
    hz_str text;         /* NAME: the name, one space between words; STRING, AT_STRING: with escapes resolved */
    hz_decimal number;   /* NUMBER */
} hz_lexeme;

typedef struct hz_lexer {
    hz_arena *arena;
    hz_diags *diags;
    hz_feel_text source;
    const hz_feel_names *names; /* or NULL */
    hz_map first_words;         /* first word of a name with spaces or operators in it -> the last such name */
    uint32_t *same_first;       /* per name: the one before it with that first word, or HZ_MAP_NONE */
    hz_lexeme now;              /* the current token */
    uint32_t before;            /* where the token before ended */
    hz_str last_name;           /* the token before, if it was a name */
    bool failed;                /* something was reported */
} hz_lexer;

void hz_lexer_begin(hz_lexer *lexer, hz_arena *arena, hz_diags *diags, hz_feel_text source, const hz_feel_names *names);
void hz_lexer_next(hz_lexer *lexer);

/* The byte that follows the current token and any space and comments; 0 at the end. */
char hz_lexer_peek(const hz_lexer *lexer);

/* The current token is a comma with a digit before and three behind it. */
bool hz_lexer_at_thousands(const hz_lexer *lexer);

/* Where the current token begins `words:`, takes both and returns the words; else empty and nothing is taken. */
hz_str hz_lexer_argument(hz_lexer *lexer);

/* Bytes [begin, end) of the text as a place in its file. */
hz_span hz_lexer_span(const hz_lexer *lexer, uint32_t begin, uint32_t end);

/* Reports unless something was reported already, and moves to the end. NULL when nothing is kept. */
hz_diag *hz_lexer_fail(hz_lexer *lexer, hz_code code, hz_span span, const char *format, ...) HZ_PRINTF(4, 5);

/* Bytes [begin, end) for a message: cut when long. */
hz_str hz_lexer_shown(hz_lexer *lexer, uint32_t begin, uint32_t end);

/* The token in the user's words. */
const char *hz_token_shown(uint32_t token);

/* ---- shared by lexer.c, name.c and literal.c ---- */

bool hz_name_begins(uint32_t code_point);
bool hz_name_goes_on(uint32_t code_point);
/* The end of the word at begin; begin itself when no word begins there. */
uint32_t hz_word_end(hz_str text, uint32_t begin);
/* The keyword's token, or HZ_TOKEN_NAME. */
hz_token hz_keyword(hz_str word);
/* Behind spaces, but not comments. */
uint32_t hz_space_end(hz_str text, uint32_t begin);

/* Each fills lexer->now from lexer->now.begin. */
void hz_lexer_name(hz_lexer *lexer);
void hz_lexer_number(hz_lexer *lexer);
void hz_lexer_string(hz_lexer *lexer, uint32_t quote);
void hz_lexer_index_names(hz_lexer *lexer);

#endif
