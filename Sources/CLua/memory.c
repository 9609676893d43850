#include <stdlib.h>

#include "internal.h"

// While a state holds blocks above this many bytes a single instruction may take milliseconds (comparing two long texts, copying a long
// argument list), so the hook has to look more often: see clua_arm.
enum { LARGE_BLOCK = 16 << 10 };

static bool is_allowed(const clua *c, size_t kind, size_t old_size, size_t new_size) {
    if (new_size <= old_size) return true;
    // For a new block Lua says in the old size what it is for (manual, lua_Alloc); a text never grows.
    if (kind == LUA_TSTRING && new_size > c->limits.text) return false;
    return c->used + (new_size - old_size) <= c->limits.memory + c->reserve;
}

void *clua_allocate(void *keeper, void *block, size_t old_size, size_t new_size) {
    clua *c = keeper;
    size_t kind = block ? 0 : old_size;
    if (!block) old_size = 0;
    if (!is_allowed(c, kind, old_size, new_size)) return NULL;
    void *moved = NULL;
    if (new_size == 0) {
        free(block);
    } else {
        moved = realloc(block, new_size);
        if (!moved) return NULL;
    }
    c->used += new_size - old_size;
    if (old_size > LARGE_BLOCK) c->large_blocks -= 1;
    if (new_size > LARGE_BLOCK) {
        c->large_blocks += 1;
        // Setting a hook is allowed anywhere, even in a signal handler, as long as it is this thread (manual, lua_sethook).
        if (c->large_blocks == 1 && c->running) clua_arm(c, c->running);
    }
    return moved;
}
