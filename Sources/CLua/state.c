#include <lualib.h>
#include <stdlib.h>

#include "internal.h"

static int open_all(lua_State *L) {
    clua_open_sandbox(L);
    return 0;
}

clua *clua_create(
    const clua_limits *limits, clua_flag *flag, clua_handler handler, double (*wall)(void *context), void *context) {
    clua *c = calloc(1, sizeof(clua));
    if (!c) return NULL;
    *c = (clua){.limits = *limits, .flag = flag, .handler = handler, .wall = wall, .context = context};
    c->main = lua_newstate(clua_allocate, c);
    if (!c->main) return free(c), NULL;
    *clua_marks(c->main) = 0;
    // New coroutines take the hook over from the state that makes them.
    clua_arm(c, c->main);
    c->next_look = INT64_MAX;
    lua_pushcfunction(c->main, open_all);
    if (lua_pcall(c->main, 0, 0, 0) != LUA_OK) return clua_destroy(c), NULL;
    return c;
}

void clua_destroy(clua *c) {
    lua_close(c->main);
    clua_tape_free(&c->from_script);
    clua_tape_free(&c->to_script);
    free(c->long_texts);
    free(c->trace);
    free(c);
}

size_t clua_memory(const clua *c) { return c->used; }

int64_t clua_cpu(const clua *c) { return c->cpu_total; }

bool clua_can_wait(const clua *c) { return c->can_wait; }

bool clua_take(clua *c, clua_item *item) { return clua_tape_take(&c->from_script, item); }

bool clua_put_is_full(const clua *c) { return c->to_script.is_full; }

void clua_put_clear(clua *c) { clua_tape_clear(&c->to_script); }

void clua_put(clua *c, clua_kind kind, int64_t integer) { clua_tape_put(&c->to_script, kind, integer); }

void clua_put_number(clua *c, double number) { clua_tape_put_number(&c->to_script, number); }

void clua_put_text(clua *c, const char *text, size_t length) { clua_tape_put_text(&c->to_script, text, length); }

static int set_globals(lua_State *L) {
    clua_tape *tape = &clua_of(L)->to_script;
    lua_pushglobaltable(L);
    if (!clua_decode(L, tape) || !lua_istable(L, 2)) return luaL_error(L, "a table was expected");
    // The host prints a line; joining the arguments is done by our own `print`, which finds it there.
    lua_getfield(L, 2, "print");
    lua_setfield(L, LUA_REGISTRYINDEX, "print");
    lua_pushnil(L);
    lua_setfield(L, 2, "print");
    lua_pushnil(L);
    while (lua_next(L, 2)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, 1);
    }
    if (clua_decode(L, tape)) clua_set_fallback(L, 1);
    return 0;
}

bool clua_set_globals(clua *c) {
    lua_pushcfunction(c->main, set_globals);
    bool is_set = lua_pcall(c->main, 0, 0, 0) == LUA_OK;
    lua_settop(c->main, 0);
    // Hardly anything else is as long.
    clua_tape_free(&c->to_script);
    return is_set;
}

static int find_function(lua_State *L) {
    lua_pushglobaltable(L);
    lua_pushstring(L, lua_touserdata(L, 1));
    int64_t *found = lua_touserdata(L, 2);
    if (lua_rawget(L, -2) == LUA_TFUNCTION) *found = clua_keep(L, -1);
    return 0;
}

int64_t clua_global_function(clua *c, const char *name) {
    int64_t found = 0;
    lua_pushcfunction(c->main, find_function);
    lua_pushlightuserdata(c->main, (void *)(uintptr_t)name);
    lua_pushlightuserdata(c->main, &found);
    lua_pcall(c->main, 2, 0, 0);
    lua_settop(c->main, 0);
    return found;
}

static int drop(lua_State *L) {
    clua_drop_kept(L, lua_tointeger(L, 1));
    return 0;
}

void clua_drop(clua *c, int64_t function) {
    lua_pushcfunction(c->main, drop);
    lua_pushinteger(c->main, function);
    lua_pcall(c->main, 1, 0, 0);
    lua_settop(c->main, 0);
}

static int set_stock_strings(lua_State *L) {
    luaL_requiref(L, "stock", luaopen_string, 0);
    lua_setglobal(L, "stock");
    return 0;
}

bool clua_set_stock_strings(clua *c) {
    lua_pushcfunction(c->main, set_stock_strings);
    bool is_set = lua_pcall(c->main, 0, 0, 0) == LUA_OK;
    lua_settop(c->main, 0);
    return is_set;
}
