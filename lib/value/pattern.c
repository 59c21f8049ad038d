/* pattern.c - compiles and matches patterns with PCRE2: the only user of it. What the pattern means is decided in
 * pattern_xpath.c; here are options, memory and limits. Called by the readers of rules and by the kernels of texts.
 */
#include "value/pattern.h"

#include "base/status.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define HEAP_KIB 16384u /* most memory of one match */
#define SIZE_ROOM 16u   /* before each block: its size, for the host's release; keeps the alignment */

/* Both families never escape: PCRE2 is between them and the guard. */
static void *take_from_arena(size_t size, void *arena)
{
    return hz_arena_try(arena, size);
}

static void leave_to_arena(void *memory, void *arena)
{
    (void)memory;
    (void)arena;
}

static void *take_from_host(size_t size, void *user)
{
    const hz_alloc *alloc = user;
    if (size > SIZE_MAX - SIZE_ROOM)
        return NULL;
    unsigned char *block = alloc->allocate(alloc->user, size + SIZE_ROOM);
    if (block == NULL)
        return NULL;
    memcpy(block, &size, sizeof size);
    return block + SIZE_ROOM;
}

static void give_to_host(void *memory, void *user)
{
    if (memory == NULL)
        return;
    const hz_alloc *alloc = user;
    unsigned char *block = (unsigned char *)memory - SIZE_ROOM;
    size_t size = 0;
    memcpy(&size, block, sizeof size);
    if (alloc->release == NULL) return; /* an arena's */
    alloc->release(alloc->user, block, size + SIZE_ROOM);
}

static uint32_t options_of(const hz_pattern_source *source)
{
    uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF;
    if (source->s)
        options |= PCRE2_DOTALL;
    if (source->m)
        options |= PCRE2_MULTILINE;
    if (source->i)
        options |= PCRE2_CASELESS;
    return options;
}

/* NULL: *error says why, 0 when there is no memory. */
static pcre2_code *compile(hz_arena *arena, const hz_pattern_source *source, int *error)
{
    *error = 0;
    pcre2_general_context *general = pcre2_general_context_create(take_from_arena, leave_to_arena, arena);
    pcre2_compile_context *context = general != NULL ? pcre2_compile_context_create(general) : NULL;
    if (context == NULL)
        return NULL;
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    PCRE2_SIZE at = 0;
    const char *text = source->out.count > 0 ? source->out.at : "";
    return pcre2_compile((PCRE2_SPTR)text, source->out.count, options_of(source), error, &at, context);
}

#define NO_HEAP_FOR_COMPILE 121 /* PCRE2's ERR21, which its header does not name before 10.38 */

const hz_pattern *hz_pattern_read(hz_arena *arena, hz_str text, hz_str flags, hz_pattern_fault *fault)
{
    hz_pattern_source source = {0};
    if (!hz_pattern_translate(arena, text, flags, &source, fault))
        return NULL;
    int error = 0;
    pcre2_code *code = compile(arena, &source, &error);
    if (code == NULL && (error == 0 || error == NO_HEAP_FOR_COMPILE))
        hz_arena_escape(arena, HZ_NO_MEMORY);
    if (code == NULL) { /* its syntax is right: what is left is a size that PCRE2 cannot hold */
        *fault = (hz_pattern_fault){.end = text.len,
                                    .unsupported = true,
                                    .message = HZ_STR("the pattern is too large when its repeats are written out"),
                                    .hint = HZ_STR("use smaller numbers in {…}, or a list of patterns")};
        return NULL;
    }
    hz_pattern *pattern = HZ_NEW(arena, hz_pattern);
    *pattern = (hz_pattern){.text = hz_arena_copy(arena, text),
                            .flags = hz_arena_copy(arena, flags),
                            .groups = source.groups,
                            .exact = source.exact,
                            .prefix = source.prefix,
                            .code = code};
    hz_alloc memory = arena->alloc;
    hz_matcher matcher = {0};
    hz_match empty = HZ_MATCH_NO_MEMORY;
    if (hz_matcher_begin(&matcher, &memory))
        empty = hz_pattern_search(pattern, &matcher, HZ_STR(""), 0, NULL);
    hz_matcher_end(&matcher);
    if (empty == HZ_MATCH_NO_MEMORY)
        hz_arena_escape(arena, HZ_NO_MEMORY);
    pattern->matches_empty = empty != HZ_MATCH_NO;
    return pattern;
}

