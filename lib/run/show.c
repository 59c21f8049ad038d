/* show.c - see show.h. (Being written.) */
#include "run/show.h"

void hz_plan_show(const hz_plan *plan, int32_t date, uint32_t language, hz_buf *out)
{
    (void)date;
    hz_buf_add(out, language == 0 ? plan->rules->title.zh : plan->rules->title.en);
}
