#include <lualib.h>

#include "internal.h"

// The allow lists: what is not named here does not exist for a script.
static const char *const basics[] = {
    "assert", "error", "getmetatable", "ipairs", "next", "pairs", "pcall", "rawequal", "rawget", "rawlen", "rawset", "select", "tonumber",
    "tostring", "type", "_VERSION", NULL,
};
static const char *const strings[] = {
    "byte", "char", "format", "len", "lower", "pack", "packsize", "reverse", "sub", "unpack", "upper", NULL,
};
static const char *const coroutines[] = {"isyieldable", "running", "status", NULL};
static const char *const texts[] = {"char", "charpattern", "codepoint", "codes", "len", "offset", NULL};
static const char *const numbers[] = {
    "abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod", "huge", "log", "max", "maxinteger", "min", "mininteger",
    "modf", "pi", "rad", "random", "randomseed", "sin", "sqrt", "tan", "tointeger", "type", "ult", NULL,
};
static const char *const times[] = {"clock", "date", "difftime", "time", NULL};
static const char *const none[] = {NULL};

/// Pushes a new table with the named members of the table at `from`.
static void push_selection(lua_State *L, int from, const char *const *names) {
    from = lua_absindex(L, from);
    lua_newtable(L);
    for (; *names; names++) {
        lua_getfield(L, from, *names);
        lua_setfield(L, -2, *names);
    }
}

static void open_library(lua_State *L, const char *name, lua_CFunction open, const char *const *names, void (*guard)(lua_State *)) {
    luaL_requiref(L, name, open, 0);
    push_selection(L, -1, names);
    if (guard) guard(L);
    lua_setfield(L, 1, name);
    lua_settop(L, 1);
}

static void guard_strings(lua_State *L) {
    clua_guard_strings(L);
    clua_guard_patterns(L);
    // Methods of texts come from our table too; the metatable itself stays out of reach.
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
}

void clua_open_sandbox(lua_State *L) {
    lua_settop(L, 0);
    luaL_requiref(L, LUA_GNAME, luaopen_base, 0);
    push_selection(L, -1, basics);
    lua_remove(L, 1);
    lua_pushvalue(L, 1);
    lua_setfield(L, 1, LUA_GNAME);
    lua_pushvalue(L, 1);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    clua_open_basics(L);
    open_library(L, LUA_STRLIBNAME, luaopen_string, strings, guard_strings);
    open_library(L, LUA_TABLIBNAME, luaopen_table, none, clua_guard_tables);
    open_library(L, LUA_MATHLIBNAME, luaopen_math, numbers, NULL);
    open_library(L, LUA_UTF8LIBNAME, luaopen_utf8, texts, NULL);
    open_library(L, LUA_COLIBNAME, luaopen_coroutine, coroutines, clua_open_coroutines);
    open_library(L, LUA_OSLIBNAME, luaopen_os, times, clua_open_os);
    clua_open_persist(L);
    lua_setfield(L, 1, "persist");
    lua_settop(L, 0);
}
