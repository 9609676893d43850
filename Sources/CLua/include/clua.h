#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// One Lua 5.4 state with an allow list of globals, a memory cap and a CPU budget.
//
// lua.h is not included on purpose: a Lua error is a longjmp, and a host that cannot call anything that raises can never be jumped over.
// The host's handler only leaves its answer on a tape; pushing and raising is done here after it has returned. Unless a comment says
// otherwise a function belongs to the one thread that uses the state, and none of them blocks.

typedef struct clua clua;

/// A request to stop that any thread may raise.
typedef struct clua_flag clua_flag;

/// What one state may use.
typedef struct clua_limits {
    /// Bytes of all Lua values together.
    size_t memory;
    /// Bytes of the longest text.
    size_t text;
    /// Nanoseconds of this thread's CPU time between two waits.
    int64_t run;
    /// Whether two states that do the same end the same: `pairs` goes by the order of keys and random numbers by the seed.
    bool is_repeatable;
    uint32_t seed;
} clua_limits;

/// What stands on a tape.
typedef enum clua_kind {
    CLUA_NIL,
    CLUA_BOOL,
    CLUA_INTEGER,
    CLUA_NUMBER,
    CLUA_TEXT,
    /// So many values follow.
    CLUA_LIST,
    /// So many pairs of a text and a value follow.
    CLUA_TABLE,
    /// A function the state keeps for the host under a number.
    CLUA_FUNCTION,
    /// A thing of the host in a script's hands: its class, then its number as an integer.
    CLUA_OBJECT,
    /// A problem: its members follow as a CLUA_TABLE with `code` and `sentence`.
    CLUA_PROBLEM,
    /// Host to script only: a function that calls the host's operation; its index follows as an integer.
    CLUA_OPERATION,
    /// Host to script only, as a member of a proxy's table: the member is read and written by index.
    CLUA_ACCESSOR,
    /// Host to script only: a table whose members are looked up; its path as a text and its CLUA_TABLE of members follow.
    CLUA_PROXY,
    /// Host to script only: a table whose names only the host knows; its path as a text follows.
    CLUA_OPEN_PROXY,
} clua_kind;

/// One item of a tape.
typedef struct clua_item {
    clua_kind kind;
    /// The integer, truth value, count, function, class, operation or index.
    int64_t integer;
    double number;
    /// Not terminated; valid until the tape is used again.
    const char *text;
    size_t length;
} clua_item;

/// The operations every host has; its own start at CLUA_FIRST_OPERATION.
enum {
    /// Reads the accessor `index`.
    CLUA_READ,
    /// Writes the accessor `index`; the value is the argument.
    CLUA_WRITE,
    /// Somebody read what a proxy does not have; path and name are the arguments.
    CLUA_MISSING,
    /// Somebody wrote what a proxy does not have, or what is no accessor; path and name are the arguments.
    CLUA_REFUSED,
    /// Reads a name of an open proxy; path and name are the arguments.
    CLUA_READ_NAME,
    /// Writes a name of an open proxy; path, name and value are the arguments.
    CLUA_WRITE_NAME,
    /// Everything in an open proxy as a table, for `pairs`; its path is the argument.
    CLUA_LIST_NAMES,
    /// The text of the module whose name is the argument, for `require`; it may not be answered with a wait.
    CLUA_MODULE,
    CLUA_FIRST_OPERATION = 16,
};

/// What the handler answers.
enum {
    /// Every value on the tape is a result.
    CLUA_RETURN,
    /// The problem on the tape is raised at the line that called.
    CLUA_RAISE,
    /// An argument's number and a text are on the tape: `bad argument #1 to 'every' (text)`.
    CLUA_MISUSE,
    /// The caller waits until clua_resume; only allowed while clua_can_wait says so.
    CLUA_WAIT,
};

/// Carries out an operation: reads arguments with clua_take, leaves results with clua_put_*. Must not call any other function here.
typedef int32_t (*clua_handler)(void *context, int32_t operation, int64_t index);

/// How a run ended.
typedef enum clua_status {
    /// It came to its end; its results can be taken.
    CLUA_DONE,
    /// It waits and goes on with clua_resume.
    CLUA_WAITING,
    /// It raised: a problem or a text and then a traceback can be taken.
    CLUA_FAILED,
    /// It raised because memory ran out; as CLUA_FAILED.
    CLUA_MEMORY,
    /// It used up its CPU time; as CLUA_FAILED. The state runs nothing any more.
    CLUA_OVERRUN,
    /// The flag was raised; as CLUA_FAILED. The state runs nothing any more.
    CLUA_INTERRUPTED,
} clua_status;

/// A lowered flag.
clua_flag *clua_flag_create(void);
/// No state may use the flag any more.
void clua_flag_destroy(clua_flag *flag);
/// Any thread.
void clua_flag_raise(clua_flag *flag);

/// A state whose host is `handler`, or NULL when memory ran out. `wall` gives the seconds since 1970 that `os.time` and `os.date` show.
/// The flag stays the caller's and must outlive the state.
clua *clua_create(
    const clua_limits *limits, clua_flag *flag, clua_handler handler, double (*wall)(void *context), void *context);
void clua_destroy(clua *state);

/// Bytes in use.
size_t clua_memory(const clua *state);
/// Nanoseconds of CPU time of all runs so far.
int64_t clua_cpu(const clua *state);

// MARK: Tapes

/// The next item a script has sent; false at the end.
bool clua_take(clua *state, clua_item *item);
/// Whether something that was put did not fit: nothing of it may be used then.
bool clua_put_is_full(const clua *state);
/// Forgets what was put so far.
void clua_put_clear(clua *state);
/// Puts an item that is a number or starts something; see clua_kind for what has to follow.
void clua_put(clua *state, clua_kind kind, int64_t integer);
void clua_put_number(clua *state, double number);
void clua_put_text(clua *state, const char *text, size_t length);

// MARK: What a script finds

/// Makes the members of the CLUA_TABLE put so far globals. A second CLUA_TABLE of accessors, if there is one, answers names that are not set.
bool clua_set_globals(clua *state);
/// Makes the members of the CLUA_TABLE put so far the methods of objects of a class.
bool clua_set_class(clua *state, int64_t number, const char *name);
/// Makes the members of the CLUA_TABLE put so far the members of `persist`.
bool clua_set_persist(clua *state);
/// When `persist` was used since the last call, puts it where clua_take finds it, as a table or as a text that says why it cannot be kept.
bool clua_take_persist(clua *state);

// MARK: Runs

/// Compiles source text into a function, or 0: then a text can be taken. `name` is what positions show.
int64_t clua_load(clua *state, const char *source, size_t length, const char *name);
/// The function a script keeps in a global, or 0.
int64_t clua_global_function(clua *state, const char *name);
/// Gives up a kept function.
void clua_drop(clua *state, int64_t function);
/// Starts a kept function in a coroutine of its own with the values put as arguments; `thread` names it while it waits.
clua_status clua_start(clua *state, int64_t function, int64_t *thread);
/// Goes on with a waiting coroutine; the values put are what its wait returns.
clua_status clua_resume(clua *state, int64_t thread);
/// Whether the calling coroutine could wait now: not inside a comparator, a gsub callback or a metamethod. For handlers.
bool clua_can_wait(const clua *state);

/// Makes the system's own string library the global `stock`, for tests that compare.
bool clua_set_stock_strings(clua *state);
