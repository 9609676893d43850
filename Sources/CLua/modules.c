#include "internal.h"

// `require`: other files of the script folders. The host finds and reads them, by name only; each runs once in a state.

static int refuse_loop(lua_State *L, const char *name) {
    return luaL_error(L, "module '%s' is just being loaded; two modules need one another", name);
}

/// Leaves the table of what the modules gave on top of the stack. One that is being loaded has a pointer there, which scripts cannot make.
static void push_modules(lua_State *L) { luaL_getsubtable(L, LUA_REGISTRYINDEX, "modules"); }

/// Asks the host for the text of the module called by the string at 1, and leaves it on top of the stack.
static void push_text(lua_State *L) {
    clua_begin_call(L);
    clua_encode(L, 1, &clua_of(L)->from_script, 0);
    clua_call_host(L, CLUA_MODULE, 0);
}

/// Runs a module: its text is at 1, its name at 2. Leaves what it gave, or true.
static int run_module(lua_State *L) {
    size_t length;
    const char *text = lua_tolstring(L, 1, &length);
    lua_pushfstring(L, "=%s", lua_tostring(L, 2));
    if (clua_parse(L, text, length, lua_tostring(L, -1)) != LUA_OK) return lua_error(L);
    lua_pushvalue(L, 2);
    lua_call(L, 1, 1);
    if (lua_isnil(L, -1)) lua_pushboolean(L, true);
    return 1;
}

int clua_require(lua_State *L) {
    const char *name = luaL_checkstring(L, 1);
    lua_settop(L, 1);
    push_modules(L);
    int type = lua_getfield(L, 2, name);
    if (type == LUA_TLIGHTUSERDATA) return refuse_loop(L, name);
    if (type != LUA_TNIL) return 1;
    lua_pushcfunction(L, run_module);
    push_text(L);
    lua_pushvalue(L, 1);
    lua_pushlightuserdata(L, L);
    lua_setfield(L, 2, name);
    bool is_good = lua_pcall(L, 2, 1, 0) == LUA_OK;
    // One that failed is loaded anew when somebody asks again.
    if (is_good) lua_pushvalue(L, -1); else lua_pushnil(L);
    lua_setfield(L, 2, name);
    return is_good ? 1 : lua_error(L);
}
