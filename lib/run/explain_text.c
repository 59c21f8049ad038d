/* explain_text.c - the explanation for a claims clerk in a terminal: the answer and its reasons in sentences, the
 * amounts as a tree, the conditions, the counters, and what it all rests on. Called by the API; the nodes are
 * explain.c's, their lines explain_node.c's, what stands below the tree explain_foot.c's.
 */
#include "run/explain_text.h"

/* ---- Lines ---- */

void hz_explain_put(hz_explain_text *t, const char *first, const char *rest)
{
    hz_buf *out = &t->decision->out;
    out->failed |= t->line->failed;
    hz_page_put(out, hz_str_from(first), hz_str_from(rest), hz_buf_text(t->line));
    hz_buf_reset(t->line);
}

void hz_explain_heading(hz_explain_text *t, hz_saying heading)
{
    hz_buf_add_char(&t->decision->out, '\n');
    hz_buf_add(t->line, hz_say(heading, t->language));
    hz_explain_put(t, "", "");
}

/* ---- The head ---- */

static void add_id(hz_explain_text *t)
{
    hz_str id = hz_buf_text(&t->decision->snapshot.id);
    bool quoted = id.len >= 2 && id.at[0] == '"' && memchr(id.at, '\\', id.len) == NULL;
    hz_say_text(quoted ? hz_str_part(id, 1, id.len - 1) : id, t->line);
}

static hz_saying outcome_of(const hz_decision *decision)
{
    bool enrolment = decision->snapshot.enrolment;
    switch (decision->outcome) {
    case HZ_PAID: return decision->has_total ? HZ_SAY_PAID : HZ_SAY_PAID_IN_PART;
    case HZ_NOT_ASKED: return HZ_SAY_PART_NOT_ASKED;
    case HZ_NOTHING_DUE: return HZ_SAY_NOTHING_DUE;
    case HZ_REFUSED: return enrolment ? HZ_SAY_REJECTED : HZ_SAY_REFUSED;
    case HZ_INCOMPLETE: return enrolment ? HZ_SAY_ENROLMENT_INCOMPLETE : HZ_SAY_INCOMPLETE;
    case HZ_UNDETERMINED: return HZ_SAY_UNDETERMINED;
    case HZ_ACCEPTED: return HZ_SAY_ACCEPTED;
    default: return HZ_SAY_FAILED;
    }
}

void hz_explain_outcome(const hz_decision *decision, uint32_t language, hz_buf *out)
{
    hz_saying outcome = outcome_of(decision);
    hz_buf_add(out, hz_say_before(outcome, language));
    if (outcome == HZ_SAY_PAID || outcome == HZ_SAY_NOTHING_DUE) hz_say_money(decision->plan->ruleset, decision->total, language, out);
    hz_buf_add(out, hz_say_after(outcome, language));
}

static void add_event(hz_explain_text *t)
{
    char text[HZ_DECIMAL_TEXT];
    const hz_str count = {text, hz_decimal_format(t->decision->part_count, 0, text)};
    hz_say_with(t->line, HZ_SAY_EVENT, t->language, &count);
}

static void put_head(hz_explain_text *t)
{
    hz_decision *decision = t->decision;
    if (decision->snapshot.id.len > 0) {
        add_id(t);
        hz_buf_add_literal(t->line, "  ");
    }
    if (decision->plan->event) add_event(t);
    else hz_buf_add(t->line, hz_in_language(&decision->plan->rules->title, t->language));
    hz_explain_put(t, "", "  ");
    hz_explain_outcome(decision, t->language, t->line);
    hz_explain_put(t, "", "  ");
}

static void put_reasons(hz_explain_text *t)
{
    hz_decision *decision = t->decision;
    for (uint32_t i = 0; i < decision->reason_count; i++) {
        const hz_reason *reason = &decision->reasons[i];
        hz_decision_reason_text(decision, i, t->language, t->line);
        if (reason->line != NULL) {
            hz_buf_add(t->line, hz_say(HZ_SAY_BEGIN_ASIDE, t->language));
            hz_buf_add(t->line, reason->code);
            if (reason->line->from.clause.len > 0) {
                hz_buf_add(t->line, hz_say(HZ_SAY_COMMA, t->language));
                hz_say_with(t->line, HZ_SAY_CLAUSE, t->language, &reason->line->from.clause);
            }
            hz_buf_add(t->line, hz_say(HZ_SAY_END_ASIDE, t->language));
        }
        hz_explain_put(t, "  · ", "    ");
    }
}

/* “出院日”（discharged）： — of an event the label is that of the plan's whose input it is. */
static void add_input_at_fault(hz_explain_text *t, hz_str name)
{
    const hz_decision *decision = t->decision;
    uint32_t symbol = hz_map_find(&decision->plan->rules->symbol_map, name);
    const hz_plan *plan = decision->plan;
    for (uint32_t i = 0; i < decision->part_count && symbol == HZ_MAP_NONE; i++) {
        plan = decision->parts[i]->plan;
        symbol = hz_map_find(&plan->rules->symbol_map, name);
    }
    const hz_str input[] = {symbol != HZ_MAP_NONE ? hz_symbol_label(plan, symbol, t->language) : name, name};
    hz_say_with(t->line, HZ_SAY_INPUT_AT_FAULT, t->language, input);
    hz_buf_add(t->line, hz_say(HZ_SAY_COLON, t->language));
}

