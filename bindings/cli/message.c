/* message.c - what the program says: complaints on standard error, answers on standard output. */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* errno of the first write to standard output that failed: a later flush has nothing left to fail with. */
static int write_error;

static void note_failure(bool failed)
{
    if (failed && write_error == 0)
        write_error = errno;
}

void cli_flush(void)
{
    note_failure(fflush(stdout) != 0);
}

int cli_complain(int exit_code, const char *format, ...)
{
    va_list arguments;
    cli_flush();
    fputs("huzhu: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return exit_code;
}

int cli_wrong_usage(const cli_command *command, const char *format, ...)
{
    va_list arguments;
    fputs(command != NULL ? "huzhu " : "huzhu", stderr);
    fprintf(stderr, "%s: ", command != NULL ? command->name : "");
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    if (command != NULL)
        fprintf(stderr, "\nusage: huzhu %s%s%s\n", command->name, command->usage[0] != '\0' ? " " : "", command->usage);
    else
        fputs("\nusage: huzhu COMMAND …; `huzhu help` lists the commands\n", stderr);
    return CLI_USAGE;
}

int cli_exit_of(huzhu_status status)
{
    switch (status) {
    case HUZHU_OK: return CLI_WELL;
    case HUZHU_IO: return CLI_IO;
    case HUZHU_RULES:
    case HUZHU_VERSION:
    case HUZHU_UNSUPPORTED: return CLI_NO;
    default: return CLI_FAULT;
    }
}

int cli_fault(const char *doing, huzhu_status status)
{
    return cli_complain(cli_exit_of(status), "%s: %s", doing, huzhu_status_text(status));
}

void cli_put(huzhu_text text)
{
    note_failure(fwrite(text.data, 1, text.size, stdout) < text.size);
}

bool cli_can_write(void)
{
    return ferror(stdout) == 0;
}

int cli_finish(int exit_code)
{
    cli_flush();
    if (cli_can_write() && write_error == 0)
        return exit_code;
    /* Whoever closed the pipe (head, a pager) wants no more, and no complaint either. */
    if (write_error == EPIPE)
        return CLI_IO;
    if (write_error == 0)
        return cli_complain(CLI_IO, "cannot write to standard output");
    return cli_complain(CLI_IO, "cannot write to standard output: %s", strerror(write_error));
}
