/* text.h - what kernels do with texts, counted in code points. A result is part of an operand where it can be, else in
 * the workspace; it is a text that can be read even where an operand was no value. Called by kernel.c.
 */
#ifndef HZ_COLUMN_TEXT_H
#define HZ_COLUMN_TEXT_H

#include "column/workspace.h"

hz_str hz_text_join(hz_workspace *ws, hz_str a, hz_str b);

#endif
