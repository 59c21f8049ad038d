/* tree_problem.c - libyaml's complaints in plain words, with a hint where the cause can be guessed.
 *
 * libyaml names what its grammar lacks, at the place where it gave up; the slip is often elsewhere: a text that begins
 * with a sign, a colon without a space, a quote that is never closed. Exactly one diagnostic per problem: libyaml does
 * not go on. Called by yaml.c.
 */
#include "rules/tree_build.h"

#include "base/utf8.h"

#define FLOW_HINT                                                                                                      \
    "inside { } and [ ] a text with commas, quotes or brackets needs '…' around it;"                                 \
    " or write a key on each line"

typedef struct complaint {
    const char *problem; /* libyaml's */
    bool at_context;     /* the slip is where libyaml's context began */
    const char *words;   /* ours */
    const char *hint;
} complaint;

static const complaint complaints[] = {
    {"did not find expected key", false, "this does not belong to the mapping around it",
     "the keys of a mapping stand one below the other, equally indented; a text that begins with a sign needs '…'"},
    {"did not find expected '-' indicator", false, "this does not belong to the list around it",
     "the items of a list begin with `- ` and stand one below the other, equally indented"},
    {"did not find expected ',' or '}'", false, "here a comma or the end of { } is missing", FLOW_HINT},
    {"did not find expected ',' or ']'", false, "here a comma or the end of [ ] is missing", FLOW_HINT},
    {"did not find expected node content", false, "here a value is missing",
     "a text that begins with a sign needs '…' around it"},
    {"did not find expected <document start>", false, "this stands behind the end of the document",
     "a rule file is one mapping; a text that begins with a sign needs '…' around it"},
    {"mapping keys are not allowed in this context", false, "a text cannot begin with `? `", "write it in '…'"},
    {"block sequence entries are not allowed in this context", false, "a list cannot begin in the middle of a line",
     "begin it on the next line; a text that begins with `- ` needs '…' around it"},
    {"found unexpected end of stream", true, "this quote is never closed",
     "close it; a quote inside '…' is written twice: ''"},
    {"found unexpected document indicator", true, "this quote is never closed",
     "close it; a quote inside '…' is written twice: ''"},
    {"found unknown escape character", false, "this escape does not exist",
     "a backslash inside \"…\" begins an escape; inside '…' it is a backslash"},
    {"did not find expected hexdecimal number", false, "this escape needs more hexadecimal digits",
     "a backslash inside \"…\" begins an escape; inside '…' it is a backslash"},
    {"found invalid Unicode character escape code", false, "this escape is no character",
     "a backslash inside \"…\" begins an escape; inside '…' it is a backslash"},
    {"found a tab character where an indentation space is expected", false, "a tab stands where a space is due",
     "indent with spaces"},
    {"found a tab character that violates indentation", false, "a tab stands where a space is due",
     "indent with spaces"},
    {"did not find expected comment or line break", true, "`|` must end its line",
     "begin the text on the next line, indented; a text that begins with `|` needs '…' around it"},
    /* All else. */
    {"", false, "this is not YAML", "a text that begins with a sign, or holds `: ` or ` #`, needs '…' around it"},
};

static bool is(const char *problem, const char *known)
{
    return problem != NULL && strcmp(problem, known) == 0;
}

/* The character at an offset. */
static hz_span character_at(const hz_tree_build *build, uint32_t at)
{
    size_t end = at;
    if (!hz_is_line_end(hz_tree_byte(build, at))) hz_utf8_next(build->bytes, &end);
    return hz_tree_span(build, at, end);
}

static hz_diag *report(hz_tree_build *build, const hz_tree_problem *problem, hz_span span, const char *words)
{
    bool context = problem->context != NULL && !is(problem->context, "while scanning for the next token");
    return hz_error(build->diags, HZ_E_YAML, span, "%s (YAML: %s%s%s)", words, problem->problem, context ? " " : "",
                    context ? problem->context : "");
}

/* Quoted as a whole, the text that begins at `at` would be one. */
static void hint_quotes(hz_tree_build *build, hz_diag *diag, size_t at, bool flow)
{
    hz_str text = hz_tree_slice(build, at, hz_tree_text_end(build, at, flow));
    if (text.len > 1 && text.at[0] == '\'') {
        size_t end = text.at[text.len - 1] == '\'' ? text.len - 1 : text.len;
        hz_diag_hint(build->diags, diag, "a quote inside '…' is written twice: %.*s",
                     HZ_ARG(hz_tree_quoted(build, hz_str_part(text, 1, end))));
    } else if (text.len > 0) {
        hz_diag_hint(build->diags, diag, "a text that begins with `%c` needs quotes: %.*s", text.at[0],
                     HZ_ARG(hz_tree_quoted(build, text)));
    }
}

