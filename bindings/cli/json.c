/* json.c - strings written, members found. */
#include "json.h"

#include <stdio.h>
#include <string.h>

void cli_put_json(huzhu_text text)
{
    fputc('"', stdout);
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            fputc(c, stdout);
    }
    fputc('"', stdout);
}

void cli_put_member(const char *before, const char *name, huzhu_text text)
{
    printf("%s\"%s\":", before, name);
    cli_put_json(text);
}

/* Behind the string that begins at at. */
static size_t behind_string(huzhu_text text, size_t at)
{
    for (at++; at < text.size && text.data[at] != '"'; at++)
        at += text.data[at] == '\\';
    return at + 1;
}

/* Behind the value that begins at at: where a comma or bracket of its own level stands. */
static size_t behind_value(huzhu_text text, size_t at)
{
    int depth = 0;
    while (at < text.size) {
        char c = text.data[at];
        if (c == '"') {
            at = behind_string(text, at);
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}'))
            break;
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        at++;
    }
    return at < text.size ? at : text.size;
}

bool cli_json_member(huzhu_text object, const char *name, huzhu_text *value)
{
    size_t length = strlen(name);
    for (size_t at = 1; at < object.size && object.data[at] == '"';) {
        size_t key = at + 1, colon = behind_string(object, at), end = behind_value(object, colon + 1);
        if (colon >= object.size)
            return false;
        if (colon - 1 - key == length && memcmp(object.data + key, name, length) == 0) {
            *value = (huzhu_text){object.data + colon + 1, end - colon - 1};
            return true;
        }
        at = end + 1;
    }
    return false;
}
