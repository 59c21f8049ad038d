/* alloc.h - where memory comes from: the host's allocator, or libc's.
 *
 * Every object with a life of its own (ruleset, claim, decision, diagnostics) keeps a copy of one hz_alloc and
 * returns all it took through it. Nothing else in the library calls malloc; libyaml and PCRE2 do for themselves.
 * What an allocator gives is aligned as malloc's is; it is never asked for 0 bytes.
 */
#ifndef HZ_BASE_ALLOC_H
#define HZ_BASE_ALLOC_H

#include <stddef.h>

typedef struct hz_alloc {
    void *(*allocate)(void *user, size_t size);                                       /* NULL when exhausted */
    void *(*reallocate)(void *user, void *memory, size_t old_size, size_t new_size); /* NULL leaves the old */
    void (*release)(void *user, void *memory, size_t size);                           /* memory may be NULL */
    void *user;                                                                       /* handed back as is */
} hz_alloc;

/* libc's malloc family. */
extern const hz_alloc hz_alloc_libc;

#endif
