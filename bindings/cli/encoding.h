/* encoding.h - which encoding a text has: UTF-8 is read, others are refused with the command that converts them. */
#ifndef HUZHU_CLI_ENCODING_H
#define HUZHU_CLI_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

/* How many bytes from the start on are UTF-8 without the character NUL: size when all are. */
size_t cli_utf8_size(const char *bytes, size_t size);

/* Whether all bytes can be GB18030 (GBK and GB2312 are parts of it), in which a character has one, two or four bytes. A
 * character that is cut off at the end is none. */
bool cli_is_gb18030(const char *bytes, size_t size);

/* Bytes at the start of a file: how long the byte order mark of UTF-8 is (0 or 3). *other: the name of the encoding that
 * the mark is of, if it is another; NULL. */
size_t cli_byte_order_mark(const char *bytes, size_t size, const char **other);

#endif
