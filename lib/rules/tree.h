/* tree.h - a YAML file as a tree with places: the only view of YAML the rest of the library has.
 *
 * Scalars stay texts: the reader of each key says what type it expects (YAML's guesses about `no` or `2018-01` never
 * happen). What YAML would silently take for something else is refused here: duplicate keys, merge keys, anchors,
 * aliases and tags, directives, second documents, folded scalars (`>4`), a double-quoted text that was meant to keep
 * its quotes, NEL/LS/PS line ends, UTF-16, flow mappings split by a comma.
 */
#ifndef HZ_RULES_TREE_H
#define HZ_RULES_TREE_H

#include "source/diag.h"

typedef enum hz_tree_kind { HZ_TREE_NULL, HZ_TREE_SCALAR, HZ_TREE_LIST, HZ_TREE_MAP } hz_tree_kind;
typedef enum hz_tree_style { HZ_TREE_PLAIN, HZ_TREE_SINGLE, HZ_TREE_DOUBLE, HZ_TREE_LITERAL } hz_tree_style;

typedef struct hz_tree hz_tree;
typedef struct hz_tree_pair {
    hz_str key;
    hz_span key_span;
    hz_tree *value; /* never NULL */
    bool used;      /* set by hz_tree_get: what stays false is an unknown key */
} hz_tree_pair;

struct hz_tree {
    uint8_t kind;            /* hz_tree_kind; NULL is an empty plain scalar: a key without a value */
    uint8_t style;           /* of a scalar */
    bool flow;               /* { } or [ ] */
    hz_span span;            /* all of it; of a scalar with its quotes */
    union {                  /* by kind: large files are made of these */
        struct {             /* SCALAR */
            hz_str text;     /* the value */
            const uint32_t *offsets; /* text.len + 1 file offsets when bytes do not map one to one, else NULL */
            uint32_t text_begin;     /* file offset of the value's first byte, inside the quotes */
        };
        struct {                     /* LIST */
            HZ_VEC(hz_tree *) items;
            hz_arena *own;           /* of a long list: what its items lie in, which may end before the tree; else NULL */
        };
        HZ_VEC(hz_tree_pair) pairs;  /* MAP, in file order */
    };
};

#define HZ_TREE_LONG 1000 /* a list of more items is long */
#define HZ_TREE_MOST_BYTES (8u << 20)
#define HZ_TREE_DEPTH 64

/* Reads one file (already in sources). NULL when it cannot be read as a tree at all; diagnostics say why. An empty
 * file gives a NULL node. Recovery is libyaml's: none after a syntax error, so that is one diagnostic; refusals of
 * our own are many. */
hz_tree *hz_tree_read(hz_arena *arena, hz_diags *diags, const hz_sources *sources, uint32_t file);

/* The value under key, marking it used; NULL when it is not there or map is not a MAP. */
hz_tree *hz_tree_get(hz_tree *map, const char *key);
/* The pair itself, or NULL; marks it used. */
hz_tree_pair *hz_tree_pair_of(hz_tree *map, const char *key);

/* E_UNKNOWN_KEY with "did you mean" for every pair not used; known is a NULL-terminated list of the keys allowed
 * here (hz_tree_get cannot know those that were not asked for). A key without a value in a flow mapping gets the
 * hint "a comma split this text; quote it". what: "an input", "a cap", … */
void hz_tree_refuse_unused(hz_diags *diags, const hz_tree *map, const char *const *known, const char *what);

/* "a list", "a mapping", "a text", "nothing". */
const char *hz_tree_kind_name(const hz_tree *tree);

#endif
