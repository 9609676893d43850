#include <string.h>

#include "internal.h"

enum {
    /// Tables in tables: deeper ones are cycles or mistakes.
    DEEPEST = 32,
};

static const char *encode_member(lua_State *L, clua_tape *tape, int depth) {
    const char *wrong = clua_encode(L, -1, tape, depth + 1);
    lua_pop(L, 1);
    return wrong;
}

/// The number of members; `is_list` when their keys are 1 to that number, `is_table` when all are texts.
static int64_t survey(lua_State *L, int index, bool *is_list, bool *is_table) {
    int64_t count = 0, length = (int64_t)lua_rawlen(L, index);
    *is_list = *is_table = true;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        count += 1;
        if (lua_type(L, -1) != LUA_TSTRING) *is_table = false;
        if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) < 1 || lua_tointeger(L, -1) > length) *is_list = false;
    }
    if (count != length) *is_list = false;
    if (count == 0) *is_table = true;
    return count;
}

static const char *encode_list(lua_State *L, int index, clua_tape *tape, int depth, int64_t count) {
    clua_tape_put(tape, CLUA_LIST, count);
    for (int64_t i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        const char *wrong = encode_member(L, tape, depth);
        if (wrong) return wrong;
    }
    return NULL;
}

static const char *encode_table(lua_State *L, int index, clua_tape *tape, int depth) {
    if (depth >= DEEPEST) return "a table nested too deeply or in itself";
    if (!lua_checkstack(L, 8)) return "a table nested too deeply";
    bool is_list, is_table;
    int64_t count = survey(L, index, &is_list, &is_table);
    if (is_list && count > 0) return encode_list(L, index, tape, depth, count);
    if (!is_table) return "a table whose keys are neither all text nor 1 to n without holes";
    clua_tape_put(tape, CLUA_TABLE, count);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        size_t length;
        const char *name = lua_tolstring(L, -2, &length);
        clua_tape_put_text(tape, name, length);
        const char *wrong = encode_member(L, tape, depth);
        if (wrong) return wrong;
    }
    return NULL;
}

static const char *encode_object(lua_State *L, int index, clua_tape *tape, int depth) {
    int64_t number, class = clua_to_object(L, index, &number);
    if (class < 0 || depth > 0) return "a value of the host";
    clua_tape_put(tape, CLUA_OBJECT, class);
    clua_tape_put(tape, CLUA_INTEGER, number);
    return NULL;
}

static const char *encode_text(lua_State *L, int index, clua_tape *tape) {
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    clua_tape_put_text(tape, text, length);
    return NULL;
}

static const char *encode_function(lua_State *L, int index, clua_tape *tape, int depth) {
    if (depth > 0) return "a function";
    clua_tape_put(tape, CLUA_FUNCTION, clua_keep(L, index));
    return NULL;
}

static const char *encode(lua_State *L, int index, clua_tape *tape, int depth) {
    switch (lua_type(L, index)) {
    case LUA_TNIL: return clua_tape_put(tape, CLUA_NIL, 0), NULL;
    case LUA_TBOOLEAN: return clua_tape_put(tape, CLUA_BOOL, lua_toboolean(L, index)), NULL;
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) return clua_tape_put(tape, CLUA_INTEGER, lua_tointeger(L, index)), NULL;
        return clua_tape_put_number(tape, lua_tonumber(L, index)), NULL;
    case LUA_TSTRING: return encode_text(L, index, tape);
    case LUA_TTABLE: return encode_table(L, index, tape, depth);
    case LUA_TFUNCTION: return encode_function(L, index, tape, depth);
    case LUA_TUSERDATA: return encode_object(L, index, tape, depth);
    default: return "a coroutine";
    }
}

const char *clua_encode(lua_State *L, int index, clua_tape *tape, int depth) {
    const char *wrong = encode(L, lua_absindex(L, index), tape, depth);
    return wrong ? wrong : tape->is_full ? "more than fits into one call" : NULL;
}

static void decode_list(lua_State *L, clua_tape *tape, int64_t count) {
    lua_createtable(L, (int)count, 0);
    for (int64_t i = 1; i <= count && clua_decode(L, tape); i++) lua_rawseti(L, -2, i);
}