/* Offset of the last colon before at, on its line, that begins a value; at, if there is none. */
static size_t colon_before(const hz_tree_build *build, size_t at)
{
    for (size_t i = at; i > build->begin && !hz_is_line_end(hz_tree_byte(build, i - 1)); i--)
        if (hz_tree_byte(build, i - 1) == ':' && hz_tree_byte(build, i) == ' ') return i - 1;
    return at;
}

/* Whether libyaml parses { } or [ ], and its context is their beginning. */
static bool context_is_bracket(const hz_tree_problem *problem)
{
    return is(problem->context, "while parsing a flow mapping") ||
           is(problem->context, "while parsing a flow sequence");
}

/* `zh: he says: so` */
static void explain_colon(hz_tree_build *build, const hz_tree_problem *problem)
{
    size_t colon = colon_before(build, problem->at);
    bool flow = problem->flow || context_is_bracket(problem);
    hz_diag *diag = report(build, problem, character_at(build, problem->at), "this colon cannot begin a value here");
    hz_str text = hz_tree_slice(build, colon + 1, hz_tree_text_end(build, colon + 1, flow));
    if (flow && hz_str_holds(text, HZ_STR("，")))
        hz_diag_hint(build->diags, diag, "`，` parts nothing in YAML: write `, `");
    else if (colon < problem->at)
        hz_diag_hint(build->diags, diag, "a text that holds `: ` needs quotes: %.*s",
                     HZ_ARG(hz_tree_quoted(build, text)));
    else hz_diag_hint(build->diags, diag, "a text that holds `: ` needs '…' around it");
}

/* `key:value`, or a line without any key. */
static void explain_no_colon(hz_tree_build *build, const hz_tree_problem *problem)
{
    uint32_t at = problem->context_at;
    hz_str line = hz_tree_slice(build, at, hz_tree_text_end(build, at, problem->flow));
    bool colon = memchr(line.at, ':', line.len) != NULL;
    hz_diag *diag = report(build, problem, hz_tree_span(build, at, at + line.len), "this line is no `key: value`");
    hz_diag_hint(build->diags, diag,
                 hz_str_holds(line, HZ_STR("：")) ? "`：` is no colon to YAML: write `: `"
                 : colon           ? "write a space after the colon"
                                   : "a key is followed by a colon and a space; an item of a list begins with `- `");
}

/* A character that begins nothing in YAML. */
static void explain_character(hz_tree_build *build, const hz_tree_problem *problem)
{
    int c = hz_tree_byte(build, problem->at);
    hz_span span = character_at(build, problem->at);
    if (c == '>') {
        hz_tree_refuse_folded(build, problem->at, true);
    } else if (c == '\t') {
        hz_diag *diag = report(build, problem, span, "a tab stands where a space is due");
        hz_diag_hint(build->diags, diag, "indent with spaces");
    } else {
        hz_diag *diag = report(build, problem, span, "a text cannot begin with this sign");
        hint_quotes(build, diag, problem->at, problem->flow);
    }
}

/* `[1..3] and more`: YAML ends the text with the bracket. */
static void explain_rest(hz_tree_build *build, const hz_tree_problem *problem)
{
    hz_diag *diag =
        report(build, problem, character_at(build, problem->at), "something follows after this value's end");
    hint_quotes(build, diag, build->last.begin, false);
    hz_diag_relate(build->diags, diag, build->last, "for YAML this is the whole value");
}

/* A line that YAML took as the rest of the text above it. */
static void explain_run_on(hz_tree_build *build, const hz_tree_problem *problem)
{
    hz_span span = build->run_on;
    size_t end = hz_tree_line_end(build, span.begin);
    hz_str line = hz_tree_slice(build, span.begin, end);
    const char *colon = memchr(line.at, ':', line.len);
    hz_diag *diag =
        report(build, problem, character_at(build, problem->at), "this line was read as the rest of the text above it");
    hz_diag_relate(build->diags, diag, hz_tree_span(build, span.begin, span.begin + line.len), "that text begins here");
    hz_diag_hint(build->diags, diag,
                 hz_str_holds(line, HZ_STR("：")) ? "`：` is no colon to YAML: write `: `"
                 : colon != NULL   ? "write a space after the colon of the line above"
                                   : "indent it like the key above it, or write the text on one line");
}

static const char *last_word(const char *text)
{
    const char *space = strrchr(text, ' ');
    return space != NULL ? space + 1 : text;
}

