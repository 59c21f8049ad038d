/* sheet.c - numbered texts in one piece of memory. Pointers into it hold because it is filled whole before any is given
 * out. Called by spell.c.
 */
#include "api/api.h"

#define FIRST_ROOM ((size_t)32)

void hz_api_sheet_begin(hz_api_sheet *sheet, const hz_alloc *alloc)
{
    *sheet = (hz_api_sheet){.alloc = *alloc};
    hz_buf_begin(&sheet->bytes, alloc);
}

void hz_api_sheet_end(hz_api_sheet *sheet)
{
    hz_buf_end(&sheet->bytes);
    if (sheet->begins != NULL)
        sheet->alloc.release(sheet->alloc.user, sheet->begins, sheet->room * sizeof *sheet->begins);
    *sheet = (hz_api_sheet){.alloc = sheet->alloc};
}

void hz_api_sheet_reset(hz_api_sheet *sheet)
{
    hz_buf_reset(&sheet->bytes);
    sheet->count = 0;
    sheet->failed = false;
}

/* Room for two more offsets: of the text that ends and of the one behind it. */
static bool grow(hz_api_sheet *sheet)
{
    const hz_alloc *alloc = &sheet->alloc;
    if (sheet->count + 2 <= sheet->room) return true;
    size_t room = sheet->room == 0 ? FIRST_ROOM : sheet->room * 2, size = sizeof *sheet->begins;
    size_t *begins = sheet->begins == NULL
                         ? alloc->allocate(alloc->user, room * size)
                         : alloc->reallocate(alloc->user, sheet->begins, sheet->room * size, room * size);
    if (begins == NULL) return false;
    sheet->begins = begins;
    sheet->room = room;
    return true;
}

void hz_api_sheet_next(hz_api_sheet *sheet)
{
    hz_buf_add_char(&sheet->bytes, '\0');
    if (sheet->failed || sheet->bytes.failed || !grow(sheet)) {
        sheet->failed = true;
        return;
    }
    if (sheet->count == 0) sheet->begins[0] = 0;
    sheet->begins[++sheet->count] = sheet->bytes.len;
}

huzhu_text hz_api_sheet_at(const hz_api_sheet *sheet, size_t number)
{
    if (sheet->failed || number >= sheet->count) return hz_api_empty();
    size_t begin = sheet->begins[number];
    return (huzhu_text){sheet->bytes.at + begin, sheet->begins[number + 1] - begin - 1};
}
