#include <string.h>

#include "internal.h"

// Coroutines that wait for the host, by number, so that the collector leaves them alone.
static const char threads_key = 0;

static void push_threads(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &threads_key) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &threads_key);
}

enum {
    /// Bytes of an error's text that are reported.
    LONGEST_MESSAGE = 4096,
};

typedef struct run {
    int64_t function;
    int64_t thread;
    clua_status status;
} run;

// MARK: The report of a failed run

static void put_kill_trace(clua *c) {
    const char *trace = c->trace ? c->trace : "";
    clua_tape_put_text(&c->from_script, trace, strlen(trace));
}

static void put_trace(lua_State *L, lua_State *co) {
    clua *c = clua_of(L);
    if (c->killed) {
        put_kill_trace(c);
        return;
    }
    clua_push_trace(L, co);
    size_t length;
    const char *trace = lua_tolstring(L, -1, &length);
    clua_tape_put_text(&c->from_script, trace, length);
}

static int to_text(lua_State *L) {
    luaL_tolstring(L, 1, NULL);
    return 1;
}

/// Replaces the error value on top by text. Its `__tostring` is the script's code and runs within what is left of the budget.
static void make_text(lua_State *L) {
    clua *c = clua_of(L);
    lua_State *writer = lua_newthread(L);
    *clua_marks(writer) |= CLUA_IS_HANDLER;
    c->running = writer;
    c->chain_can_wait = false;
    lua_pushcfunction(writer, to_text);
    lua_pushvalue(L, -2);
    lua_xmove(L, writer, 1);
    int results;
    bool is_written = lua_resume(writer, L, 1, &results) == LUA_OK && lua_type(writer, -1) == LUA_TSTRING;
    c->running = L;
    if (is_written) lua_xmove(writer, L, 1);
    else lua_pushfstring(L, "an error value that is a %s", luaL_typename(L, -2));
    lua_replace(L, -3);
    lua_pop(L, 1);
}

static void report(lua_State *L, lua_State *co) {
    clua_tape *tape = &clua_of(L)->from_script;
    clua_tape_clear(tape);
    // The coroutine's own stack may be full.
    lua_pushvalue(co, -1);
    lua_xmove(co, L, 1);
    if (clua_is_problem(L, -1)) {
        clua_tape_put(tape, CLUA_PROBLEM, 0);
        if (!clua_encode(L, -1, tape, 0)) return put_trace(L, co);
        clua_tape_clear(tape);
    }
    make_text(L);
    size_t length;
    const char *text = lua_tolstring(L, -1, &length);
    clua_tape_put_text(tape, text, length < LONGEST_MESSAGE ? length : LONGEST_MESSAGE);
    put_trace(L, co);
}

static void report_kill(lua_State *L) {
    clua *c = clua_of(L);
    clua_tape_clear(&c->from_script);
    const char *words = clua_killed_words(c);
    clua_tape_put_text(&c->from_script, words, strlen(words));
    put_trace(L, L);
}

// MARK: Runs

static void put_results(lua_State *co, int count) {
    clua_tape *tape = &clua_of(co)->from_script;
    clua_tape_clear(tape);
    int first = lua_gettop(co) - count + 1;
    for (int i = first; i < first + count; i++) {
        size_t start = tape->length;
        // A function that nobody calls again is not kept, only named; so is what cannot be carried.
        const char *what = lua_isfunction(co, i) ? "a function" : clua_encode(co, i, tape, 0);
        lua_settop(co, first + count - 1);
        if (!what) continue;
        tape->length = start;
        tape->is_full = false;
        clua_tape_put_text(tape, what, strlen(what));
    }
}

static void forget_thread(lua_State *L, run *r) {
    if (!r->thread) return;
    push_threads(L);
    lua_pushnil(L);
    lua_rawseti(L, -2, r->thread);
    lua_pop(L, 1);
}

static void keep_thread(lua_State *L, run *r, int coroutine) {
    if (r->thread) return;
    push_threads(L);
    lua_pushvalue(L, coroutine);
    lua_rawseti(L, -2, ++clua_of(L)->last_thread);
    lua_pop(L, 1);
    r->thread = clua_of(L)->last_thread;
}

/// Pushes the coroutine of a run; a new one has its function on its stack.
static lua_State *push_coroutine(lua_State *L, run *r) {
    if (r->thread) {
        push_threads(L);
        lua_rawgeti(L, -1, r->thread);
        lua_remove(L, -2);
        return lua_tothread(L, -1);
    }
    lua_State *co = lua_newthread(L);
    *clua_marks(co) |= CLUA_IS_HANDLER;
    clua_push_kept(L, r->function);
    lua_xmove(L, co, 1);
    return co;
}

static void finish(lua_State *L, lua_State *co, run *r, int status, int results) {
    clua *c = clua_of(L);
    if (!c->killed && status == LUA_YIELD) {
        keep_thread(L, r, 2);
        r->status = CLUA_WAITING;
        return;
    }
    if (!c->killed && status == LUA_OK) {
        put_results(co, results);
        forget_thread(L, r);
        r->status = CLUA_DONE;
        return;
    }
    if (!c->killed) {
        r->status = status == LUA_ERRMEM ? CLUA_MEMORY : CLUA_FAILED;
        report(L, co);
        c->chain_can_wait = false;
        clua_close_coroutine(L, co);
        forget_thread(L, r);
    }
    if (c->killed) {
        r->status = c->killed;
        report_kill(L);
    }
}

/// Runs inside lua_pcall, so that running out of memory here is an error like any other.
static int run_protected(lua_State *L) {
    run *r = lua_touserdata(L, 1);
    clua *c = clua_of(L);
    lua_State *co = push_coroutine(L, r);
    if (!co) return luaL_error(L, "there is no such coroutine");
    int count = clua_decode_all(L);
    if (!lua_checkstack(co, count)) return luaL_error(L, "too many arguments");
    lua_xmove(L, co, count);
    clua_arm(c, co);
    c->running = co;
    int results = 0, status = lua_resume(co, L, count, &results);
    c->running = L;
    // The words about a failure need some memory even when there is none left.
    c->reserve = status == LUA_OK || status == LUA_YIELD ? 0 : 64 << 10;
    finish(L, co, r, status, results);
    c->reserve = 0;
    return 0;
}

static clua_status perform(clua *c, run *r) {
    clua_run_begin(c);
    lua_pushcfunction(c->main, run_protected);
    lua_pushlightuserdata(c->main, r);
    int status = lua_pcall(c->main, 1, 0, 0);
    if (status != LUA_OK) {
        r->status = c->killed ? c->killed : status == LUA_ERRMEM ? CLUA_MEMORY : CLUA_FAILED;
        const char *words = lua_type(c->main, -1) == LUA_TSTRING ? lua_tostring(c->main, -1) : "the run failed";
        clua_tape_clear(&c->from_script);
        clua_tape_put_text(&c->from_script, words, strlen(words));
        put_kill_trace(c);
    }
    lua_settop(c->main, 0);
    c->reserve = 0;
    clua_run_end(c);
    return r->status;
}

clua_status clua_start(clua *c, int64_t function, int64_t *thread) {
    run r = {.function = function};
    clua_status status = perform(c, &r);
    *thread = r.thread;
    return status;
}

clua_status clua_resume(clua *c, int64_t thread) {
    run r = {.thread = thread};
    return perform(c, &r);
}
