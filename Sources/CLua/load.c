#include <string.h>

#include "internal.h"

// Compiling: only text, and never for longer than the budget allows. Some programs take the parser very long for their size.

enum {
    /// Bytes of a chunk that a script loads itself.
    LONGEST_CHUNK = 256 << 10,
    /// Bytes the parser gets between two looks at the clock.
    PIECE = 512,
};

typedef struct text {
    const char *bytes;
    size_t left;
} text;

static const char *read_piece(lua_State *L, void *context, size_t *length) {
    text *t = context;
    clua_charge(L, CLUA_STEPS);
    const char *piece = t->bytes;
    *length = t->left < PIECE ? t->left : PIECE;
    t->bytes += *length;
    t->left -= *length;
    return *length ? piece : NULL;
}

int clua_parse(lua_State *L, const char *bytes, size_t length, const char *name) {
    text t = {bytes, length};
    return lua_load(L, read_piece, &t, name, "t");
}

// MARK: The script's own load

/// Calls the function at 1 until it returns nil or nothing, and returns all it handed out.
static int read_all(lua_State *L) {
    luaL_Buffer all;
    luaL_buffinit(L, &all);
    for (;;) {
        lua_pushvalue(L, 1);
        lua_call(L, 0, 1);
        clua_charge(L, CLUA_STEPS / 10);
        size_t length;
        const char *piece = lua_tolstring(L, -1, &length);
        if (!piece && !lua_isnil(L, -1)) luaL_error(L, "reader function must return a string");
        if (!piece || length == 0) break;
        if (luaL_bufflen(&all) + length > LONGEST_CHUNK) luaL_error(L, "chunk is too long");
        luaL_addvalue(&all);
    }
    lua_pop(L, 1);
    luaL_pushresult(&all);
    return 1;
}

static int fail(lua_State *L) {
    luaL_pushfail(L);
    lua_insert(L, -2);
    return 2;
}

int clua_load_function(lua_State *L) {
    const char *mode = luaL_optstring(L, 3, "t");
    bool has_environment = !lua_isnone(L, 4);
    lua_settop(L, 4);
    if (!strchr(mode, 't')) return luaL_argerror(L, 3, "only text chunks can be loaded");
    const char *name = luaL_optstring(L, 2, lua_isstring(L, 1) ? lua_tostring(L, 1) : "=(load)");
    lua_pushstring(L, name);
    name = lua_tostring(L, -1);
    if (!lua_isstring(L, 1)) {
        luaL_checktype(L, 1, LUA_TFUNCTION);
        lua_pushcfunction(L, read_all);
        lua_pushvalue(L, 1);
        if (lua_pcall(L, 1, 1, 0) != LUA_OK) return fail(L);
        lua_replace(L, 1);
    }
    size_t length;
    const char *bytes = lua_tolstring(L, 1, &length);
    luaL_argcheck(L, length <= LONGEST_CHUNK, 1, "chunk is too long");
    if (clua_parse(L, bytes, length, name) != LUA_OK) return fail(L);
    if (has_environment) {
        lua_pushvalue(L, 4);
        if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
    }
    return 1;
}

// MARK: The host's

typedef struct source {
    const char *bytes;
    size_t length;
    const char *name;
    int64_t function;
} source;

static int load_protected(lua_State *L) {
    source *s = lua_touserdata(L, 1);
    lua_pushfstring(L, "=%s", s->name);
    if (clua_parse(L, s->bytes, s->length, lua_tostring(L, -1)) != LUA_OK) return lua_error(L);
    s->function = clua_keep(L, -1);
    return 0;
}

int64_t clua_load(clua *c, const char *bytes, size_t length, const char *name) {
    source s = {bytes, length, name, 0};
    clua_run_begin(c);
    c->running = c->main;
    lua_pushcfunction(c->main, load_protected);
    lua_pushlightuserdata(c->main, &s);
    if (lua_pcall(c->main, 1, 0, 0) != LUA_OK) {
        const char *words = lua_type(c->main, -1) == LUA_TSTRING ? lua_tostring(c->main, -1) : "the script does not load";
        clua_tape_clear(&c->from_script);
        clua_tape_put_text(&c->from_script, words, strlen(words));
    }
    lua_settop(c->main, 0);
    clua_run_end(c);
    return s.function;
}
