/* sink.c - writing, and remembering the first failure: what fails on standard output cli_finish tells. */
#include "sink.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool is_same_file(const char *name, const char *other)
{
    struct stat a, b;
    return stat(name, &a) == 0 && stat(other, &b) == 0 && S_ISREG(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

int cli_sink_begin(cli_sink *sink, const char *name, const char **inputs, int count)
{
    *sink = (cli_sink){.name = name};
    if (name == NULL)
        return CLI_WELL;
    for (int i = 0; i < count; i++)
        if (is_same_file(name, inputs[i]))
            return cli_complain(CLI_USAGE, "%s would be written over while it is read", name);
    sink->file = fopen(name, "wb");
    return sink->file != NULL ? CLI_WELL : cli_complain(CLI_IO, "cannot write %s: %s", name, strerror(errno));
}

bool cli_sink_put(cli_sink *sink, const char *text, size_t size)
{
    if (size > 0 && sink->name == NULL)
        cli_put((huzhu_text){text, size});
    if (sink->name == NULL)
        return cli_can_write();
    if (size > 0 && sink->error == 0 && fwrite(text, 1, size, sink->file) < size)
        sink->error = errno;
    return sink->error == 0;
}

int cli_sink_end(cli_sink *sink, int exit_code)
{
    if (sink->file == NULL)
        return exit_code;
    if (fclose(sink->file) != 0 && sink->error == 0)
        sink->error = errno;
    sink->file = NULL;
    return sink->error == 0 ? exit_code : cli_complain(CLI_IO, "cannot write %s: %s", sink->name, strerror(sink->error));
}
