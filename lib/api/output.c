/* output.c - huzhu_output: a text that functions append to and the host reads. */
#include "api/api.h"

huzhu_status huzhu_output_new(const huzhu_allocator *allocator, huzhu_output **out)
{
    hz_alloc alloc;
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    huzhu_status status = hz_api_alloc(allocator, &alloc);
    if (status != HUZHU_OK) return status;
    huzhu_output *output = hz_api_new(&alloc, sizeof *output);
    if (output == NULL) return HUZHU_NO_MEMORY;
    hz_buf_begin(&output->text, &alloc);
    *out = output;
    return HUZHU_OK;
}

void huzhu_output_free(huzhu_output *output)
{
    if (output == NULL) return;
    hz_buf_end(&output->text);
    hz_api_free(&output->text.alloc, output, sizeof *output);
}

void huzhu_output_clear(huzhu_output *output)
{
    if (output != NULL) hz_buf_reset(&output->text);
}

huzhu_text huzhu_output_text(const huzhu_output *output)
{
    return output != NULL ? hz_api_text(hz_buf_text(&output->text)) : hz_api_empty();
}

huzhu_status hz_api_appended(huzhu_output *output, size_t begin)
{
    hz_buf *text = &output->text;
    if (!text->failed) return HUZHU_OK;
    text->failed = false;
    text->len = begin;
    if (text->at != NULL) text->at[begin] = '\0';
    return HUZHU_NO_MEMORY;
}
