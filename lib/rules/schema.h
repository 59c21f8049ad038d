/* schema.h - the format of rule files as JSON Schema, for editors and for checks without this library. */
#ifndef HZ_RULES_SCHEMA_H
#define HZ_RULES_SCHEMA_H

#include "base/buf.h"
#include "rules/keys.h"

/* Appends the schema (draft 2020-12) of a file that is root: MANIFEST, PLAN, SHARED_TABLE or EXAMPLES. */
void hz_schema_write(hz_mapping root, hz_buf *out);

#endif