/* In Chinese the label of an input stands before what is wrong with it. */
static void put_error(hz_explain_text *t)
{
    const hz_fault *error = &t->decision->error;
    if (t->decision->outcome != HZ_FAILED || !error->is || error->code == HZ_R_CHECK)
        return;
    if (t->language == 0 && error->input.len > 0)
        add_input_at_fault(t, error->input);
    hz_say_text(hz_str_from(t->language == 0 ? error->message_zh : error->message), t->line);
    hz_buf_add(t->line, hz_say(HZ_SAY_BEGIN_ASIDE, t->language));
    hz_buf_add(t->line, hz_str_from(hz_code_name(error->code)));
    hz_buf_add(t->line, hz_say(HZ_SAY_END_ASIDE, t->language));
    hz_explain_put(t, "  · ", "    ");
    if (error->hint[0] == '\0')
        return;
    hz_buf_add(t->line, hz_say(HZ_SAY_HINT, t->language));
    hz_say_text(hz_str_from(t->language == 0 ? error->hint_zh : error->hint), t->line);
    hz_explain_put(t, "    ", "    ");
}

/* ---- Sections ---- */

static void open_section(void *context, hz_told_section section)
{
    static const hz_saying headings[] = {HZ_SAY_HEAD_AMOUNTS, HZ_SAY_HEAD_CONDITIONS, HZ_SAY_HEAD_CHECKS};
    hz_explain_heading(context, headings[section]);
}

static void close_section(void *context, hz_told_section section)
{
    (void)context;
    (void)section;
}

#define BAR "│  "
#define GAP "   "
#define FORK "├─ "
#define CORNER "└─ "
#define INDENT "  "
#define PREFIX_ROOM (sizeof INDENT + (HZ_TOLD_DEPTH + 2) * sizeof BAR + sizeof FORK)

static void append(char *prefix, const char *piece)
{
    memcpy(prefix + strlen(prefix), piece, strlen(piece) + 1);
}

/* Draws the branches on which a node and the lines under it hang. t->bars: bit d, a sister follows at depth d. */
static void begin_node(void *context, const hz_told *told)
{
    hz_explain_text *t = context;
    char first[PREFIX_ROOM] = INDENT, rest[PREFIX_ROOM] = INDENT;
    for (uint32_t d = 1; d <= told->depth; d++) {
        bool own = d == told->depth;
        bool sister = own ? !told->last : (t->bars >> (d - 1) & 1) != 0;
        append(first, own ? (sister ? FORK : CORNER) : (sister ? BAR : GAP));
        append(rest, sister ? BAR : GAP);
    }
    append(rest, told->children > 0 ? BAR : GAP);
    append(rest, "  ");
    if (told->depth > 0) {
        uint64_t bit = UINT64_C(1) << (told->depth - 1);
        t->bars = told->last ? t->bars & ~bit : t->bars | bit;
    }
    hz_explain_node(t, told);
    hz_explain_put(t, first, rest);
}

static void end_node(void *context, const hz_told *told)
{
    (void)context;
    (void)told;
}

static void put_parts(hz_explain_text *t);

static void put_all(hz_explain_text *t)
{
    const hz_teller teller = {open_section, close_section, begin_node, end_node, t};
    hz_decision_walk(t->decision);
    hz_buf_reset(t->line);
    put_head(t);
    put_error(t);
    put_reasons(t);
    if (!t->decision->plan->event && !t->decision->closed) {
        hz_tell(t->decision, &teller);
        hz_explain_foot(t);
    }
    put_parts(t);
}

/* Each part is explained as if it stood alone. */
static void put_parts(hz_explain_text *t)
{
    hz_buf *out = &t->decision->out;
    for (uint32_t i = 0; i < t->decision->part_count; i++) {
        char text[HZ_DECIMAL_TEXT];
        hz_decision *part = t->decision->parts[i];
        hz_explain_text one = {.decision = part, .language = t->language, .line = &part->scratch};
        const hz_str number = {text, hz_decimal_format(i + 1, 0, text)};
        hz_buf_add_char(out, '\n');
        hz_say_with(t->line, HZ_SAY_HEAD_PART, t->language, &number);
        hz_explain_put(t, "── ", "");
        hz_buf_reset(&part->out);
        put_all(&one);
        hz_buf_add(out, hz_buf_text(&part->out));
        out->failed |= part->out.failed;
    }
}

void hz_decision_explain_text(hz_decision *decision, uint32_t language)
{
    hz_explain_text text = {.decision = decision, .language = language, .line = &decision->scratch};
    put_all(&text);
    hz_explain_rules(&text);
}
