/* json.h - writing JSON, and looking into JSON that the library wrote. No reader: what comes from outside is read by
 * the library. */
#ifndef HUZHU_CLI_JSON_H
#define HUZHU_CLI_JSON_H

#include "cli.h"

/* To standard output: a string with its quotes, UTF-8 as it is. */
void cli_put_json(huzhu_text text);
/* `"name":"text"` behind before, which is "{" or ",". */
void cli_put_member(const char *before, const char *name, huzhu_text text);

/* The value of a key of an object, as it stands there. False: there is no such key. object is well-formed. */
bool cli_json_member(huzhu_text object, const char *name, huzhu_text *value);

#endif
