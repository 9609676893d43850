#include <string.h>

#include "internal.h"

// Functions of the string library that would otherwise run for long without an instruction in between.

static int repeat(lua_State *L) {
    size_t length, gap;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer count = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &gap);
    size_t limit = clua_of(L)->limits.text;
    if (count <= 0 || length + gap == 0) return lua_pushliteral(L, ""), 1;
    if ((lua_Unsigned)count > limit || length + gap > limit / (size_t)count) return luaL_error(L, "resulting string too large");
    size_t total = (length + gap) * (size_t)count - gap;
    clua_charge(L, total / 64);
    luaL_Buffer all;
    char *bytes = luaL_buffinitsize(L, &all, total + gap);
    memcpy(bytes, text, length);
    memcpy(bytes + length, separator, gap);
    // Each copy doubles what is there.
    for (size_t done = length + gap; done < total;) {
        size_t more = done < total - done ? done : total - done;
        memcpy(bytes + done, bytes, more);
        done += more;
    }
    luaL_pushresultsize(&all, total);
    return 1;
}

/// Calls the library's own function of that name with all arguments.
static int call_stock(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

static int format(lua_State *L) {
    enum { MOST_ARGUMENTS = 250, LONGEST_FORMAT = 64 << 10, LONGEST_QUOTED = 64 << 10 };
    size_t length, quoted = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    int count = lua_gettop(L);
    luaL_argcheck(L, length <= LONGEST_FORMAT, 1, "format is too long");
    if (count > MOST_ARGUMENTS) return luaL_error(L, "too many arguments to 'format'");
    for (int i = 2; i <= count; i++) quoted += lua_rawlen(L, i);
    // Quoting writes some control characters with sprintf, one at a time.
    if (quoted > LONGEST_QUOTED && memchr(text, 'q', length)) return luaL_error(L, "text is too long to be quoted");
    clua_charge(L, length + quoted / 64 + (size_t)count * 10);
    return call_stock(L);
}

/// Refuses formats of pack and unpack that name sizes no script needs.
static int packing(lua_State *L) {
    enum { LONGEST_FORMAT = 1000, LONGEST_NUMBER = 4 };
    size_t length, digits = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    luaL_argcheck(L, length <= LONGEST_FORMAT, 1, "format is too long");
    for (size_t i = 0; i < length; i++) {
        digits = text[i] >= '0' && text[i] <= '9' ? digits + 1 : 0;
        luaL_argcheck(L, digits <= LONGEST_NUMBER, 1, "size in format is too large");
    }
    clua_charge(L, length * 10);
    return call_stock(L);
}

/// Charges for the length of a text that is walked through once.
static int walking(lua_State *L) {
    size_t length = 0;
    luaL_checklstring(L, 1, &length);
    clua_charge(L, length / 16);
    return call_stock(L);
}

static void wrap(lua_State *L, const char *name, lua_CFunction function) {
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

void clua_guard_strings(lua_State *L) {
    lua_pushcfunction(L, repeat);
    lua_setfield(L, -2, "rep");
    wrap(L, "format", format);
    static const char *const packers[] = {"pack", "packsize", "unpack"};
    for (size_t i = 0; i < 3; i++) wrap(L, packers[i], packing);
    static const char *const walkers[] = {"lower", "upper", "reverse"};
    for (size_t i = 0; i < 3; i++) wrap(L, walkers[i], walking);
}
