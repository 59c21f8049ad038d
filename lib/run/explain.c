/* explain.c - (being written.) */
#include "run/decision.h"

void hz_decision_reason_text(hz_decision *decision, uint32_t reason, uint32_t language, hz_buf *out)
{
    (void)language;
    hz_buf_add(out, decision->reasons[reason].code);
}

void hz_decision_explain_text(hz_decision *decision, uint32_t language)
{
    (void)language;
    hz_buf_add_literal(&decision->out, "");
}

void hz_decision_explain_json(hz_decision *decision, uint32_t language)
{
    (void)language;
    hz_buf_add_literal(&decision->out, "{}");
}
