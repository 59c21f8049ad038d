/* cmd_fmt.c - huzhu fmt: rule files in the house style, in place, or looked at (--check), or as a filter (`-`).
 *
 * A file is replaced by one that was written whole beside it, so that nothing is lost when writing fails.
 */
#include "options.h"
#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MOST 8 /* folders in folders */

typedef struct tidying {
    huzhu_output *output;
    huzhu_diagnostics *diagnostics;
    bool check;    /* name what would change, change nothing */
    int exit_code; /* the gravest so far */
} tidying;

static void remember(tidying *self, int exit_code)
{
    if (exit_code > self->exit_code)
        self->exit_code = exit_code;
}

/* ---- reading and writing whole files ---- */

/* All of a file; NULL with errno, ENOMEM included. */
static char *read_all(FILE *file, size_t *size)
{
    size_t room = 1 << 16;
    char *bytes = malloc(room);
    *size = 0;
    while (bytes != NULL) {
        *size += fread(bytes + *size, 1, room - *size, file);
        if (*size < room)
            break;
        char *more = realloc(bytes, room * 2);
        if (more == NULL)
            free(bytes);
        bytes = more;
        room *= 2;
    }
    if (bytes != NULL && ferror(file)) {
        free(bytes);
        bytes = NULL;
    }
    return bytes;
}

static bool write_beside(const char *name, char *beside, huzhu_text text, mode_t mode)
{
    int file = mkstemp(beside);
    if (file < 0)
        return false;
    bool written = fchmod(file, mode) == 0;
    for (size_t at = 0; written && at < text.size;) {
        ssize_t size = write(file, text.data + at, text.size - at);
        written = size > 0;
        at += written ? (size_t)size : 0;
    }
    written = close(file) == 0 && written && rename(beside, name) == 0;
    if (!written)
        unlink(beside);
    return written;
}

static int replace(const char *name, huzhu_text text)
{
    struct stat about;
    size_t room = strlen(name) + sizeof ".XXXXXX";
    char *beside = malloc(room);
    if (beside == NULL)
        return cli_fault(name, HUZHU_NO_MEMORY);
    snprintf(beside, room, "%s.XXXXXX", name);
    bool written = stat(name, &about) == 0 && write_beside(name, beside, text, about.st_mode & 07777);
    free(beside);
    return written ? CLI_WELL : cli_complain(CLI_IO, "cannot write %s: %s", name, strerror(errno));
}

/* ---- one file ---- */

static int finish(const tidying *self, const char *name, bool filter, huzhu_text before)
{
    huzhu_text after = huzhu_output_text(self->output);
    bool same = before.size == after.size && memcmp(before.data, after.data, after.size) == 0;
    if (filter && !self->check)
        cli_put(after);
    if (!self->check)
        return filter || same ? CLI_WELL : replace(name, after);
    if (!same)
        puts(name);
    return same ? CLI_WELL : CLI_NO;
}

static int tidy(tidying *self, const char *name, FILE *from, bool filter)
{
    size_t size;
    char *bytes = read_all(from, &size);
    if (bytes == NULL)
        return cli_complain(CLI_IO, "cannot read %s: %s", name, strerror(errno));
    huzhu_file file = {name, bytes, size};
    huzhu_output_clear(self->output);
    huzhu_status status = huzhu_rules_tidy(&file, self->diagnostics, self->output);
    int exit_code = status == HUZHU_OK ? finish(self, name, filter, (huzhu_text){bytes, size}) : cli_exit_of(status);
    if (status != HUZHU_OK && huzhu_diagnostics_count(self->diagnostics) == 0) {
        cli_fault(name, status);
    } else if (status != HUZHU_OK) {
        huzhu_text text = huzhu_diagnostics_text(self->diagnostics);
        cli_flush();
        fwrite(text.data, 1, text.size, stderr);
    }
    free(bytes);
    return exit_code;
}

static int tidy_file(tidying *self, const char *name)
{
    FILE *from = fopen(name, "rb");
    if (from == NULL)
        return cli_complain(CLI_IO, "cannot read %s: %s", name, strerror(errno));
    int exit_code = tidy(self, name, from, false);
    fclose(from);
    return exit_code;
}

/* ---- folders ---- */

static void tidy_path(tidying *self, const char *path, int depth);

static bool is_wanted(const struct dirent *entry, mode_t mode)
{
    size_t size = strlen(entry->d_name);
    if (entry->d_name[0] == '.')
        return false;
    return S_ISDIR(mode) || (S_ISREG(mode) && size > 5 && strcmp(entry->d_name + size - 5, ".yaml") == 0);
}

static void tidy_entry(tidying *self, const char *folder, const struct dirent *entry, int depth)
{
    struct stat about;
    size_t room = strlen(folder) + strlen(entry->d_name) + 2;
    char *path = malloc(room);
    if (path == NULL) {
        remember(self, cli_fault(folder, HUZHU_NO_MEMORY));
        return;
    }
    snprintf(path, room, "%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", entry->d_name);
    if (lstat(path, &about) == 0 && is_wanted(entry, about.st_mode))
        tidy_path(self, path, depth + 1);
    free(path);
}

static void tidy_folder(tidying *self, const char *folder, int depth)
{
    struct dirent **entries;
    int count = depth < DEPTH_MOST ? scandir(folder, &entries, NULL, alphasort) : 0;
    if (count < 0) {
        remember(self, cli_complain(CLI_IO, "cannot read %s: %s", folder, strerror(errno)));
        return;
    }
    for (int i = 0; i < count; i++) {
        tidy_entry(self, folder, entries[i], depth);
        free(entries[i]);
    }
    if (depth < DEPTH_MOST)
        free(entries);
}

static void tidy_path(tidying *self, const char *path, int depth)
{
    struct stat about;
    if (stat(path, &about) != 0)
        remember(self, cli_complain(CLI_IO, "cannot read %s: %s", path, strerror(errno)));
    else if (S_ISDIR(about.st_mode))
        tidy_folder(self, path, depth);
    else
        remember(self, tidy_file(self, path));
}

int cmd_fmt(const cli_options *options)
{
    tidying self = {.check = (options->given & CLI_OPTION_CHECK) != 0};
    huzhu_status status = huzhu_output_new(NULL, &self.output);
    if (status == HUZHU_OK)
        status = huzhu_diagnostics_new(NULL, &self.diagnostics);
    if (status != HUZHU_OK)
        self.exit_code = cli_fault("fmt", status);
    for (int i = 0; status == HUZHU_OK && i < options->operand_count; i++) {
        if (strcmp(options->operands[i], "-") == 0)
            remember(&self, tidy(&self, "standard input", stdin, true));
        else
            tidy_path(&self, options->operands[i], 0);
    }
    huzhu_diagnostics_free(self.diagnostics);
    huzhu_output_free(self.output);
    return self.exit_code;
}
