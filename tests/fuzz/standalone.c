/* standalone.c - a main for fuzz harnesses without libFuzzer: replays the files and folders of the command line.
 *
 * Linked with one fuzz_….c, it makes its corpus a test under any compiler. A finding aborts, as under libFuzzer; a
 * file that cannot be read, or no file at all, is exit status 1.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Exactly as large as the file, so that sanitizers see a read behind its end. */
static uint8_t *read_whole(FILE *file, size_t *size)
{
    if (fseek(file, 0, SEEK_END) != 0) return NULL;
    long end = ftell(file);
    if (end < 0 || fseek(file, 0, SEEK_SET) != 0) return NULL;
    *size = (size_t)end;
    uint8_t *data = malloc(*size > 0 ? *size : 1);
    if (data != NULL && fread(data, 1, *size, file) != *size) {
        free(data);
        return NULL;
    }
    return data;
}

static bool replay_file(const char *path, unsigned *count)
{
    FILE *file = fopen(path, "rb");
    size_t size = 0;
    uint8_t *data = file != NULL ? read_whole(file, &size) : NULL;
    if (file != NULL) fclose(file);
    if (data == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return false;
    }
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    ++*count;
    return true;
}

static bool replay(const char *path, unsigned *count)
{
    DIR *folder = opendir(path);
    if (folder == NULL) return replay_file(path, count);
    bool ok = true;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        size_t size = strlen(path) + strlen(entry->d_name) + 2;
        char *inside = malloc(size);
        if (inside == NULL || entry->d_name[0] == '.') {
            free(inside);
            continue;
        }
        snprintf(inside, size, "%s/%s", path, entry->d_name);
        ok = replay(inside, count) && ok;
        free(inside);
    }
    closedir(folder);
    return ok;
}

int main(int count, char **paths)
{
    bool ok = true;
    unsigned replayed = 0;
    for (int i = 1; i < count; i++) ok = replay(paths[i], &replayed) && ok;
    printf("%u inputs replayed\n", replayed);
    return ok && replayed > 0 ? 0 : 1;
}
