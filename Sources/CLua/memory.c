#include <stdlib.h>

#include "internal.h"

enum {
    /// While a state holds blocks above this many bytes a single instruction may take a millisecond (copying a long argument list).
    LARGE_BLOCK = 16 << 10,
    /// Texts above this many bytes take longer: comparing two of a megabyte of zeros took 25 ms, since strcoll ends at each zero.
    LONG_TEXT = 64 << 10,
};

static bool is_allowed(const clua *c, size_t kind, size_t old_size, size_t new_size) {
    if (new_size <= old_size) return true;
    if (kind == LUA_TSTRING && new_size > c->limits.text) return false;
    return c->used + (new_size - old_size) <= c->limits.memory + c->reserve;
}

/// Makes the hook look as often as the state now needs it. Setting a hook is allowed anywhere, even in a signal handler, as long as it
/// is this thread (manual, lua_sethook).
static void rearm(clua *c) {
    if (c->running) clua_arm(c, c->running);
}

static void forget_text(clua *c, const void *block) {
    for (size_t i = 0; i < c->long_text_count; i++) {
        if (c->long_texts[i] != block) continue;
        c->long_texts[i] = c->long_texts[--c->long_text_count];
        return;
    }
}

static void note_text(clua *c, const void *block) {
    if (c->long_text_count == CLUA_LONG_TEXTS) return;
    if (!c->long_texts && !(c->long_texts = malloc(CLUA_LONG_TEXTS * sizeof *c->long_texts))) return;
    c->long_texts[c->long_text_count++] = block;
}

void *clua_allocate(void *keeper, void *block, size_t old_size, size_t new_size) {
    clua *c = keeper;
    // For a new block Lua says in the old size what it is for (manual, lua_Alloc); a text never grows.
    size_t kind = block ? 0 : old_size;
    if (!block) old_size = 0;
    if (!is_allowed(c, kind, old_size, new_size)) {
        // Each refusal makes Lua collect everything before it gives up, and a script may provoke one with every instruction.
        c->is_short = true;
        rearm(c);
        return NULL;
    }
    if (old_size > LONG_TEXT) forget_text(c, block);
    void *moved = NULL;
    if (new_size == 0) {
        free(block);
    } else {
        moved = realloc(block, new_size);
        if (!moved) return NULL;
    }
    c->used += new_size - old_size;
    if (old_size > LARGE_BLOCK) c->large_blocks -= 1;
    if (new_size <= LARGE_BLOCK) return moved;
    c->large_blocks += 1;
    if (kind == LUA_TSTRING && new_size > LONG_TEXT) note_text(c, moved);
    if (c->large_blocks == 1 || kind == LUA_TSTRING) rearm(c);
    return moved;
}
