#include "internal.h"

// Metatables of the classes, by number; and in each object's user data its class and number.
static const char classes_key = 0;

typedef struct object {
    const void *tag;
    int64_t class, number;
} object;

static void push_classes(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &classes_key) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &classes_key);
}

void clua_push_object(lua_State *L, int64_t class, int64_t number) {
    object *made = lua_newuserdatauv(L, sizeof(object), 0);
    *made = (object){&classes_key, class, number};
    push_classes(L);
    lua_rawgeti(L, -1, class);
    lua_setmetatable(L, -3);
    lua_pop(L, 1);
}

int64_t clua_to_object(lua_State *L, int index, int64_t *number) {
    object *found = lua_touserdata(L, index);
    if (!found || lua_islightuserdata(L, index) || lua_rawlen(L, index) != sizeof(object) || found->tag != &classes_key) return -1;
    *number = found->number;
    return found->class;
}

/// Takes the methods, the class and its name.
static int set_class(lua_State *L) {
    lua_createtable(L, 0, 3);
    if (!clua_decode(L, &clua_of(L)->to_script)) return luaL_error(L, "a class without methods");
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, lua_touserdata(L, 2));
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    push_classes(L);
    lua_insert(L, -2);
    lua_rawseti(L, -2, lua_tointeger(L, 1));
    return 0;
}

bool clua_set_class(clua *c, int64_t number, const char *name) {
    lua_State *L = c->main;
    lua_pushcfunction(L, set_class);
    lua_pushinteger(L, number);
    // A text would have to be made here, where running out of memory is not caught.
    lua_pushlightuserdata(L, (void *)(uintptr_t)name);
    bool is_set = lua_pcall(L, 2, 0, 0) == LUA_OK;
    lua_settop(L, 0);
    return is_set;
}
