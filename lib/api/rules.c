/* rules.c - huzhu_rules_…: what editors want of rule files, apart from any ruleset. */
#include "api/api.h"

#include "rules/schema.h"

huzhu_status huzhu_rules_schema(uint32_t file, huzhu_output *output)
{
    static const hz_mapping roots[] = {[HUZHU_FILE_RULESET] = HZ_IN_MANIFEST,
                                       [HUZHU_FILE_PLAN] = HZ_IN_PLAN,
                                       [HUZHU_FILE_TABLE] = HZ_IN_SHARED_TABLE,
                                       [HUZHU_FILE_EXAMPLES] = HZ_IN_EXAMPLES};
    if (output == NULL || file < HUZHU_FILE_RULESET || file > HUZHU_FILE_EXAMPLES) return HUZHU_INVALID_ARGUMENT;
    size_t begin = output->text.len;
    hz_schema_write(roots[file], &output->text);
    return hz_api_appended(output, begin);
}
