#include "internal.h"

// A proxy is an empty table whose metamethods look names up in a table of members: an accessor is read and written through the host,
// anything else is handed out as it is. The closures hold the members, the path that errors show, and whether an unknown name is nil.
// An open proxy has no members: every name goes to the host.
enum { MEMBERS = lua_upvalueindex(1), PATH = lua_upvalueindex(2), IS_LENIENT = lua_upvalueindex(3) };

static int64_t accessor_index(lua_State *L, int index) { return (int64_t)(uintptr_t)lua_touserdata(L, index) - 1; }

/// Begins a call about a name of a proxy: its path and the name.
static void begin_about_name(lua_State *L) {
    clua_begin_call(L);
    clua_tape *tape = &clua_of(L)->from_script;
    clua_encode(L, PATH, tape, 0);
    size_t length;
    const char *name = luaL_tolstring(L, 2, &length);
    clua_tape_put_text(tape, name, length);
}

static int call_about_name(lua_State *L, int32_t operation) {
    begin_about_name(L);
    return clua_call_host(L, operation, 0);
}

/// The value that is written, which is the third argument.
static void put_written(lua_State *L) {
    const char *wrong = clua_encode(L, 3, &clua_of(L)->from_script, 1);
    if (wrong) luaL_error(L, "%s cannot be a value of '%s.%s'", wrong, lua_tostring(L, PATH), luaL_tolstring(L, 2, NULL));
}

static int get_member(lua_State *L) {
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    int type = lua_rawget(L, MEMBERS);
    if (type == LUA_TLIGHTUSERDATA) {
        int64_t index = accessor_index(L, -1);
        clua_begin_call(L);
        return clua_call_host(L, CLUA_READ, index);
    }
    if (type != LUA_TNIL || lua_toboolean(L, IS_LENIENT)) return 1;
    return call_about_name(L, CLUA_MISSING);
}

static int set_member(lua_State *L) {
    lua_settop(L, 3);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, MEMBERS) != LUA_TLIGHTUSERDATA) return call_about_name(L, CLUA_REFUSED);
    int64_t index = accessor_index(L, -1);
    clua_begin_call(L);
    put_written(L);
    return clua_call_host(L, CLUA_WRITE, index);
}

/// What `pairs` needs to go through the table on top of the stack.
static int push_iteration(lua_State *L) {
    lua_getglobal(L, "next");
    lua_insert(L, -2);
    return 2;
}

/// The members with their values now, for `pairs`.
static int list_members(lua_State *L) {
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, MEMBERS)) {
        lua_pushvalue(L, -2);
        if (lua_islightuserdata(L, -2)) {
            int64_t index = accessor_index(L, -2);
            clua_begin_call(L);
            if (clua_call_host(L, CLUA_READ, index) == 0) lua_pushnil(L);
        } else {
            lua_pushvalue(L, -2);
        }
        lua_rawset(L, -5);
        lua_pop(L, 1);
    }
    return push_iteration(L);
}

/// A metamethod over the members, the path and whether it is lenient, which are the top three values and stay.
static void set_metamethod(lua_State *L, int metatable, const char *name, lua_CFunction function) {
    for (int i = 0; i < 3; i++) lua_pushvalue(L, -3);
    lua_pushcclosure(L, function, 3);
    lua_setfield(L, metatable, name);
}

/// Leaves a metatable on top of the stack that scripts cannot get at.
static void seal_metatable(lua_State *L, int metatable, const char *path) {
    lua_settop(L, metatable);
    lua_pushboolean(L, 0);
    lua_setfield(L, metatable, "__metatable");
    lua_pushstring(L, path);
    lua_setfield(L, metatable, "__name");
}

static void push_metatable(lua_State *L, int members, const char *path, bool is_lenient) {
    lua_newtable(L);
    int metatable = lua_gettop(L);
    lua_pushvalue(L, members);
    lua_pushstring(L, path);
    lua_pushboolean(L, is_lenient);
    set_metamethod(L, metatable, "__index", get_member);
    if (!is_lenient) {
        set_metamethod(L, metatable, "__newindex", set_member);
        set_metamethod(L, metatable, "__pairs", list_members);
    }
    seal_metatable(L, metatable, path);
}

void clua_push_proxy(lua_State *L, const char *path) {
    int members = lua_gettop(L);
    lua_newtable(L);
    push_metatable(L, members, path, false);
    lua_setmetatable(L, -2);
    lua_remove(L, members);
}

void clua_set_fallback(lua_State *L, int index) {
    int members = lua_gettop(L);
    push_metatable(L, members, "_G", true);
    lua_setmetatable(L, index);
    lua_remove(L, members);
}

static int get_named(lua_State *L) {
    lua_settop(L, 2);
    return call_about_name(L, CLUA_READ_NAME);
}

static int set_named(lua_State *L) {
    lua_settop(L, 3);
    begin_about_name(L);
    put_written(L);
    return clua_call_host(L, CLUA_WRITE_NAME, 0);
}

static int list_named(lua_State *L) {
    clua_begin_call(L);
    clua_encode(L, PATH, &clua_of(L)->from_script, 0);
    clua_call_host(L, CLUA_LIST_NAMES, 0);
    return push_iteration(L);
}

void clua_push_open_proxy(lua_State *L, const char *path) {
    luaL_checkstack(L, 10, "too many values");
    lua_newtable(L);
    lua_newtable(L);
    int metatable = lua_gettop(L);
    // No members, and not lenient: the closures find the path where those of other proxies do.
    lua_pushnil(L);
    lua_pushstring(L, path);
    lua_pushboolean(L, 0);
    set_metamethod(L, metatable, "__index", get_named);
    set_metamethod(L, metatable, "__newindex", set_named);
    set_metamethod(L, metatable, "__pairs", list_named);
    seal_metatable(L, metatable, path);
    lua_setmetatable(L, -2);
}
