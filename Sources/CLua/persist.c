#include <string.h>

#include "internal.h"

// `persist` is an empty table in front of a hidden one, so that each use of it is seen: a table a script reads from it may be changed in
// place later, and what was used is written back as a whole after the run.
static const char persist_key = 0;

enum { KEPT = lua_upvalueindex(1) };

static int get_kept(lua_State *L) {
    clua_of(L)->persist_used = true;
    lua_settop(L, 2);
    lua_rawget(L, KEPT);
    return 1;
}

static int set_kept(lua_State *L) {
    clua *c = clua_of(L);
    lua_settop(L, 3);
    if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "a name in 'persist' must be text, got a %s", luaL_typename(L, 2));
    clua_tape_clear(&c->from_script);
    const char *wrong = clua_encode(L, 3, &c->from_script, 1);
    if (wrong) return luaL_error(L, "'persist.%s' keeps what JSON can carry, got %s", lua_tostring(L, 2), wrong);
    clua_charge(L, c->from_script.length / 16);
    c->persist_used = true;
    lua_rawset(L, KEPT);
    return 0;
}

static int list_kept(lua_State *L) {
    clua_of(L)->persist_used = true;
    lua_getglobal(L, "next");
    lua_pushvalue(L, KEPT);
    return 2;
}

static void set_metamethod(lua_State *L, const char *name, lua_CFunction function) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &persist_key);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

void clua_open_persist(lua_State *L) {
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &persist_key);
    lua_newtable(L);
    lua_newtable(L);
    set_metamethod(L, "__index", get_kept);
    set_metamethod(L, "__newindex", set_kept);
    set_metamethod(L, "__pairs", list_kept);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

static int fill(lua_State *L) {
    if (!clua_decode(L, &clua_of(L)->to_script) || !lua_istable(L, 1)) return luaL_error(L, "a table was expected");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &persist_key);
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, 2);
    }
    return 0;
}

bool clua_set_persist(clua *c) {
    lua_pushcfunction(c->main, fill);
    bool is_set = lua_pcall(c->main, 0, 0, 0) == LUA_OK;
    lua_settop(c->main, 0);
    return is_set;
}

static int collect(lua_State *L) {
    clua_tape *tape = &clua_of(L)->from_script;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &persist_key);
    const char *wrong = clua_encode(L, -1, tape, 0);
    if (!wrong) return 0;
    clua_tape_clear(tape);
    clua_tape_put_text(tape, wrong, strlen(wrong));
    return 0;
}

bool clua_take_persist(clua *c) {
    if (!c->persist_used) return false;
    c->persist_used = false;
    clua_tape_clear(&c->from_script);
    lua_pushcfunction(c->main, collect);
    bool is_taken = lua_pcall(c->main, 0, 0, 0) == LUA_OK;
    lua_settop(c->main, 0);
    return is_taken;
}
