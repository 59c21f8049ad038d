/* say.c - the library's own texts and words, looked up by language. Not here: values (say_value.c), what a plan's file
 * says (reason_text.c, formula.c). Called by everything that writes for people.
 */
#include "run/say.h"

typedef struct pair {
    const char *zh, *en;
} pair;

static const pair sayings[] = {
#define HZ_SAY(id, zh, en) {zh, en},
#define HZ_SAY_CODE(code, zh)
#include "run/say.def"
#undef HZ_SAY
#undef HZ_SAY_CODE
};

hz_str hz_say(hz_saying saying, uint32_t language)
{
    return hz_str_from(language == 0 ? sayings[saying].zh : sayings[saying].en);
}

void hz_say_with(hz_buf *out, hz_saying saying, uint32_t language, const hz_str *arguments)
{
    hz_str text = hz_say(saying, language);
    size_t plain = 0;
    for (size_t i = 0; i + 2 < text.len; i++) {
        if (text.at[i] != '<' || text.at[i + 2] != '>')
            continue;
        hz_buf_add(out, hz_str_part(text, plain, i));
        hz_say_text(arguments[text.at[i + 1] - '0'], out);
        plain = i + 3;
        i += 2;
    }
    hz_buf_add(out, hz_str_part(text, plain, text.len));
}

static size_t gap_of(hz_str text)
{
    const char *gap = memchr(text.at, '<', text.len);
    return gap != NULL ? (size_t)(gap - text.at) : text.len;
}

hz_str hz_say_before(hz_saying saying, uint32_t language)
{
    hz_str text = hz_say(saying, language);
    return hz_str_part(text, 0, gap_of(text));
}

hz_str hz_say_after(hz_saying saying, uint32_t language)
{
    hz_str text = hz_say(saying, language);
    size_t gap = gap_of(text);
    return hz_str_part(text, gap < text.len ? gap + 3 : gap, text.len);
}

hz_str hz_word(hz_str feel, uint32_t language)
{
    static const struct word {
        const char *feel, *zh, *en;
    } words[] = {
#define HZ_WORD(feel, zh, en) {feel, zh, en},
#define HZ_UNIT(unit, zh, one, many)
#include "run/words.def"
#undef HZ_WORD
#undef HZ_UNIT
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (hz_str_is(feel, words[i].feel))
            return hz_str_from(language == 0 ? words[i].zh : words[i].en);
    return feel;
}

hz_str hz_say_error(hz_code code, uint32_t language)
{
    static const struct title {
        hz_code code;
        const char *zh;
    } titles[] = {
#define HZ_SAY(id, zh, en)
#define HZ_SAY_CODE(code, zh) {HZ_##code, zh},
#include "run/say.def"
#undef HZ_SAY
#undef HZ_SAY_CODE
    };
    for (size_t i = 0; language == 0 && i < sizeof titles / sizeof *titles; i++)
        if (titles[i].code == code)
            return hz_str_from(titles[i].zh);
    return hz_str_from(hz_code_title(code));
}

hz_str hz_say_standing(uint8_t standing, uint32_t language)
{
    switch (standing) {
    case HZ_PUBLISHED: return hz_say(HZ_SAY_PUBLISHED, language);
    case HZ_REPORTED: return hz_say(HZ_SAY_REPORTED, language);
    case HZ_ASSUMED: return hz_say(HZ_SAY_ASSUMED, language);
    case HZ_DISPUTED: return hz_say(HZ_SAY_DISPUTED, language);
    default: return hz_say(HZ_SAY_UNPUBLISHED, language);
    }
}

void hz_say_since(const hz_since *since, uint32_t language, hz_buf *out)
{
    if (since->precision == HZ_ALWAYS) {
        hz_buf_add(out, hz_say(HZ_SAY_ALWAYS, language));
        return;
    }
    hz_buf_add(out, hz_say(HZ_SAY_SINCE, language));
    hz_since_text(since, out);
    hz_buf_add(out, hz_say(HZ_SAY_SINCE_END, language));
}

void hz_say_comma(bool first, uint32_t language, hz_buf *out)
{
    if (!first)
        hz_buf_add(out, hz_say(HZ_SAY_LIST_COMMA, language));
}

void hz_say_text(hz_str text, hz_buf *out)
{
    size_t plain = 0;
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] >= 0x20 && text.at[i] != 0x7f)
            continue;
        hz_buf_add(out, hz_str_part(text, plain, i));
        hz_buf_add_char(out, ' ');
        plain = i + 1;
    }
    hz_buf_add(out, hz_str_part(text, plain, text.len));
}
