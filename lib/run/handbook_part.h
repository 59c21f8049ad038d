/* handbook_part.h - shared by handbook*.c, which write all plans as Markdown. They write a plan through an hz_show, too:
 * its date is the last one there is.
 */
#ifndef HZ_RUN_HANDBOOK_PART_H
#define HZ_RUN_HANDBOOK_PART_H

#include "run/show_part.h"

/* In a line: the next line of the same cell. */
#define HZ_BOOK_BREAK '\n'

/* ---- handbook_page.c: Markdown ---- */

/* Each puts what stands in the line, with the signs of Markdown escaped, and empties it. */
void hz_book_heading(hz_show *s, int level);
void hz_book_paragraph(hz_show *s);
void hz_book_item(hz_show *s);
void hz_book_cell(hz_show *s);

/* A table: its column titles, and the end of a row. */
void hz_book_columns(hz_show *s, const hz_saying *titles, uint32_t count);
void hz_book_row_end(hz_show *s);
/* A heading of the third level, and a table's columns. */
void hz_book_table(hz_show *s, hz_saying heading, const hz_saying *titles, uint32_t count);

/* Into the line: "自 2007-12 起，至 2014-07 前"; nothing for what always holds. */
void hz_book_life(hz_show *s, const hz_life *life);
/* Into the line: how well it is known and by which sources, its clause, what is said of its date and why it changed. */
void hz_book_ground(hz_show *s, const hz_provenance *from);

/* ---- handbook_figures.c: figures, scales and tables by date ---- */
void hz_book_figures(hz_show *s);

/* ---- handbook_rules.c: conditions, benefits, limits and the rest ---- */
void hz_book_rules(hz_show *s);

#endif
