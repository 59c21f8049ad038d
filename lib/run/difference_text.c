/* difference_text.c - a claim settled again, for a person: what was, what is now, the difference, the counters, then both
 * explanations. Called by api/resettlement.c.
 */
#include "run/difference.h"
#include "run/page.h"
#include "run/say.h"

static void add_side(const hz_side *side, uint32_t language, hz_buf *line)
{
    if (side->decision != NULL) {
        hz_explain_outcome(side->decision, language, line);
        return;
    }
    hz_buf_add(line, hz_say_before(HZ_SAY_AGAIN_REVERSED, language));
    hz_say_money(side->ruleset, -side->total, language, line);
    hz_buf_add(line, hz_say_after(HZ_SAY_AGAIN_REVERSED, language));
}

static void add_difference(const hz_change *change, uint32_t language, hz_buf *line)
{
    hz_saying saying = !change->has_difference ? HZ_SAY_AGAIN_OPEN : change->difference > 0 ? HZ_SAY_AGAIN_MORE : HZ_SAY_AGAIN_LESS;
    if (!change->changed) saying = HZ_SAY_AGAIN_SAME;
    else if (change->has_difference && change->difference == 0) saying = HZ_SAY_AGAIN_SAME_AMOUNT;
    hz_buf_add(line, hz_say_before(saying, language));
    if (saying == HZ_SAY_AGAIN_MORE || saying == HZ_SAY_AGAIN_LESS)
        hz_say_money(change->side[HZ_NOW].ruleset, change->difference > 0 ? change->difference : -change->difference, language, line);
    hz_buf_add(line, hz_say_after(saying, language));
}

static void put(hz_buf *out, hz_buf *line, const char *first)
{
    out->failed |= line->failed;
    hz_page_put(out, hz_str_from(first), HZ_STR("    "), hz_buf_text(line));
    hz_buf_reset(line);
}

static void add_standing(const hz_change *change, const hz_standing_counter *counter, uint32_t language, hz_buf *line)
{
    if (counter == NULL || !counter->has) {
        hz_buf_add(line, hz_say(HZ_SAY_NONE, language));
        return;
    }
    const hz_said_value said = {.type = &counter->type, .unit = counter->unit, .value = counter->value};
    hz_say_measure(change->side[HZ_NOW].ruleset, &said, language, line);
}

static void put_counter(const hz_change *change, const hz_standing_counter *was, const hz_standing_counter *now, uint32_t language, hz_buf *line, hz_buf *out)
{
    const hz_standing_counter *any = now != NULL ? now : was;
    hz_type type = {.kind = HZ_KIND_NUMBER};
    hz_said_value by = {.type = &type, .unit = any->unit};
    hz_buf_add(line, any->label != NULL ? hz_in_language(any->label, language) : any->name);
    hz_buf_add_literal(line, "  ");
    add_standing(change, was, language, line);
    hz_buf_add_literal(line, " → ");
    add_standing(change, now, language, line);
    if (hz_change_of(was, now, &type, &by.value) && by.value != 0) {
        hz_buf_add(line, hz_say_before(HZ_SAY_AGAIN_BY, language));
        hz_say_measure(change->side[HZ_NOW].ruleset, &by, language, line);
        hz_buf_add(line, hz_say_after(HZ_SAY_AGAIN_BY, language));
    }
    put(out, line, "  ");
}

static void put_counters(const hz_change *change, uint32_t language, hz_buf *line, hz_buf *out)
{
    bool first = true;
    for (int side = 0; side < HZ_SIDES; side++)
        for (uint32_t i = 0; i < change->side[side].count; i++) {
            const hz_standing_counter *one = &change->side[side].counters[i], *other = hz_change_other(change, side, one);
            const hz_standing_counter *was = side == HZ_WAS ? one : other, *now = side == HZ_NOW ? one : other;
            if ((side == HZ_NOW && other != NULL) || !hz_change_tells(was, now)) continue;
            if (first) {
                hz_buf_add(line, hz_say(HZ_SAY_HEAD_AGAIN_COUNTERS, language));
                put(out, line, "");
            }
            first = false;
            put_counter(change, was, now, language, line, out);
        }
}

static void put_explanation(hz_change *change, int side, hz_saying heading, uint32_t language, hz_buf *out)
{
    hz_decision *decision = change->side[side].decision;
    if (decision == NULL) return;
    hz_buf_add_char(out, '\n');
    hz_buf_add(out, hz_say(heading, language));
    hz_buf_add_char(out, '\n');
    hz_buf_reset(&decision->out);
    hz_decision_explain_text(decision, language);
    change->failed |= decision->out.failed;
    hz_buf_add(out, hz_buf_text(&decision->out));
}

void hz_change_write_text(hz_change *change, const hz_claim *claim, uint32_t language, hz_buf *out)
{
    hz_buf line;
    hz_str id = hz_buf_text(&claim->id);
    bool quoted = id.len >= 2 && id.at[0] == '"' && memchr(id.at, '\\', id.len) == NULL;
    hz_buf_begin(&line, &change->alloc);
    hz_say_text(quoted ? hz_str_part(id, 1, id.len - 1) : id, &line);
    if (id.len > 0) put(out, &line, "");
    add_side(&change->side[HZ_WAS], language, &line);
    hz_buf_add_literal(&line, " → ");
    add_side(&change->side[HZ_NOW], language, &line);
    hz_buf_add(&line, hz_say(HZ_SAY_COLON, language));
    add_difference(change, language, &line);
    put(out, &line, "");
    if (change->changed) {
        put_counters(change, language, &line, out);
        put_explanation(change, HZ_WAS, HZ_SAY_HEAD_WAS, language, out);
        put_explanation(change, HZ_NOW, HZ_SAY_HEAD_NOW, language, out);
    }
    change->failed |= line.failed;
    hz_buf_end(&line);
}
