/* fuzz_tidy.c - any bytes as a YAML file: what can be read can be tidied, tidied twice it stays, and no sign is lost.
 *
 * That the tree stays the same is the library's own proof; here its refusal counts as a fault, but for literal texts that
 * begin with empty lines wider than their text. Run over its corpus
 * (corpus/tidy) as a test.
 */
#include <huzhu/huzhu.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void demand(int holds)
{
    if (!holds) abort();
}

/* How often each byte stands in a text, but for those that tidying may add or drop: spaces, line ends, and the signs of
 * lists and mappings. */
static void count_bytes(huzhu_text text, size_t counts[256])
{
    memset(counts, 0, 256 * sizeof *counts);
    for (size_t i = 0; i < text.size; i++) counts[(unsigned char)text.data[i]]++;
    for (const char *c = " \t\r\n{},-.?:"; *c != '\0'; c++) counts[(unsigned char)*c] = 0;
}

static void compare(huzhu_text before, huzhu_text after)
{
    size_t was[256], is[256];
    if (before.size >= 3 && memcmp(before.data, "\xEF\xBB\xBF", 3) == 0) before = (huzhu_text){before.data + 3, before.size - 3};
    count_bytes(before, was);
    count_bytes(after, is);
    demand(memcmp(was, is, sizeof was) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    huzhu_output *once = NULL, *twice = NULL;
    demand(huzhu_output_new(NULL, &once) == HUZHU_OK && huzhu_output_new(NULL, &twice) == HUZHU_OK);
    huzhu_file file = {"fuzz.yaml", (const char *)data, size};
    huzhu_status status = huzhu_rules_tidy(&file, NULL, once);
    huzhu_text text = huzhu_output_text(once);
    demand(status == HUZHU_OK || text.size == 0);
    demand(status != HUZHU_UNSUPPORTED || memchr(data, '|', size) != NULL);
    if (status == HUZHU_OK) {
        compare((huzhu_text){(const char *)data, size}, text);
        file = (huzhu_file){"fuzz.yaml", text.data, text.size};
        demand(huzhu_rules_tidy(&file, NULL, twice) == HUZHU_OK);
        huzhu_text again = huzhu_output_text(twice);
        demand(again.size == text.size && memcmp(again.data, text.data, text.size) == 0);
    }
    huzhu_output_free(once);
    huzhu_output_free(twice);
    return 0;
}
