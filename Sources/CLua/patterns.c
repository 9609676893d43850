#define _GNU_SOURCE

#include "patterns.h"

#include <ctype.h>
#include <string.h>

// find, match, gmatch and gsub over our own matcher; plain searches go to memmem, which is linear.

/// Bytes of plain search or copying that count as one step.
enum { PLAIN_BYTES = 64 };

static clua_matcher matcher(lua_State *L, const char *text, size_t length, const char *pattern_end) {
    return (clua_matcher){.L = L, .text = text, .text_end = text + length, .pattern_end = pattern_end};
}

/// Tries the pattern anew at another place.
static const char *attempt(clua_matcher *m, const char *s, const char *pattern) {
    m->captures = 0;
    m->depth = 0;
    return clua_match(m, s, pattern);
}

/// Where to begin, from a position that may count from the end; beyond the text by one at most, or false.
static bool start_offset(lua_State *L, int index, size_t length, size_t *offset) {
    lua_Integer position = luaL_optinteger(L, index, 1);
    if (position > 0) *offset = (size_t)position - 1;
    else if (position == 0 || position < -(lua_Integer)length) *offset = 0;
    else *offset = length - (size_t)(-position);
    return *offset <= length;
}

static bool is_plain(const char *pattern, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (pattern[i] && strchr("^$*+?.([%-", pattern[i])) return false;
    }
    return true;
}

static int find_plain(lua_State *L, const char *text, size_t length, const char *wanted, size_t wanted_length, size_t offset) {
    clua_charge(L, (length - offset) / PLAIN_BYTES);
    const char *found = memmem(text + offset, length - offset, wanted, wanted_length);
    if (!found) return luaL_pushfail(L), 1;
    lua_pushinteger(L, found - text + 1);
    lua_pushinteger(L, found - text + (lua_Integer)wanted_length);
    return 2;
}

static int search(lua_State *L, bool is_find) {
    size_t length, pattern_length, offset;
    const char *text = luaL_checklstring(L, 1, &length), *pattern = luaL_checklstring(L, 2, &pattern_length);
    if (!start_offset(L, 3, length, &offset)) return luaL_pushfail(L), 1;
    if (is_find && (lua_toboolean(L, 4) || is_plain(pattern, pattern_length))) {
        return find_plain(L, text, length, pattern, pattern_length, offset);
    }
    clua_matcher m = matcher(L, text, length, pattern + pattern_length);
    bool is_anchored = *pattern == '^';
    pattern += is_anchored;
    for (const char *s = text + offset; s <= m.text_end; s++) {
        const char *end = attempt(&m, s, pattern);
        if (end && !is_find) return clua_push_captures(&m, s, end);
        if (end) {
            lua_pushinteger(L, s - text + 1);
            lua_pushinteger(L, end - text);
            return clua_push_captures(&m, NULL, NULL) + 2;
        }
        if (is_anchored) break;
    }
    return luaL_pushfail(L), 1;
}

static int find(lua_State *L) { return search(L, true); }

static int match(lua_State *L) { return search(L, false); }

// MARK: gmatch

enum { TEXT = lua_upvalueindex(1), PATTERN = lua_upvalueindex(2), NEXT = lua_upvalueindex(3), LAST_END = lua_upvalueindex(4) };

static int next_match(lua_State *L) {
    size_t length, pattern_length;
    const char *text = lua_tolstring(L, TEXT, &length), *pattern = lua_tolstring(L, PATTERN, &pattern_length);
    clua_matcher m = matcher(L, text, length, pattern + pattern_length);
    lua_Integer last_end = lua_tointeger(L, LAST_END);
    for (const char *s = text + lua_tointeger(L, NEXT); s <= m.text_end; s++) {
        const char *end = attempt(&m, s, pattern);
        // An empty match where the last one ended is the same place twice.
        if (!end || end - text == last_end) continue;
        lua_pushinteger(L, end - text);
        lua_copy(L, -1, NEXT);
        lua_replace(L, LAST_END);
        return clua_push_captures(&m, s, end);
    }
    return 0;
}

static int gmatch(lua_State *L) {
    size_t length, offset;
    luaL_checklstring(L, 1, &length);
    luaL_checkstring(L, 2);
    if (!start_offset(L, 3, length, &offset)) offset = length + 1;
    lua_settop(L, 2);
    lua_pushinteger(L, (lua_Integer)offset);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, next_match, 4);
    return 1;
}

// MARK: gsub

/// Adds the replacement text with its `%1` filled in.
static void add_template(clua_matcher *m, luaL_Buffer *all, const char *s, const char *end) {
    size_t length;
    lua_State *L = m->L;
    const char *p = lua_tolstring(L, 3, &length), *stop = p + length;
    m->steps += length / PLAIN_BYTES + 1;
    for (; p < stop; p++) {
        if (*p != '%') {
            luaL_addchar(all, *p);
            continue;
        }
        p += 1;
        if (p < stop && *p == '%') {
            luaL_addchar(all, '%');
        } else if (p < stop && *p == '0') {
            luaL_addlstring(all, s, (size_t)(end - s));
        } else if (p < stop && isdigit((unsigned char)*p)) {
            clua_push_capture(m, *p - '1', s, end);
            luaL_tolstring(L, -1, NULL);
            lua_remove(L, -2);
            luaL_addvalue(all);
        } else {
            luaL_error(L, "invalid use of '%%' in replacement string");
        }
    }
}

/// Adds what stands for one match; false when that is the match itself.
static bool add_replacement(clua_matcher *m, luaL_Buffer *all, const char *s, const char *end) {
    lua_State *L = m->L;
    switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        lua_call(L, clua_push_captures(m, s, end), 1);
        break;
    case LUA_TTABLE:
        clua_push_capture(m, 0, s, end);
        lua_gettable(L, 3);
        break;
    default:
        add_template(m, all, s, end);
        return true;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(all, s, (size_t)(end - s));
        return false;
    }
    if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(all);
    return true;
}

static int gsub(lua_State *L) {
    size_t length, pattern_length;
    const char *text = luaL_checklstring(L, 1, &length), *pattern = luaL_checklstring(L, 2, &pattern_length);
    int type = lua_type(L, 3);
    luaL_argexpected(
        L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3, "string/function/table");
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)length + 1), count = 0;
    clua_matcher m = matcher(L, text, length, pattern + pattern_length);
    bool is_anchored = *pattern == '^', is_changed = false;
    pattern += is_anchored;
    luaL_Buffer all;
    luaL_buffinit(L, &all);
    const char *s = text, *last_end = NULL;
    while (count < most) {
        const char *end = attempt(&m, s, pattern);
        if (end && end != last_end) {
            count += 1;
            is_changed |= add_replacement(&m, &all, s, end);
            s = last_end = end;
        } else if (s < m.text_end) {
            luaL_addchar(&all, *s++);
        } else {
            break;
        }
        if (is_anchored) break;
    }
    luaL_addlstring(&all, s, (size_t)(m.text_end - s));
    luaL_pushresult(&all);
    if (!is_changed) lua_pushvalue(L, 1);
    lua_pushinteger(L, count);
    return 2;
}

void clua_guard_patterns(lua_State *L) {
    static const luaL_Reg own[] = {{"find", find}, {"match", match}, {"gmatch", gmatch}, {"gsub", gsub}, {NULL, NULL}};
    luaL_setfuncs(L, own, 0);
}
