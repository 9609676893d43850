#pragma once

#include <lauxlib.h>
#include <lua.h>
#include <stdatomic.h>

#include "clua.h"
#include "tape.h"

struct clua_flag {
    atomic_bool raised;
};

/// As many texts of 64 KiB as fit into 32 MiB; what comes on top is only counted as large.
enum { CLUA_LONG_TEXTS = 512, CLUA_TRACE = 4096 };

struct clua {
    lua_State *main;
    clua_limits limits;
    clua_flag *flag;
    clua_handler handler;
    double (*wall)(void *context);
    void *context;

    // Memory: see memory.c.
    size_t used;
    size_t reserve;
    size_t large_blocks;
    size_t long_text_count;
    /// Room for CLUA_LONG_TEXTS, made when there is the first one.
    const void **long_texts;
    bool is_short;

    // CPU time: see budget.c.
    lua_State *running;
    int64_t cpu_begin;
    int64_t cpu_start;
    int64_t cpu_total;
    int64_t last_look;
    int64_t next_look;
    bool has_stalled;
    size_t steps;
    clua_status killed;
    /// Where it was when it was killed, CLUA_TRACE bytes; NULL as long as it was not, as for most.
    char *trace;

    // Waits: see coroutines.c.
    bool host_wait;
    bool chain_can_wait;
    bool can_wait;
    int closing;

    clua_tape from_script;
    clua_tape to_script;
    int64_t last_function;
    int64_t functions_before_call;
    int64_t last_thread;
    bool persist_used;
};

/// The state's keeper; the allocator's user data, which every coroutine shares.
static inline clua *clua_of(lua_State *L) {
    void *keeper;
    lua_getallocf(L, &keeper);
    return keeper;
}

// memory.c
void *clua_allocate(void *keeper, void *block, size_t old_size, size_t new_size);

// budget.c
/// How much one C call may do between two looks at the clock, in units of about one instruction.
enum { CLUA_STEPS = 1000 };
void clua_run_begin(clua *c);
void clua_run_end(clua *c);
/// Sets the hook of a coroutine as often as the state needs it now.
void clua_arm(clua *c, lua_State *L);
/// Looks at the clock and the flag; raises when the run is over.
void clua_look(lua_State *L);
/// Adds work done in C; now and then looks at the clock. May raise.
static inline void clua_charge(lua_State *L, size_t steps) {
    clua *c = clua_of(L);
    c->steps += steps;
    if (c->steps >= CLUA_STEPS) clua_look(L);
}
/// Leaves a coroutine of a killed state: yields where that is possible, since pcall cannot catch a yield; otherwise raises.
int clua_leave(lua_State *L);
/// The words of a killed run.
const char *clua_killed_words(const clua *c);

// trace.c
/// Pushes where a coroutine is, the innermost frames first.
void clua_push_trace(lua_State *L, lua_State *co);

// bridge.c
/// Appends the value at `index` to the tape; NULL, or what is wrong with it.
const char *clua_encode(lua_State *L, int index, clua_tape *tape, int depth);
/// Pushes the next value of the tape; false at its end.
bool clua_decode(lua_State *L, clua_tape *tape);
/// Pushes every value left on the tape to the script and says how many.
int clua_decode_all(lua_State *L);
/// Raises the problem on the tape to the script, with the position of the calling line.
int clua_raise_problem(lua_State *L);
/// Whether the value at `index` is a problem.
bool clua_is_problem(lua_State *L, int index);

// host.c
/// Empties the tapes for a call of the host.
void clua_begin_call(lua_State *L);
/// Calls the host with what is on the tape from the script, and returns or raises what it answers.
int clua_call_host(lua_State *L, int32_t operation, int64_t index);
void clua_push_operation(lua_State *L, int32_t operation, int64_t index);

// repeatable.c
/// Makes what the globals at 1 do the same in every run.
void clua_make_repeatable(lua_State *L);

// functions.c
int64_t clua_keep(lua_State *L, int index);
void clua_push_kept(lua_State *L, int64_t function);
void clua_drop_kept(lua_State *L, int64_t function);

// proxy.c
/// Wraps the table of members on top of the stack into a proxy that is known by `path`.
void clua_push_proxy(lua_State *L, const char *path);
/// Pushes a proxy whose names only the host knows.
void clua_push_open_proxy(lua_State *L, const char *path);
/// Lets the table at `index` look names up in the table of members on top of the stack, which is popped.
void clua_set_fallback(lua_State *L, int index);

// objects.c
void clua_push_object(lua_State *L, int64_t class, int64_t number);
/// The class of the object at `index`, or -1 when it is none; its number in `number`.
int64_t clua_to_object(lua_State *L, int index, int64_t *number);

// coroutines.c
/// Flags of a coroutine, kept in its extra space, which a new one has zeroed.
enum { CLUA_IS_HANDLER = 1, CLUA_IS_WAITING = 2 };
static inline uintptr_t *clua_marks(lua_State *L) { return lua_getextraspace(L); }
/// Waits for clua_resume; what it hands over is returned.
int clua_wait(lua_State *L);
/// Closes a coroutine: its `__close` methods run. The error, if there is one, is on its stack.
int clua_close_coroutine(lua_State *L, lua_State *co);
void clua_open_coroutines(lua_State *L);

// persist.c
void clua_open_persist(lua_State *L);
void clua_push_persist(lua_State *L);

// load.c
int clua_load_function(lua_State *L);
/// As lua_load, for text only and within the budget.
int clua_parse(lua_State *L, const char *bytes, size_t length, const char *name);

// modules.c
int clua_require(lua_State *L);

// sandbox.c
void clua_open_sandbox(lua_State *L);
// basics.c, strings.c, patterns.c, tables.c: each replaces what needs a guard in the library on top of the stack.
void clua_open_basics(lua_State *L);
void clua_open_os(lua_State *L);
void clua_guard_strings(lua_State *L);
void clua_guard_patterns(lua_State *L);
void clua_guard_tables(lua_State *L);
