/* fuzz_feel.c - any bytes as an expression and as a cell: parsed, printed, and parsed again.
 *
 * Beyond "no crash": what the printer writes parses, and prints the same. Built as a libFuzzer target, and run over
 * its corpus (corpus/feel) as a test.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "feel/parse.h"
#include "feel/print.h"

#include <stdint.h>
#include <stdlib.h>

#define LONGEST 65536
#define MEMORY (64u << 20)

typedef hz_ast *(*reader)(hz_arena *arena, hz_diags *diags, hz_feel_text text, const hz_feel_names *names);
typedef void (*writer)(const hz_ast *ast, const hz_feel_labels *labels, hz_buf *out);

static hz_ast *read_text(hz_arena *arena, hz_str text, reader read)
{
    static const hz_str declared[] = {
        {"Full Name", 9}, {"Full Name Long", 14}, {"Date-Time", 9}, {"in force", 8}, {"a*", 2},
    };
    hz_feel_names names = {declared, sizeof declared / sizeof declared[0]};
    hz_diags diags = {.arena = arena};
    hz_feel_text source = {text, {0, 0, (uint32_t)text.len}, NULL};
    hz_ast *ast = read(arena, &diags, source, &names);
    if ((ast->op == HZ_AST_ERROR) != (diags.errors > 0) || diags.errors > 1)
        abort();
    return ast;
}

typedef struct trip {
    hz_arena arena;
    hz_escape escape;
    hz_buf first, second; /* printed, and printed again */
} trip;

static void round_trip(trip *work, hz_str text, reader read, writer write)
{
    hz_ast *ast = read_text(&work->arena, text, read);
    if (ast->op == HZ_AST_ERROR)
        return;
    write(ast, NULL, &work->first);
    hz_ast *again = read_text(&work->arena, hz_buf_text(&work->first), read);
    write(again, NULL, &work->second);
    if (!hz_str_eq(hz_buf_text(&work->first), hz_buf_text(&work->second)))
        abort();
}

static void guarded(trip *work, hz_str text, reader read, writer write)
{
    work->arena.escape = &work->escape;
    if (setjmp(work->escape.to) == 0)
        round_trip(work, text, read, write);
}

static void parse_and_print(hz_str text, reader read, writer write)
{
    trip work;
    hz_arena_begin(&work.arena, &hz_alloc_libc, MEMORY);
    hz_buf_begin(&work.first, &hz_alloc_libc);
    hz_buf_begin(&work.second, &hz_alloc_libc);
    guarded(&work, text, read, write);
    hz_buf_end(&work.second);
    hz_buf_end(&work.first);
    hz_arena_end(&work.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > LONGEST)
        return 0;
    hz_str text = {(const char *)data, size};
    parse_and_print(text, hz_feel_parse, hz_feel_print);
    parse_and_print(text, hz_feel_parse_tests, hz_feel_print_tests);
    return 0;
}