static void decode_table(lua_State *L, clua_tape *tape, int64_t count) {
    lua_createtable(L, 0, (int)count);
    for (int64_t i = 0; i < count; i++) {
        // A nil value would be no member; it is left out.
        if (!clua_decode(L, tape)) return;
        if (!clua_decode(L, tape)) return lua_pop(L, 1);
        lua_rawset(L, -3);
    }
}

static int64_t take_integer(clua_tape *tape) {
    clua_item item = {0};
    clua_tape_take(tape, &item);
    return item.integer;
}

static const char problem_key = 0;

static int problem_text(lua_State *L) {
    if (!lua_istable(L, 1)) return luaL_argerror(L, 1, "problem expected");
    lua_settop(L, 1);
    lua_pushliteral(L, "where");
    if (lua_rawget(L, 1) != LUA_TSTRING) lua_pop(L, 1), lua_pushliteral(L, "");
    lua_pushliteral(L, "sentence");
    if (lua_rawget(L, 1) != LUA_TSTRING) lua_pop(L, 1), lua_pushliteral(L, "a problem");
    lua_concat(L, 2);
    return 1;
}

static int problem_concat(lua_State *L) {
    luaL_tolstring(L, 1, NULL);
    luaL_tolstring(L, 2, NULL);
    lua_concat(L, 2);
    return 1;
}

static void push_problem_metatable(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &problem_key) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushcfunction(L, problem_text);
    lua_setfield(L, -2, "__tostring");
    lua_pushcfunction(L, problem_concat);
    lua_setfield(L, -2, "__concat");
    lua_pushliteral(L, "problem");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &problem_key);
}

bool clua_is_problem(lua_State *L, int index) {
    if (!lua_istable(L, index) || !lua_getmetatable(L, index)) return false;
    push_problem_metatable(L);
    bool is_problem = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return is_problem;
}

static void decode_problem(lua_State *L, clua_tape *tape) {
    if (!clua_decode(L, tape) || !lua_istable(L, -1)) luaL_error(L, "a problem that does not fit");
    push_problem_metatable(L);
    lua_setmetatable(L, -2);
}

int clua_raise_problem(lua_State *L) {
    if (!clua_decode(L, &clua_of(L)->to_script) || !clua_is_problem(L, -1)) return luaL_error(L, "the host raised without a problem");
    luaL_where(L, 1);
    lua_setfield(L, -2, "where");
    return lua_error(L);
}

static void decode_proxy(lua_State *L, clua_tape *tape) {
    clua_decode(L, tape);
    clua_decode(L, tape);
    clua_push_proxy(L, lua_tostring(L, -2));
    lua_remove(L, -2);
}

static void decode_open_proxy(lua_State *L, clua_tape *tape) {
    clua_decode(L, tape);
    clua_push_open_proxy(L, lua_tostring(L, -1));
    lua_remove(L, -2);
}

bool clua_decode(lua_State *L, clua_tape *tape) {
    clua_item item;
    if (!clua_tape_take(tape, &item)) return false;
    luaL_checkstack(L, 6, "too many values");
    switch (item.kind) {
    case CLUA_NIL: lua_pushnil(L); break;
    case CLUA_BOOL: lua_pushboolean(L, item.integer != 0); break;
    case CLUA_INTEGER: lua_pushinteger(L, item.integer); break;
    case CLUA_NUMBER: lua_pushnumber(L, item.number); break;
    case CLUA_TEXT: lua_pushlstring(L, item.text, item.length); break;
    case CLUA_LIST: decode_list(L, tape, item.integer); break;
    case CLUA_TABLE: decode_table(L, tape, item.integer); break;
    case CLUA_FUNCTION: clua_push_kept(L, item.integer); break;
    case CLUA_OBJECT: clua_push_object(L, item.integer, take_integer(tape)); break;
    case CLUA_PROBLEM: decode_problem(L, tape); break;
    case CLUA_OPERATION: clua_push_operation(L, (int32_t)item.integer, take_integer(tape)); break;
    // No script can make a light userdata, so as a member it can only mean this.
    case CLUA_ACCESSOR: lua_pushlightuserdata(L, (void *)(uintptr_t)(item.integer + 1)); break;
    case CLUA_PROXY: decode_proxy(L, tape); break;
    case CLUA_OPEN_PROXY: decode_open_proxy(L, tape); break;
    }
    return true;
}

int clua_decode_all(lua_State *L) {
    int count = 0;
    while (clua_decode(L, &clua_of(L)->to_script)) count += 1;
    return count;
}
