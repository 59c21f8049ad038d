/* fault_text.c - the sentences about a fault, from the lists faults.def and wrong.def, in both languages at once: a fault
 * outlives its claim. They are cut to their room, and nothing is allocated. Called by claim*.c and decision.c.
 */
#include "run/given.h"

typedef struct pair {
    const char *en, *zh;
} pair;

static const struct fault {
    hz_code code;
    pair message;
} faults[] = {
#define HZ_FAULT(id, code, en, zh) {HZ_##code, {en, zh}},
#define HZ_HINT(id, en, zh)
#include "run/faults.def"
#undef HZ_FAULT
#undef HZ_HINT
};

static const pair hints[] = {
#define HZ_FAULT(id, code, en, zh)
#define HZ_HINT(id, en, zh) {en, zh},
#include "run/faults.def"
#undef HZ_FAULT
#undef HZ_HINT
};

/* Appends to a text of room bytes; what does not fit is cut before a character that would not be whole. */
static void append(char *out, size_t room, hz_str text)
{
    size_t len = strlen(out), fits = room - 1 - len;
    if (text.len < fits) fits = text.len;
    while (fits < text.len && fits > 0 && ((unsigned char)text.at[fits] & 0xC0) == 0x80) fits--;
    if (fits > 0) memcpy(out + len, text.at, fits);
    out[len + fits] = '\0';
}

void hz_fault_fill(char *out, size_t room, const char *pattern, const hz_str *arguments)
{
    hz_str text = hz_str_from(pattern);
    size_t plain = 0;
    for (size_t i = 0; i + 2 < text.len; i++) {
        if (text.at[i] != '<' || text.at[i + 1] < '0' || text.at[i + 1] > '9' || text.at[i + 2] != '>') continue;
        append(out, room, hz_str_part(text, plain, i));
        append(out, room, arguments[text.at[i + 1] - '0']);
        plain = i + 3;
    }
    append(out, room, hz_str_part(text, plain, text.len));
}

void hz_fault_begin(hz_fault *fault, hz_code code, hz_str key)
{
    *fault = (hz_fault){.is = true, .code = code};
    hz_fault_quote(key, fault->key);
}

bool hz_fault_set(hz_fault *fault, hz_fault_id id, hz_str key, const hz_str *arguments)
{
    if (fault->is) return false;
    hz_fault_begin(fault, faults[id].code, key);
    hz_fault_fill(fault->message, sizeof fault->message, faults[id].message.en, arguments);
    hz_fault_fill(fault->message_zh, sizeof fault->message_zh, faults[id].message.zh, arguments);
    return true;
}

void hz_fault_hint(hz_fault *fault, hz_hint_id id, const hz_str *arguments)
{
    hz_fault_fill(fault->hint, sizeof fault->hint, hints[id].en, arguments);
    hz_fault_fill(fault->hint_zh, sizeof fault->hint_zh, hints[id].zh, arguments);
}

void hz_fault_quote(hz_str text, char out[64])
{
    out[0] = '\0';
    append(out, 64, text);
    for (char *at = out; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f) *at = '?';
}