bool hz_patterns_apart(const hz_pattern *a, const hz_pattern *b)
{
    if (a->exact && b->exact)
        return !hz_str_eq(a->prefix, b->prefix);
    if (a->exact && a->prefix.len < b->prefix.len)
        return true;
    if (b->exact && b->prefix.len < a->prefix.len)
        return true;
    size_t shared = a->prefix.len < b->prefix.len ? a->prefix.len : b->prefix.len;
    return shared > 0 && memcmp(a->prefix.at, b->prefix.at, shared) != 0;
}

bool hz_matcher_begin(hz_matcher *matcher, const hz_alloc *alloc)
{
    *matcher = (hz_matcher){.alloc = *alloc};
    pcre2_general_context *general = pcre2_general_context_create(take_from_host, give_to_host, &matcher->alloc);
    if (general == NULL)
        return false;
    pcre2_match_context *context = pcre2_match_context_create(general);
    if (context != NULL) {
        pcre2_set_match_limit(context, HZ_PATTERN_STEPS);
        pcre2_set_depth_limit(context, HZ_PATTERN_STEPS);
        pcre2_set_heap_limit(context, HEAP_KIB);
    }
    matcher->context = context;
    matcher->data = pcre2_match_data_create(HZ_PATTERN_GROUPS + 1, general);
    pcre2_general_context_free(general);
    return matcher->context != NULL && matcher->data != NULL;
}

void hz_matcher_end(hz_matcher *matcher)
{
    if (matcher->data != NULL)
        pcre2_match_data_free(matcher->data);
    if (matcher->context != NULL)
        pcre2_match_context_free(matcher->context);
    matcher->data = matcher->context = NULL;
}

static hz_match match(const hz_pattern *pattern, hz_matcher *matcher, hz_str text, size_t from, uint32_t options)
{
    const char *at = text.at != NULL ? text.at : "";
    if (from > 0) options |= PCRE2_NO_UTF_CHECK; /* the search from 0 looked at all of it: many matches must not do so each */
    int result = pcre2_match(pattern->code, (PCRE2_SPTR)at, text.len, from, options, matcher->data,
                             matcher->context);
    if (result >= 0)
        return HZ_MATCH_YES;
    if (result == PCRE2_ERROR_NOMATCH)
        return HZ_MATCH_NO;
    return result == PCRE2_ERROR_NOMEMORY ? HZ_MATCH_NO_MEMORY : HZ_MATCH_GIVEN_UP;
}

hz_match hz_pattern_search(const hz_pattern *pattern, hz_matcher *matcher, hz_str text, size_t from, hz_group *groups)
{
    hz_match result = match(pattern, matcher, text, from, 0);
    if (result != HZ_MATCH_YES || groups == NULL)
        return result;
    const PCRE2_SIZE *places = pcre2_get_ovector_pointer(matcher->data);
    for (uint32_t i = 0; i <= pattern->groups; i++)
        groups[i] = (hz_group){places[2 * i], places[2 * i + 1]};
    return result;
}

hz_match hz_pattern_whole(const hz_pattern *pattern, hz_matcher *matcher, hz_str text)
{
    if (pattern->exact || !hz_str_starts(text, pattern->prefix))
        return hz_str_eq(text, pattern->prefix) && pattern->exact ? HZ_MATCH_YES : HZ_MATCH_NO;
    return match(pattern, matcher, text, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED);
}
