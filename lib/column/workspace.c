/* workspace.c - memory for texts: a chain of blocks, each as large as all before it, kept until the end. */
#include "column/match.h"

#define FIRST_BLOCK 4096

struct hz_text_block {
    hz_text_block *next;
    size_t room; /* bytes of text */
    char text[];
};

void hz_workspace_begin(hz_workspace *workspace, const hz_alloc *alloc)
{
    *workspace = (hz_workspace){.alloc = *alloc};
}

void hz_workspace_end(hz_workspace *workspace)
{
    hz_alloc *alloc = &workspace->alloc;
    for (hz_text_block *block = workspace->first; block != NULL;) {
        hz_text_block *next = block->next;
        alloc->release(alloc->user, block, sizeof *block + block->room);
        block = next;
    }
    if (workspace->matcher != NULL) {
        hz_matcher_end(workspace->matcher);
        alloc->release(alloc->user, workspace->matcher, sizeof *workspace->matcher);
    }
    hz_seen_end(workspace->seen, alloc);
    *workspace = (hz_workspace){.alloc = *alloc};
}

hz_matcher *hz_workspace_matcher(hz_workspace *workspace)
{
    hz_alloc *alloc = &workspace->alloc;
    if (workspace->matcher != NULL) return workspace->matcher;
    hz_matcher *matcher = alloc->allocate(alloc->user, sizeof *matcher);
    if (matcher != NULL && hz_matcher_begin(matcher, alloc)) {
        workspace->matcher = matcher;
        return matcher;
    }
    if (matcher != NULL) {
        hz_matcher_end(matcher);
        if (alloc->release != NULL) alloc->release(alloc->user, matcher, sizeof *matcher);
    }
    workspace->failed = true;
    return NULL;
}

void hz_workspace_reset(hz_workspace *workspace)
{
    workspace->now = workspace->first;
    workspace->used = 0;
    workspace->failed = false;
}

/* A block of at least len bytes behind `now`; false: no memory. */
static bool add_block(hz_workspace *workspace, size_t len)
{
    hz_alloc *alloc = &workspace->alloc;
    size_t room = workspace->held > FIRST_BLOCK ? workspace->held : FIRST_BLOCK;
    if (room < len) room = len;
    hz_text_block *block = room <= SIZE_MAX / 4 ? alloc->allocate(alloc->user, sizeof *block + room) : NULL;
    if (block == NULL) return false;
    *block = (hz_text_block){.room = room};
    hz_text_block **link = workspace->now != NULL ? &workspace->now->next : &workspace->first;
    block->next = *link;
    *link = block;
    workspace->held += room;
    return true;
}

char *hz_workspace_take(hz_workspace *workspace, size_t len)
{
    while (workspace->now == NULL || workspace->now->room - workspace->used < len) {
        hz_text_block *next = workspace->now != NULL ? workspace->now->next : workspace->first;
        if (next == NULL || (next->room < len && next->next == NULL)) {
            if (!add_block(workspace, len)) {
                workspace->failed = true;
                return NULL;
            }
            next = workspace->now != NULL ? workspace->now->next : workspace->first;
        }
        workspace->now = next;
        workspace->used = 0;
    }
    char *taken = workspace->now->text + workspace->used;
    workspace->used += len;
    return taken;
}

void hz_workspace_trim(hz_workspace *workspace, const char *taken, size_t len)
{
    workspace->used = (size_t)(taken - workspace->now->text) + len;
}
