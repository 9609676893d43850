#define _POSIX_C_SOURCE 200809L

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "internal.h"

enum {
    /// Instructions between two looks at the clock: a few microseconds.
    USUAL_INTERVAL = CLUA_STEPS,
    /// The same while large blocks are about, and while long texts are: see memory.c.
    CAREFUL_INTERVAL = 20,
    LONG_TEXT_INTERVAL = 4,
    /// Memory beyond the limit for the words about a run that was stopped.
    REPORT_RESERVE = 64 << 10,
};

static int64_t read_clock(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void on_count(lua_State *L, lua_Debug *where);

void clua_arm(clua *c, lua_State *L) {
    int interval = USUAL_INTERVAL;
    if (c->large_blocks) interval = CAREFUL_INTERVAL;
    if (c->long_text_count) interval = LONG_TEXT_INTERVAL;
    if (c->killed || c->is_short) interval = 1;
    // Setting a hook visits every frame of the stack.
    if (lua_gethookcount(L) != interval) lua_sethook(L, on_count, LUA_MASKCOUNT, interval);
}

/// The time a run is charged with: the thread's, or where one thread does nothing else the monotonic one, which takes no system call.
static int64_t read_cpu(const clua *c) { return read_clock(c->limits.is_repeatable ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID); }

void clua_run_begin(clua *c) {
    c->cpu_begin = c->cpu_start = read_cpu(c);
    c->last_look = read_clock(CLOCK_MONOTONIC);
    c->next_look = c->last_look + c->limits.run;
    c->has_stalled = false;
    c->is_short = false;
    c->steps = 0;
    c->host_wait = false;
    c->chain_can_wait = true;
    c->closing = 0;
}

void clua_run_end(clua *c) {
    c->running = NULL;
    c->cpu_total += read_cpu(c) - c->cpu_begin;
}

/// A virtual machine that was held up charges the time to the thread that ran. Between two looks next to nothing happens, so a jump of
/// nearly the whole limit is that, or one very long instruction: it is forgiven once in a run.
static void forgive_stall(clua *c, int64_t now) {
    int64_t jump = now - c->last_look;
    c->last_look = now;
    if (c->has_stalled || jump < c->limits.run * 4 / 5) return;
    c->has_stalled = true;
    c->cpu_start += jump;
    c->next_look += jump;
}

/// Whether the run has to end now, and why.
static clua_status verdict(clua *c) {
    if (atomic_load_explicit(&c->flag->raised, memory_order_relaxed)) return CLUA_INTERRUPTED;
    // The thread's own clock is a system call; it cannot have passed the limit before the wall clock has.
    int64_t now = read_clock(CLOCK_MONOTONIC);
    forgive_stall(c, now);
    if (now < c->next_look) return CLUA_DONE;
    int64_t left = c->limits.run - (read_cpu(c) - c->cpu_start);
    if (left <= 0) return CLUA_OVERRUN;
    c->next_look = now + left;
    return CLUA_DONE;
}

static void append_trace(clua *c, const char *text) {
    if (!c->trace && !(c->trace = calloc(1, CLUA_TRACE))) return;
    size_t used = strlen(c->trace), room = CLUA_TRACE - 1 - used, length = strlen(text);
    if (length > room) length = room;
    memcpy(c->trace + used, text, length);
    c->trace[used + length] = 0;
}

static int write_trace(lua_State *L) {
    lua_State *co = lua_touserdata(L, 1);
    clua_push_trace(L, co);
    append_trace(clua_of(L), lua_tostring(L, -1));
    return 0;
}

/// Notes where a coroutine is; the coroutines that resumed it add themselves on the way out.
static void note(lua_State *L) {
    clua *c = clua_of(L);
    if (c->trace) append_trace(c, "\nresumed from\n");
    // A stack that is full has no room for the words; then they are left out.
    if (!lua_checkstack(L, 10)) return;
    lua_pushcfunction(L, write_trace);
    lua_pushlightuserdata(L, L);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK) lua_pop(L, 1);
}

static void kill(lua_State *L, clua_status why) {
    clua *c = clua_of(L);
    c->killed = why;
    c->reserve = REPORT_RESERVE;
    note(L);
}

const char *clua_killed_words(const clua *c) {
    return c->killed == CLUA_INTERRUPTED ? "the script was stopped" : "the run used up its CPU time";
}

int clua_leave(lua_State *L) {
    clua_arm(clua_of(L), L);
    if (lua_isyieldable(L)) return lua_yield(L, 0);
    return luaL_error(L, "%s", clua_killed_words(clua_of(L)));
}

static void on_count(lua_State *L, lua_Debug *where) {
    (void)where;
    clua *c = clua_of(L);
    if (!c->killed) {
        c->steps = 0;
        clua_status why = verdict(c);
        if (why == CLUA_DONE) {
            clua_arm(c, L);
            return;
        }
        kill(L, why);
    }
    clua_leave(L);
}

void clua_look(lua_State *L) {
    clua *c = clua_of(L);
    c->steps = 0;
    clua_status why = c->killed ? c->killed : verdict(c);
    if (why == CLUA_DONE) return;
    if (!c->killed) kill(L, why);
    // Inside a C function a yield would need a continuation; the hook yields at the next instruction if a pcall catches this.
    clua_arm(c, L);
    luaL_error(L, "%s", clua_killed_words(c));
}

clua_flag *clua_flag_create(void) { return calloc(1, sizeof(clua_flag)); }

void clua_flag_destroy(clua_flag *flag) { free(flag); }

void clua_flag_raise(clua_flag *flag) { atomic_store_explicit(&flag->raised, true, memory_order_relaxed); }
