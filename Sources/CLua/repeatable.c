#include <stdlib.h>
#include <string.h>

#include "internal.h"

// What differs from one run to the next although a script does the same: Lua seeds its hashes and its random numbers with the time and
// addresses, so `pairs` goes through texts in another order each time.

typedef struct entry {
    /// Numbers, then texts, then truth values, then the rest as it was found.
    int rank;
    lua_Number number;
    const char *text;
    size_t length;
    lua_Integer place;
} entry;

static int compare_texts(const entry *a, const entry *b) {
    size_t common = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->text, b->text, common);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int compare(const void *left, const void *right) {
    const entry *a = left, *b = right;
    if (a->rank != b->rank) return a->rank - b->rank;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    int order = a->text ? compare_texts(a, b) : 0;
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

static entry describe(lua_State *L, int index, lua_Integer place) {
    entry entry = {.rank = 3, .place = place};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER: entry.rank = 0, entry.number = lua_tonumber(L, index); break;
    case LUA_TSTRING: entry.rank = 1, entry.text = lua_tolstring(L, index, &entry.length); break;
    case LUA_TBOOLEAN: entry.rank = 2, entry.number = lua_toboolean(L, index); break;
    default: break;
    }
    return entry;
}

/// Pushes the keys of the table at 1 as a list, and how many there are.
static lua_Integer push_keys(lua_State *L) {
    lua_Integer count = 0;
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        clua_charge(L, 4);
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++count);
    }
    return count;
}

/// The next key of the list in the first upvalue that the table still has.
static int next_sorted(lua_State *L) {
    lua_Integer place = lua_tointeger(L, lua_upvalueindex(2));
    for (;;) {
        place++;
        if (lua_rawgeti(L, lua_upvalueindex(1), place) == LUA_TNIL) return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(3)) != LUA_TNIL) break;
        lua_pop(L, 2);
    }
    lua_pushinteger(L, place);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
}

static int sorted_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer count = push_keys(L);
    entry *entries = lua_newuserdatauv(L, sizeof(entry) * (size_t)(count + 1), 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, 2, i + 1);
        entries[i] = describe(L, -1, i + 1);
        lua_pop(L, 1);
        clua_charge(L, 20);
    }
    qsort(entries, (size_t)count, sizeof(entry), compare);
    lua_createtable(L, (int)(count < 1000000 ? count : 1000000), 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, 2, entries[i].place);
        lua_rawseti(L, -2, i + 1);
    }
    lua_pushinteger(L, 0);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, next_sorted, 3);
    lua_pushvalue(L, 1);
    return 2;
}

static int seeded(lua_State *L) {
    if (lua_gettop(L) == 0) lua_pushinteger(L, clua_of(L)->limits.seed);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 0);
    return 0;
}

static int host_clock(lua_State *L) {
    clua *c = clua_of(L);
    return lua_pushnumber(L, c->wall(c->context)), 1;
}

void clua_make_repeatable(lua_State *L) {
    lua_pushcfunction(L, sorted_pairs);
    lua_setfield(L, 1, "pairs");
    lua_getfield(L, 1, "math");
    lua_getfield(L, -1, "randomseed");
    lua_pushcclosure(L, seeded, 1);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "randomseed");
    lua_call(L, 0, 0);
    lua_getfield(L, 1, "os");
    lua_pushcfunction(L, host_clock);
    lua_setfield(L, -2, "clock");
    lua_settop(L, 1);
}
