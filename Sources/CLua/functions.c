#include "internal.h"

// Functions the host keeps, by number. The table is in the registry, so the collector never takes one before clua_drop_kept.
static const char functions_key = 0;

static void push_functions(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &functions_key);
}

int64_t clua_keep(lua_State *L, int index) {
    clua *c = clua_of(L);
    index = lua_absindex(L, index);
    push_functions(L);
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, c->last_function + 1);
    lua_pop(L, 1);
    return ++c->last_function;
}

void clua_push_kept(lua_State *L, int64_t function) {
    push_functions(L);
    lua_rawgeti(L, -1, function);
    lua_remove(L, -2);
}

void clua_drop_kept(lua_State *L, int64_t function) {
    push_functions(L);
    lua_pushnil(L);
    lua_rawseti(L, -2, function);
    lua_pop(L, 1);
}
