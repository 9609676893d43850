#include <math.h>

#include "internal.h"

static void refuse_field(lua_State *L, const char *name, const char *instead) {
    lua_pushstring(L, name);
    if (lua_rawget(L, 2) != LUA_TNIL) luaL_argerror(L, 2, lua_pushfstring(L, "'%s' is not allowed here; %s", name, instead));
    lua_pop(L, 1);
}

// A finalizer would run where hooks are off, so the budget could not end it; Lua only looks for one here (manual, 2.5.3). Weak tables do
// not work anyhow: see sandbox.c.
static int set_metatable(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_isnil(L, 2) || lua_istable(L, 2), 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
    if (lua_istable(L, 2)) {
        refuse_field(L, "__gc", "use '__close'");
        refuse_field(L, "__mode", "there are no weak tables");
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

// MARK: xpcall

// Lua's own runs the handler before the stack is unwound and with hooks off for an error of a hook; this one runs it afterwards.
static int on_handled(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    lua_pushboolean(L, 0);
    lua_replace(L, 1);
    lua_settop(L, 2);
    return 2;
}

static int on_called(lua_State *L, int status, lua_KContext handler) {
    if (status == LUA_OK || status == LUA_YIELD) {
        lua_pushboolean(L, 1);
        lua_replace(L, 1);
        return lua_gettop(L);
    }
    // Stack: the handler, the error.
    (void)handler;
    lua_pushvalue(L, 1);
    lua_insert(L, 2);
    return on_handled(L, lua_pcallk(L, 1, 1, 0, 0, on_handled), 0);
}

static int protected_call(lua_State *L) {
    luaL_checktype(L, 2, LUA_TFUNCTION);
    // Stack: the handler, the function, its arguments.
    lua_pushvalue(L, 2);
    lua_remove(L, 2);
    lua_insert(L, 1);
    return on_called(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, on_called), 0);
}

// MARK: print and os

/// Joins its arguments and hands them to the function the host gave as `print`.
static int print(lua_State *L) {
    int count = lua_gettop(L);
    luaL_Buffer line;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= count; i++) {
        if (i > 1) luaL_addchar(&line, '\t');
        luaL_tolstring(L, i, NULL);
        luaL_addvalue(&line);
    }
    luaL_pushresult(&line);
    lua_getfield(L, LUA_REGISTRYINDEX, "print");
    lua_insert(L, -2);
    lua_call(L, 1, 0);
    return 0;
}

static double host_time(lua_State *L) {
    clua *c = clua_of(L);
    return c->wall(c->context);
}

/// The host's times have fractions; Lua's own function takes whole seconds only.
static void make_whole(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TNUMBER || lua_isinteger(L, index)) return;
    lua_Number seconds = lua_tonumber(L, index);
    if (!(seconds > -1e15 && seconds < 1e15)) return;
    lua_pushinteger(L, (lua_Integer)floor(seconds));
    lua_replace(L, index);
}

static int host_date(lua_State *L) {
    enum { LONGEST_FORMAT = 200 };
    size_t length;
    luaL_optlstring(L, 1, "", &length);
    luaL_argcheck(L, length <= LONGEST_FORMAT, 1, "format is too long");
    lua_settop(L, 2);
    if (lua_isnil(L, 1)) lua_pushliteral(L, "%c"), lua_replace(L, 1);
    if (lua_isnil(L, 2)) lua_pushinteger(L, (lua_Integer)host_time(L)), lua_replace(L, 2);
    make_whole(L, 2);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 2, 1);
    return 1;
}

static int host_seconds(lua_State *L) {
    if (lua_isnoneornil(L, 1)) return lua_pushinteger(L, (lua_Integer)host_time(L)), 1;
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static void wrap(lua_State *L, const char *name, lua_CFunction function) {
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

void clua_open_os(lua_State *L) {
    wrap(L, "date", host_date);
    wrap(L, "time", host_seconds);
}

void clua_open_basics(lua_State *L) {
    static const luaL_Reg own[] = {
        {"setmetatable", set_metatable}, {"xpcall", protected_call}, {"load", clua_load_function}, {"print", print},
        {"require", clua_require}, {NULL, NULL},
    };
    luaL_setfuncs(L, own, 0);
}
