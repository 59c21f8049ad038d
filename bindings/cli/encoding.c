/* encoding.c - UTF-8 held against its definition, GB18030 against its byte ranges. */
#include "encoding.h"

#include <stdint.h>
#include <string.h>

/* How many bytes from the start on are ASCII without NUL, eight at a time: x - 1 borrows into the high bit for 0 alone. */
static size_t ascii_size(const unsigned char *bytes, size_t size)
{
    const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    size_t at = 0;
    for (uint64_t word; size - at >= sizeof word; at += sizeof word) {
        memcpy(&word, bytes + at, sizeof word);
        if (((word | (word - ones)) & high) != 0)
            break;
    }
    while (at < size && bytes[at] != 0 && bytes[at] < 0x80)
        at++;
    return at;
}

/* How many bytes the character has that begins with a byte beyond ASCII; 0: none begins so, or it is cut off. */
static size_t character_size(const unsigned char *bytes, size_t size)
{
    const unsigned char lead = bytes[0];
    size_t count = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (count == 0 || count > size)
        return 0;
    /* Too long, a surrogate, beyond the last character: all show in the second byte. */
    unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80, most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (bytes[1] < least || bytes[1] > most)
        return 0;
    for (size_t i = 2; i < count; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    return count;
}

size_t cli_utf8_size(const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;
    for (;;) {
        at += ascii_size(bytes + at, size - at);
        if (at == size || bytes[at] < 0x80)
            return at;
        size_t more = character_size(bytes + at, size - at);
        if (more == 0)
            return at;
        at += more;
    }
}

static bool within(unsigned char byte, unsigned char least, unsigned char most)
{
    return byte >= least && byte <= most;
}

bool cli_is_gb18030(const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t at = 0; at < size;) {
        size_t left = size - at;
        if (bytes[at] < 0x80) {
            if (bytes[at] == 0)
                return false;
            at++;
        } else if (!within(bytes[at], 0x81, 0xFE) || left < 2) {
            return false;
        } else if (within(bytes[at + 1], 0x40, 0xFE) && bytes[at + 1] != 0x7F) {
            at += 2;
        } else if (left >= 4 && within(bytes[at + 1], '0', '9') && within(bytes[at + 2], 0x81, 0xFE) && within(bytes[at + 3], '0', '9')) {
            at += 4;
        } else {
            return false;
        }
    }
    return true;
}

size_t cli_byte_order_mark(const char *bytes, size_t size, const char **other)
{
    *other = NULL;
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        return 3;
    if (size >= 4 && memcmp(bytes, "\x84\x31\x95\x33", 4) == 0)
        *other = "GB18030";
    else if (size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        *other = "UTF-16";
    return 0;
}
