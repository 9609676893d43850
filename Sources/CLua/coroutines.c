#include <lualib.h>

#include "internal.h"

// The system's `resume`, `wrap`, `close` and `yield` would take a wait of the host for a yield of the script, and would let a script that
// has to stop start coroutine after coroutine: each may run a thousand instructions before its hook first counts to the end.

enum {
    /// What a resume costs in steps.
    SWITCH_STEPS = 100,
    /// Coroutines being closed inside one another: Lua 5.4.4 does not count their C stack.
    DEEPEST_CLOSE = 16,
};

static int on_resumed(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    *clua_marks(L) &= ~(uintptr_t)CLUA_IS_WAITING;
    return lua_gettop(L);
}

int clua_wait(lua_State *L) {
    clua_of(L)->host_wait = true;
    *clua_marks(L) |= CLUA_IS_WAITING;
    lua_settop(L, 0);
    return lua_yieldk(L, 0, 0, on_resumed);
}

static lua_State *to_coroutine(lua_State *L, int index) {
    lua_State *co = lua_tothread(L, index);
    if (!co) luaL_typeerror(L, index, "coroutine");
    return co;
}

static int finish(lua_State *L, lua_State *co, int status, int count, bool is_wrap);

/// Runs `co` with the top `count` values of L until it ends, yields, or waits for the host: then L waits with it.
static int drive(lua_State *L, lua_State *co, int count, bool is_wrap) {
    clua *c = clua_of(L);
    if (!lua_checkstack(co, count)) return luaL_error(L, "too many arguments to resume");
    lua_xmove(L, co, count);
    clua_arm(c, co);
    lua_State *outer = c->running;
    bool outer_can_wait = c->chain_can_wait;
    c->running = co;
    c->chain_can_wait = outer_can_wait && lua_isyieldable(L);
    int results = 0, status = lua_resume(co, L, count, &results);
    c->running = outer;
    c->chain_can_wait = outer_can_wait;
    return finish(L, co, status, results, is_wrap);
}

static int on_inner_resumed(lua_State *L, int status, lua_KContext is_wrap) {
    (void)status;
    *clua_marks(L) &= ~(uintptr_t)CLUA_IS_WAITING;
    // Below what the host handed over stands the coroutine, except that `wrap` has it as an upvalue.
    int below = is_wrap ? 0 : 1;
    lua_State *co = lua_tothread(L, is_wrap ? lua_upvalueindex(1) : 1);
    return drive(L, co, lua_gettop(L) - below, is_wrap != 0);
}

/// Raises the error of a coroutine where `wrap` was called, with that position in front of a text.
static int raise_from(lua_State *L, lua_State *co) {
    // A coroutine that was dead already has no error of its own to keep.
    bool has_own_error = lua_status(co) != LUA_OK && lua_status(co) != LUA_YIELD;
    if (has_own_error) clua_close_coroutine(L, co);
    if (clua_of(L)->killed) return clua_leave(L);
    lua_xmove(co, L, 1);
    if (lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int finish(lua_State *L, lua_State *co, int status, int count, bool is_wrap) {
    clua *c = clua_of(L);
    if (c->killed) return clua_leave(L);
    if (status == LUA_YIELD && c->host_wait) {
        *clua_marks(L) |= CLUA_IS_WAITING;
        lua_settop(L, is_wrap ? 0 : 1);
        return lua_yieldk(L, 0, is_wrap, on_inner_resumed);
    }
    bool has_failed = status != LUA_OK && status != LUA_YIELD;
    if (has_failed && is_wrap) return raise_from(L, co);
    if (has_failed) count = 1;
    luaL_checkstack(L, count + 1, "too many results to resume");
    if (!is_wrap) lua_pushboolean(L, !has_failed);
    lua_xmove(co, L, count);
    return count + (is_wrap ? 0 : 1);
}

static int resume(lua_State *L) {
    lua_State *co = to_coroutine(L, 1);
    clua_charge(L, SWITCH_STEPS);
    if (*clua_marks(co) & CLUA_IS_WAITING) {
        lua_pushboolean(L, 0);
        lua_pushliteral(L, "cannot resume a coroutine that is waiting");
        return 2;
    }
    return drive(L, co, lua_gettop(L) - 1, false);
}

static int resume_wrapped(lua_State *L) {
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    clua_charge(L, SWITCH_STEPS);
    if (*clua_marks(co) & CLUA_IS_WAITING) return luaL_error(L, "cannot resume a coroutine that is waiting");
    return drive(L, co, lua_gettop(L), true);
}

static int create(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    clua_charge(L, SWITCH_STEPS);
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

static int wrap(lua_State *L) {
    create(L);
    lua_pushcclosure(L, resume_wrapped, 1);
    return 1;
}

static int yield(lua_State *L) {
    if (*clua_marks(L) & CLUA_IS_HANDLER) return luaL_error(L, "attempt to yield from outside a coroutine");
    return lua_yield(L, lua_gettop(L));
}

static bool is_active(lua_State *L, lua_State *co) {
    lua_Debug frame;
    return co == L || (lua_status(co) == LUA_OK && lua_getstack(co, 0, &frame));
}

int clua_close_coroutine(lua_State *L, lua_State *co) {
    clua *c = clua_of(L);
    if (c->closing >= DEEPEST_CLOSE) return luaL_error(L, "too many coroutines closed inside one another");
    c->closing += 1;
    lua_State *outer = c->running;
    bool outer_can_wait = c->chain_can_wait;
    c->running = co;
    c->chain_can_wait = false;
    clua_arm(c, co);
    int status = lua_resetthread(co);
    c->running = outer;
    c->chain_can_wait = outer_can_wait;
    c->closing -= 1;
    return status;
}

static int close(lua_State *L) {
    lua_State *co = to_coroutine(L, 1);
    clua_charge(L, SWITCH_STEPS);
    if (is_active(L, co)) return luaL_error(L, "cannot close a running coroutine");
    if (*clua_marks(co) & CLUA_IS_WAITING) return luaL_error(L, "cannot close a coroutine that is waiting");
    int status = clua_close_coroutine(L, co);
    if (clua_of(L)->killed) return clua_leave(L);
    lua_pushboolean(L, status == LUA_OK);
    if (status == LUA_OK) return 1;
    lua_xmove(co, L, 1);
    return 2;
}

void clua_open_coroutines(lua_State *L) {
    static const luaL_Reg own[] = {
        {"resume", resume}, {"wrap", wrap}, {"create", create}, {"yield", yield}, {"close", close}, {NULL, NULL},
    };
    luaL_setfuncs(L, own, 0);
}
