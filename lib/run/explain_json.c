/* explain_json.c - being written */
#include "run/tell.h"
void hz_decision_explain_json(hz_decision *decision, uint32_t language)
{
    (void)language;
    hz_buf_add_literal(&decision->out, "{}");
}
