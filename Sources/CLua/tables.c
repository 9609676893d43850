#include <lualib.h>

#include "internal.h"

// The table library with a look at the clock in each loop: `__index`, `__newindex` and `__len` can make any range as long as they like
// without running an instruction. It keeps to the manual; `sort` is a heap sort, which has no slow case and no invalid order.

/// What one access to a table costs in steps.
enum { ACCESS_STEPS = 4 };

static lua_Integer length_of(lua_State *L, int index) {
    luaL_checktype(L, index, LUA_TTABLE);
    return luaL_len(L, index);
}

static void copy(lua_State *L, int from, lua_Integer source, int to, lua_Integer target) {
    lua_geti(L, from, source);
    lua_seti(L, to, target);
    clua_charge(L, ACCESS_STEPS);
}

static int insert(lua_State *L) {
    lua_Integer end = (lua_Integer)((lua_Unsigned)length_of(L, 1) + 1);
    int count = lua_gettop(L);
    lua_Integer position = end;
    if (count == 3) {
        position = luaL_checkinteger(L, 2);
        // Unsigned, so that positions below 1 fail too.
        luaL_argcheck(L, (lua_Unsigned)position - 1u < (lua_Unsigned)end, 2, "position out of bounds");
        for (lua_Integer i = end; i > position; i--) copy(L, 1, i - 1, 1, i);
    } else if (count != 2) {
        return luaL_error(L, "wrong number of arguments to 'insert'");
    }
    lua_seti(L, 1, position);
    return 0;
}

static int remove_at(lua_State *L) {
    lua_Integer length = length_of(L, 1), position = luaL_optinteger(L, 2, length);
    // The last element may be "removed" from an empty list; otherwise 1 to length + 1, checked without a sign.
    if (position != length) luaL_argcheck(L, (lua_Unsigned)position - 1u <= (lua_Unsigned)length, 2, "position out of bounds");
    lua_geti(L, 1, position);
    for (; position < length; position++) copy(L, 1, position + 1, 1, position);
    lua_pushnil(L);
    lua_seti(L, 1, position);
    return 1;
}

static int move(lua_State *L) {
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), target = luaL_checkinteger(L, 4);
    int to = lua_isnoneornil(L, 5) ? 1 : 5;
    luaL_checkany(L, 1);
    lua_settop(L, 5);
    if (last >= first) {
        luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3, "too many elements to move");
        lua_Integer count = last - first + 1;
        luaL_argcheck(L, target <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        bool is_forward = target > last || target <= first || (to != 1 && !lua_rawequal(L, 1, to));
        for (lua_Integer i = 0; i < count; i++) {
            lua_Integer offset = is_forward ? i : count - 1 - i;
            copy(L, 1, first + offset, to, target + offset);
        }
    }
    lua_pushvalue(L, to);
    return 1;
}

static int concat(lua_State *L) {
    lua_Integer end = length_of(L, 1);
    size_t length;
    const char *separator = luaL_optlstring(L, 2, "", &length);
    lua_Integer i = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, end);
    luaL_Buffer all;
    luaL_buffinit(L, &all);
    for (; i <= last; i++) {
        lua_geti(L, 1, i);
        if (!lua_isstring(L, -1)) {
            return luaL_error(L, "invalid value (at index %I) in table for 'concat'", (LUAI_UACINT)i);
        }
        luaL_addvalue(&all);
        if (i == last) break;
        luaL_addlstring(&all, separator, length);
        clua_charge(L, ACCESS_STEPS + length / 64);
    }
    luaL_pushresult(&all);
    return 1;
}

static int pack(lua_State *L) {
    int count = lua_gettop(L);
    lua_createtable(L, count, 1);
    lua_insert(L, 1);
    clua_charge(L, (size_t)count);
    for (int i = count; i >= 1; i--) lua_seti(L, 1, i);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

static int unpack(lua_State *L) {
    lua_Integer first = luaL_optinteger(L, 2, 1);
    lua_Integer last = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
    if (first > last) return 0;
    lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first;
    if (count >= 1000000 || !lua_checkstack(L, (int)count + 1)) return luaL_error(L, "too many results to unpack");
    for (lua_Integer i = first;; i++) {
        lua_geti(L, 1, i);
        clua_charge(L, ACCESS_STEPS);
        if (i == last) return (int)count + 1;
    }
}

// MARK: sort

/// Whether element `left` has to come before element `right`.
static bool is_before(lua_State *L, lua_Integer left, lua_Integer right) {
    clua_charge(L, 2 * ACCESS_STEPS);
    bool has_comparator = !lua_isnil(L, 2), is_before;
    if (has_comparator) lua_pushvalue(L, 2);
    lua_geti(L, 1, left);
    lua_geti(L, 1, right);
    if (has_comparator) {
        lua_call(L, 2, 1);
        is_before = lua_toboolean(L, -1);
        lua_pop(L, 1);
    } else {
        is_before = lua_compare(L, -2, -1, LUA_OPLT);
        lua_pop(L, 2);
    }
    return is_before;
}

static void swap(lua_State *L, lua_Integer left, lua_Integer right) {
    lua_geti(L, 1, left);
    lua_geti(L, 1, right);
    lua_seti(L, 1, left);
    lua_seti(L, 1, right);
    clua_charge(L, 4 * ACCESS_STEPS);
}

static void sift_down(lua_State *L, lua_Integer root, lua_Integer last) {
    while (root <= last / 2) {
        lua_Integer child = 2 * root;
        if (child < last && is_before(L, child, child + 1)) child += 1;
        if (!is_before(L, root, child)) return;
        swap(L, root, child);
        root = child;
    }
}

/// Heap sort (J. W. J. Williams, 1964).
static int sort(lua_State *L) {
    lua_Integer length = length_of(L, 1);
    if (length < 2) return 0;
    luaL_argcheck(L, length < INT32_MAX, 1, "array too big");
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    for (lua_Integer root = length / 2; root >= 1; root--) sift_down(L, root, length);
    for (lua_Integer last = length; last > 1; last--) {
        swap(L, 1, last);
        sift_down(L, 1, last - 1);
    }
    return 0;
}

void clua_guard_tables(lua_State *L) {
    static const luaL_Reg own[] = {
        {"concat", concat}, {"insert", insert}, {"move", move},     {"pack", pack},
        {"remove", remove_at}, {"sort", sort},  {"unpack", unpack}, {NULL, NULL},
    };
    luaL_setfuncs(L, own, 0);
}
