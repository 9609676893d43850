#pragma once

/// Starts the process again in place when a library ends it: same pid, same arguments, same environment, and a document that says how
/// it was. libcamera aborts on its own assertions, such as when a driver is unbound, and nothing in the process can stop that.
///
/// The fatal signals (SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP) are caught on any thread. A thread that was made beforehand
/// writes one line to stderr, lets every descriptor be closed except those that the parent handed over and the document's, and executes `/proc/self/exe`: the very
/// binary that runs, also when another one was installed in its place meanwhile (a document is read by the program that wrote it).
/// From the signal to there nothing allocates, locks or reads the environment.
///
/// Not survived: a stack overflow on a thread without a signal stack of its own, which is every thread unless somebody gave it one; and a
/// thread that hangs in a driver, since the kernel waits for every thread before it executes anything.

#include <stddef.h>

/// So many times a process starts itself again within `CRES_SECONDS`; the next signal does what it does without all this.
#define CRES_RESTARTS 5
#define CRES_SECONDS 60

/// What the process that was here before left behind.
typedef struct cres_legacy {
    /// The descriptor of its document, closed on exec; -1 when there is none. It stays open: it is handed on if this process ends before
    /// its own first `cres_keep`.
    int document;
    /// The signal that ended it; 0 at a normal start.
    int signal;
    /// How often the process has started itself again within `CRES_SECONDS`, this time included.
    int restarts;
} cres_legacy;

/// Catches the fatal signals from now on, and takes `LUNETA_RESUME` out of the environment. Called once, early, while nobody else reads
/// the environment; `argv` is copied. 0, or a negative errno: nothing is caught then. `*legacy` is always filled in.
int cres_arm(int argc, char *const argv[], cres_legacy *legacy);

/// Makes these bytes the document that is handed on. It lies in memory that only this process and what it executes can see, never half
/// written. 0, or a negative errno: the document before stays. One thread at a time; does not block.
int cres_keep(const void *bytes, size_t length);

/// Gives the signals back to whoever had them: from here on an end is an end. Any thread.
void cres_disarm(void);

/// The name of a fatal signal, such as `SIGABRT`; `a signal` for any other.
const char *cres_signal_name(int signal);
