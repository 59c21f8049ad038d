/* feel_write.c - values of `huzhu feel` as JSON: {"type":…,"value":…}, lists with their items. Called by feel_eval.c. */
#include "run/feel_case.h"

#include "value/time.h"

static void write_text(const hz_machine *machine, uint32_t reg, const hz_type *type, hz_buf *out)
{
    char text[64];
    size_t size = 0;
    int64_t value = hz_machine_int(machine, reg);
    if (type->kind == HZ_KIND_STRING) {
        hz_buf_add_json(out, hz_machine_text(machine, reg));
        return;
    }
    if (type->kind == HZ_KIND_BOOLEAN) {
        hz_buf_add(out, value != 0 ? HZ_STR("true") : HZ_STR("false"));
        return;
    }
    if (type->kind == HZ_KIND_NUMBER) {
        hz_buf_add_char(out, '"');
        hz_wide_format(hz_machine_number(machine, reg, type->scale), out);
        hz_buf_add_char(out, '"');
        return;
    }
    if (type->kind == HZ_KIND_DATE) {
        size = hz_date_format((int32_t)value, text);
    } else if (hz_type_clock(type)) {
        size = (type->kind == HZ_KIND_TIME ? hz_time_format : hz_date_time_format)(value, type->scale, text);
    } else if (type->kind == HZ_KIND_DAYS || type->kind == HZ_KIND_MONTHS) {
        size = hz_duration_format((hz_duration){type->kind == HZ_KIND_MONTHS, value, type->scale}, text);
    }
    hz_buf_add_json(out, (hz_str){text, size});
}

bool hz_feel_in_error(const hz_machine *machine, const hz_bundle *value, const hz_type *type)
{
    hz_state state = hz_machine_state(machine, &value->self);
    if (state != HZ_IS_VALUE) return state != HZ_IS_NULL;
    if (type->kind == HZ_KIND_MIXED) {
        int64_t alternative = hz_machine_int(machine, value->self.value);
        return hz_feel_in_error(machine, &value->item[alternative], &type->item[alternative]);
    }
    int64_t length = type->kind == HZ_KIND_LIST ? hz_machine_int(machine, value->self.value) : 0;
    for (int64_t i = 0; i < length; i++)
        if (hz_feel_in_error(machine, &value->item[i], type->item)) return true;
    return false;
}

void hz_feel_write(const hz_machine *machine, const hz_bundle *value, const hz_type *type, hz_buf *out)
{
    if (type->kind == HZ_KIND_NULL || hz_machine_state(machine, &value->self) == HZ_IS_NULL) {
        hz_buf_add_literal(out, "null");
        return;
    }
    if (type->kind == HZ_KIND_MIXED) {
        int64_t alternative = hz_machine_int(machine, value->self.value);
        hz_feel_write(machine, &value->item[alternative], &type->item[alternative], out);
        return;
    }
    hz_buf_add_literal(out, "{\"type\":");
    hz_buf_add_json(out, hz_str_from(hz_kind_name((hz_kind)type->kind)));
    if (type->kind == HZ_KIND_LIST) {
        int64_t length = hz_machine_int(machine, value->self.value);
        hz_buf_add_literal(out, ",\"items\":[");
        for (int64_t i = 0; i < length; i++) {
            if (i > 0) hz_buf_add_char(out, ',');
            hz_feel_write(machine, &value->item[i], type->item, out);
        }
        hz_buf_add_literal(out, "]}");
        return;
    }
    hz_buf_add_literal(out, ",\"value\":");
    write_text(machine, value->self.value, type, out);
    hz_buf_add_char(out, '}');
}