/* An anchor, alias or tag that does not even scan. */
static bool explain_sign(hz_tree_build *build, const hz_tree_problem *problem)
{
    int c = hz_tree_byte(build, problem->context_at);
    bool named = strstr("anchor alias tag", last_word(problem->context)) != NULL;
    if ((c != '&' && c != '*' && c != '!') || (!named && !is(problem->problem, "found undefined tag handle")))
        return false;
    hz_diag *diag = hz_error(build->diags, HZ_E_YAML_FEATURE, character_at(build, problem->context_at),
                             "a text cannot begin with `%c`", c);
    hint_quotes(build, diag, problem->context_at, problem->flow);
    return true;
}

/* `!(a > b)` is a tag and a folded text to YAML. */
static bool explain_negation(hz_tree_build *build, const hz_tree_problem *problem)
{
    size_t colon = colon_before(build, problem->context_at), at = colon + 1;
    while (hz_tree_byte(build, at) == ' ') at++;
    if (colon == problem->context_at || hz_tree_byte(build, at) != '!') return false;
    hz_diag *diag = hz_error(build->diags, HZ_E_YAML_FEATURE, character_at(build, (uint32_t)at), "`!` gives a value a type in YAML (a tag)");
    hz_diag_hint(build->diags, diag, "a text that begins with this sign needs '…' around it; in an expression write not(…)");
    return true;
}

/* { or [ up to the end of the file. */
static void explain_unclosed(hz_tree_build *build, const hz_tree_problem *problem)
{
    uint32_t at = context_is_bracket(problem) ? problem->context_at : problem->at;
    hz_diag *diag = report(build, problem, character_at(build, at), "the file ends before the last bracket is closed");
    hz_diag_hint(build->diags, diag, "close it");
}

static void explain_by_list(hz_tree_build *build, const hz_tree_problem *problem)
{
    const complaint *found = &complaints[sizeof complaints / sizeof *complaints - 1];
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++)
        if (is(problem->problem, complaints[i].problem)) {
            found = &complaints[i];
            break;
        }
    bool bracket = context_is_bracket(problem);
    bool far = bracket && !hz_tree_one_line(build, problem->context_at, problem->at);
    uint32_t at = found->at_context ? problem->context_at : problem->at;
    hz_diag *diag = report(build, problem, character_at(build, at), found->words);
    hz_diag_hint(build->diags, diag, "%s", far ? "is the bracket closed that was opened above?" : found->hint);
    if (bracket)
        hz_diag_relate(build->diags, diag, character_at(build, problem->context_at), "the bracket was opened here");
}

static void explain_by_place(hz_tree_build *build, const hz_tree_problem *problem)
{
    bool colon = hz_tree_byte(build, problem->at) == ':';
    bool at_end = hz_tree_slice(build, problem->at, build->bytes.len).len == 0;
    bool no_key =
        is(problem->problem, "did not find expected key") || is(problem->problem, "did not find expected node content");
    if (at_end && problem->flow && !is(problem->problem, "found unexpected end of stream")) {
        explain_unclosed(build, problem);
    } else if (colon && no_key) {
        hz_diag *diag = report(build, problem, character_at(build, problem->at), "a key is missing before this colon");
        hz_diag_hint(build->diags, diag, "write `key: value`");
    } else if (colon && context_is_bracket(problem)) {
        explain_colon(build, problem);
    } else {
        explain_by_list(build, problem);
    }
}

void hz_tree_explain(hz_tree_build *build, const hz_tree_problem *problem)
{
    bool block_scalar = is(problem->context, "while scanning a block scalar");
    bool after_last = build->last.file != HZ_NO_FILE && hz_tree_one_line(build, build->last.begin, problem->at);
    bool ran_on = build->run_on.file != HZ_NO_FILE && hz_tree_one_line(build, build->run_on.end, problem->at);
    if (is(problem->problem, "found character that cannot start any token")) explain_character(build, problem);
    else if (block_scalar && explain_negation(build, problem)) return;
    else if (block_scalar && hz_tree_byte(build, problem->context_at) == '>')
        hz_tree_refuse_folded(build, problem->context_at, false);
    else if (is(problem->problem, "could not find expected ':'")) explain_no_colon(build, problem);
    else if (ran_on && is(problem->problem, "mapping values are not allowed in this context"))
        explain_run_on(build, problem);
    else if (is(problem->problem, "mapping values are not allowed in this context")) explain_colon(build, problem);
    else if (after_last && (is(problem->problem, "did not find expected key") ||
                            is(problem->problem, "did not find expected <document start>")))
        explain_rest(build, problem);
    else if (problem->context == NULL || !explain_sign(build, problem)) explain_by_place(build, problem);
}
