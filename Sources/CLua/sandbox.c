#define _DEFAULT_SOURCE

#include <lualib.h>
#include <string.h>
#include <unistd.h>

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

/// Tells the error messages of the auxiliary library that the table on top is the library of that name.
static void note_library(lua_State *L, const char *name) {
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

static void open_library(lua_State *L, const char *name, lua_CFunction open, const char *const *names, void (*guard)(lua_State *)) {
    luaL_requiref(L, name, open, 0);
    push_selection(L, -1, names);
    if (guard) guard(L);
    note_library(L, name);
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

/// Makes weak tables impossible, also for a script that adds `__mode` after `setmetatable` has looked for it.
///
/// The collector goes over a chain of n weak keys up to n times without an instruction in between: 32 s for 40,000 keys. It finds the
/// name of the field by identity, in the one copy of that text which every state makes when it is born and never gives up. With other
/// bytes in that copy, which nobody can guess, a script's own "__mode" is another text that the collector does not look for.
static void forbid_weak_tables(lua_State *L) {
    size_t length;
    lua_pushliteral(L, "__mode");
    char *name = (char *)(uintptr_t)lua_tolstring(L, -1, &length);
    if (getentropy(name, length) != 0) luaL_error(L, "no random numbers");
    lua_pop(L, 1);
}

void clua_open_sandbox(lua_State *L) {
    lua_settop(L, 0);
    forbid_weak_tables(L);
    luaL_requiref(L, LUA_GNAME, luaopen_base, 0);
    push_selection(L, -1, basics);
    lua_remove(L, 1);
    lua_pushvalue(L, 1);
    lua_setfield(L, 1, LUA_GNAME);
    note_library(L, LUA_GNAME);
    lua_pushvalue(L, 1);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    clua_open_basics(L);
    open_library(L, LUA_STRLIBNAME, luaopen_string, strings, guard_strings);
    open_library(L, LUA_TABLIBNAME, luaopen_table, none, clua_guard_tables);
    open_library(L, LUA_MATHLIBNAME, luaopen_math, numbers, NULL);
    open_library(L, LUA_UTF8LIBNAME, luaopen_utf8, texts, NULL);
    open_library(L, LUA_COLIBNAME, luaopen_coroutine, coroutines, clua_open_coroutines);
    open_library(L, LUA_OSLIBNAME, luaopen_os, times, clua_open_os);
    if (clua_of(L)->limits.is_repeatable) clua_make_repeatable(L);
    clua_open_persist(L);
    lua_setfield(L, 1, "persist");
    lua_settop(L, 0);
}
