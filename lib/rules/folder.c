/* folder.c - the files of a ruleset on disk: the only input and output in the library, and only while loading.
 *
 * Nothing is parsed here. Called by api/ before hz_rules_read. Between opening something and closing it nothing may
 * leave through the arena's escape: memory is taken by hz_arena_try, and a failure is passed on after the close.
 */
#define _POSIX_C_SOURCE 200809L

#include "rules/folder.h"

#include "base/sort.h"
#include "base/status.h"
#include "rules/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES_MOST 4096

typedef struct name {
    struct name *next;
    hz_str text; /* relative to the ruleset, NUL-terminated */
} name;

typedef struct folder {
    hz_arena *arena;
    hz_diags *diags;
    hz_str root; /* NUL-terminated */
    bool examples;
    name *names;
    uint32_t count;
    bool no_memory;
    size_t refused;  /* bytes that the arena did not give; 0: none */
    bool unreadable; /* a folder is there and cannot be opened */
} folder;

/* .yml, .YAML, .Yml, … but not .yaml. */
static bool is_nearly_yaml(hz_str text)
{
    static const char *const endings[] = {".yml", ".yaml"};
    for (size_t i = 0; i < 2; i++) {
        size_t size = strlen(endings[i]);
        bool same = text.len > size;
        for (size_t k = 0; same && k < size; k++) {
            char c = text.at[text.len - size + k];
            same = (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) == endings[i][k];
        }
        if (same) return !hz_str_ends(text, HZ_STR(".yaml"));
    }
    return false;
}

static bool is_wanted(const folder *self, const char *file, bool tables)
{
    hz_str text = hz_str_from(file);
    if (text.at[0] == '.') return false;
    if (is_nearly_yaml(text)) return true; /* taken for a plan by whoever wrote it: refused by name later, not passed over */
    if (!hz_str_ends(text, HZ_STR(".yaml"))) return false;
    return tables || self->examples || !hz_str_ends(text, HZ_STR(".examples.yaml"));
}

/* Memory, or NULL: then the load ends once what is open is closed. */
static void *take(folder *self, size_t size)
{
    void *memory = hz_arena_try(self->arena, size);
    if (memory != NULL) return memory;
    self->no_memory = true;
    self->refused = size;
    return NULL;
}

/* Leaves if memory ran out: by asking once more, which tells the limit from the host's refusal. */
static void leave_without_memory(const folder *self)
{
    if (!self->no_memory) return;
    if (self->refused > 0) hz_arena_take(self->arena, self->refused);
    hz_arena_escape(self->arena, HZ_NO_MEMORY);
}

static bool add_name(folder *self, const char *below, const char *file)
{
    size_t head = strlen(below), tail = strlen(file);
    name *item = take(self, sizeof *item);
    char *text = item != NULL ? take(self, head + tail + 1) : NULL;
    if (text == NULL) return false;
    memcpy(text, below, head);
    memcpy(text + head, file, tail + 1);
    *item = (name){self->names, {text, head + tail}};
    self->names = item;
    self->count++;
    return self->count <= FILES_MOST;
}

/* Lists one folder; below is "" or "tables/". False when it cannot be opened. */
static bool list_folder(folder *self, const char *path, const char *below)
{
    DIR *dir = opendir(path);
    if (dir == NULL) {
        self->no_memory = errno == ENOMEM;
        self->unreadable = errno != ENOENT && errno != ENOTDIR;
        return false;
    }
    const struct dirent *entry;
    while ((entry = readdir(dir)) != NULL)
        if (is_wanted(self, entry->d_name, below[0] != '\0') && !add_name(self, below, entry->d_name)) break;
    closedir(dir);
    return true;
}

static hz_str path_of(folder *self, hz_str relative)
{
    return hz_arena_printf(self->arena, "%.*s/%.*s", HZ_ARG(self->root), HZ_ARG(relative));
}

static void refuse_file(folder *self, hz_str relative, const char *why)
{
    hz_error(self->diags, HZ_E_IO, HZ_NO_SPAN, "`%.*s` %s", HZ_ARG(relative), why);
}

static bool read_open_file(folder *self, int file, size_t size, hz_str *out)
{
    char *bytes = take(self, size + 1);
    size_t at = 0;
    while (bytes != NULL && at < size) {
        ssize_t got = read(file, bytes + at, size - at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        at += (size_t)got;
    }
    *out = (hz_str){bytes, at};
    return bytes != NULL && at == size;
}

/* What can be sought in and is no folder is a file. Not by stat: its symbol is younger than GLIBC_2.28. */
static off_t size_of(const char *path, int file)
{
    int directory = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    if (directory < 0) return lseek(file, 0, SEEK_END);
    close(directory);
    return -1;
}

static bool read_sized(folder *self, hz_str relative, int file, off_t size, hz_str *out)
{
    if (size < 0) {
        refuse_file(self, relative, "is not a file");
        return false;
    }
    if (size > (off_t)HZ_TREE_MOST_BYTES) {
        hz_error(self->diags, HZ_E_TOO_LARGE, HZ_NO_SPAN, "`%.*s` is larger than %u MB", HZ_ARG(relative),
                 (unsigned)(HZ_TREE_MOST_BYTES >> 20));
        return false;
    }
    bool good = lseek(file, 0, SEEK_SET) == 0 && read_open_file(self, file, (size_t)size, out);
    if (!good && !self->no_memory) refuse_file(self, relative, "cannot be read");
    return good;
}

static bool read_file(folder *self, hz_str relative, hz_str *out)
{
    hz_str path = path_of(self, relative);
    int file = open(path.at, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not make a load wait */
    if (file < 0) {
        refuse_file(self, relative, "cannot be read");
        return false;
    }
    bool good = read_sized(self, relative, file, size_of(path.at, file), out);
    close(file);
    leave_without_memory(self);
    return good;
}

static bool path_before(const void *context, const void *a, const void *b)
{
    (void)context;
    return hz_str_compare(((const hz_file *)a)->path, ((const hz_file *)b)->path) < 0;
}

hz_file *hz_folder_read(hz_arena *arena, hz_diags *diags, hz_str path, bool examples, uint32_t *count)
{
    folder self = {.arena = arena, .diags = diags, .root = hz_arena_copy(arena, path), .examples = examples};
    *count = 0;
    bool listed = list_folder(&self, self.root.at, "");
    if (listed && !self.no_memory) list_folder(&self, path_of(&self, HZ_STR("tables")).at, "tables/");
    leave_without_memory(&self);
    if (!listed) {
        hz_diag *diag = hz_error(diags, HZ_E_IO, HZ_NO_SPAN, "the folder `%.*s` cannot be read", HZ_ARG(path));
        hz_diag_hint(diags, diag, "give the folder that has ruleset.yaml in it");
        return NULL;
    }
    if (self.unreadable) hz_error(diags, HZ_E_IO, HZ_NO_SPAN, "the folder `tables` cannot be read");
    if (self.count > FILES_MOST) {
        hz_error(diags, HZ_E_TOO_LARGE, HZ_NO_SPAN, "more than %d files in one ruleset", FILES_MOST);
        return NULL;
    }
    hz_file *files = HZ_NEW_MANY(arena, hz_file, self.count);
    for (const name *item = self.names; item != NULL; item = item->next) {
        files[*count].path = item->text;
        if (read_file(&self, item->text, &files[*count].bytes)) ++*count;
    }
    hz_sort(files, *count, sizeof *files, path_before, NULL);
    return files;
}
