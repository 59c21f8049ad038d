/* test_fault_texts.c - the sentences about errors of claims: each has its Chinese, which fills in nothing that its English
 * has not; each code of such an error has a title. */
#include "run/say.h"

#include "harness/harness.h"

typedef struct pair {
    const char *id, *en, *zh;
} pair;

static bool chinese(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0xe3) return true;
    return false;
}

/* Bit n: <n> stands in it. */
static unsigned places(const char *text)
{
    unsigned found = 0;
    for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at + 1, '<'))
        if (at[1] >= '0' && at[1] <= '9' && at[2] == '>') found |= 1u << (at[1] - '0');
    return found;
}

static void check(const pair *said)
{
    bool good = chinese(said->zh) && !chinese(said->en) && said->en[0] != '\0' && (places(said->zh) & ~places(said->en)) == 0;
    if (!HZ_CHECK(good)) HZ_CHECK_STR(said->id, "");
}

HZ_TEST(faults_have_both_languages)
{
    static const pair pairs[] = {
#define HZ_FAULT(id, code, en, zh) {#id, en, zh},
#define HZ_HINT(id, en, zh) {#id, en, zh},
#include "run/faults.def"
#undef HZ_FAULT
#undef HZ_HINT
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) check(&pairs[i]);
}

HZ_TEST(wrong_values_have_both_languages)
{
    static const struct {
        pair message, hint;
    } wrongs[] = {
#define HZ_WRONG(name, code, message, hint, zh, zh_hint) {{#name, message, zh}, {#name, hint, zh_hint}},
#include "run/wrong.def"
#undef HZ_WRONG
    };
    for (size_t i = 1; i < sizeof wrongs / sizeof *wrongs; i++) { /* the first is none */
        if (wrongs[i].message.en != NULL) check(&wrongs[i].message);
        HZ_CHECK((wrongs[i].hint.en == NULL) == (wrongs[i].hint.zh == NULL));
        if (wrongs[i].hint.en != NULL) check(&wrongs[i].hint);
    }
}

HZ_TEST(codes_of_claims_have_one_chinese_title)
{
    static const hz_code titled[] = {
#define HZ_SAY(id, zh, en)
#define HZ_SAY_CODE(code, zh) HZ_##code,
#include "run/say.def"
#undef HZ_SAY
#undef HZ_SAY_CODE
    };
    static const struct {
        hz_code code;
        const char *name;
    } codes[] = {
#define HZ_CODE(name, phase, title, text) {HZ_##name, #name},
#include "source/codes.def"
#undef HZ_CODE
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        uint32_t count = 0;
        for (size_t k = 0; k < sizeof titled / sizeof *titled; k++) count += titled[k] == codes[i].code;
        bool good = count == (strncmp(codes[i].name, "R_", 2) == 0 ? 1u : 0u);
        if (!HZ_CHECK(good)) HZ_CHECK_STR(codes[i].name, "");
    }
}
