#define _GNU_SOURCE
#include "crestart.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1U << 2)
#endif

// LUNETA_RESUME=descriptor:signal:time,time,time,time,time with fields of fixed width, so that they are filled in where they stand.
// Times are milliseconds of the monotonic clock, which an exec does not touch; the oldest is first.
#define NAME "LUNETA_RESUME="
#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
enum { DESCRIPTOR_DIGITS = 10, SIGNAL_DIGITS = 2, TIME_DIGITS = 15 };
enum { FIELDS = DESCRIPTOR_DIGITS + 1 + SIGNAL_DIGITS + CRES_RESTARTS * (1 + TIME_DIGITS) };
enum { STACK_BYTES = 256 << 10 };

// A descriptor that the parent handed over, with what it was: its number may be something else by the time it counts.
struct handed {
    int fd;
    dev_t device;
    ino_t inode;
};
enum { HANDED = 64 };

static const int fatal[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
enum { FATAL = sizeof fatal / sizeof *fatal };

// All that is needed after the signal, ready beforehand.
static struct {
    bool is_ready;
    char **argv;
    char **environment;
    char resume[sizeof NAME + FIELDS];
    char path[PATH_MAX];
    int64_t restarts[CRES_RESTARTS];
    sigset_t mask;
    bool was_ignored[NSIG];
    struct sigaction before[FATAL];
    struct handed handed[HANDED];
    int handed_count;
    sem_t wake;
    /// The document's descriptor, -1 before there is one.
    atomic_int document;
    /// The signal that ends the process, 0 as long as it lives.
    atomic_int ending;
} our = {.document = -1};

static int64_t now_milliseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int recent_restarts(int64_t now) {
    int count = 0;
    for (int i = 0; i < CRES_RESTARTS; i++) {
        if (our.restarts[i] > 0 && now - our.restarts[i] < CRES_SECONDS * 1000) count++;
    }
    return count;
}

static char *put_number(char *at, int64_t number, int digits) {
    for (int i = digits - 1; i >= 0; i--, number /= 10) at[i] = (char)('0' + number % 10);
    return at + digits;
}

static const char *get_number(const char *at, int digits, int64_t *number) {
    *number = 0;
    for (int i = 0; i < digits; i++) *number = *number * 10 + (at[i] - '0');
    return at + digits;
}

const char *cres_signal_name(int signal) {
    switch (signal) {
    case SIGABRT: return "SIGABRT";
    case SIGSEGV: return "SIGSEGV";
    case SIGBUS: return "SIGBUS";
    case SIGILL: return "SIGILL";
    case SIGFPE: return "SIGFPE";
    case SIGTRAP: return "SIGTRAP";
    default: return "a signal";
    }
}

// MARK: After the signal: async-signal-safe calls only

static void say(int signal, const char *what) {
    char line[160] = "luneta: ended by ";
    // No longer than the array: the parts are those below.
    strcat(strcat(strcat(line, cres_signal_name(signal)), what), "\n");
    // A pipe that nobody empties must not keep the process from coming back.
    struct pollfd out = {.fd = STDERR_FILENO, .events = POLLOUT};
    if (poll(&out, 1, 0) == 1 && (out.revents & POLLOUT)) (void)!write(STDERR_FILENO, line, strlen(line));
}

/// What the signal does without all this, once the handler has returned: it is blocked until then, so that a core shows the right place.
static void end_by(int signal) {
    sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
    raise(signal);
}

static void leave_only(int document) {
    if (syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC) != 0) {
        struct rlimit limit;
        int end = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 1 << 20 ? (int)limit.rlim_cur : 1 << 20;
        for (int fd = 3; fd < end; fd++) fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    for (int i = 0; i < our.handed_count; i++) {
        const struct handed *handed = &our.handed[i];
        struct stat now;
        if (fstat(handed->fd, &now) != 0 || now.st_dev != handed->device || now.st_ino != handed->inode) continue;
        fcntl(handed->fd, F_SETFD, 0);
    }
    if (document >= 0) fcntl(document, F_SETFD, 0);
}

/// Signals that are ignored stay so over an exec. SIGPIPE stays ignored: the other threads still write to sockets.
static void listen_again(void) {
    for (int signal = 1; signal < NSIG; signal++) {
        struct sigaction action;
        if (signal == SIGPIPE || our.was_ignored[signal] || sigaction(signal, NULL, &action) != 0) continue;
        if (action.sa_handler == SIG_IGN) sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
    }
}

static void fill_in(int document, int signal, int64_t now) {
    memmove(our.restarts, our.restarts + 1, sizeof our.restarts - sizeof *our.restarts);
    our.restarts[CRES_RESTARTS - 1] = now;
    char *at = put_number(our.resume + strlen(NAME), document < 0 ? 0 : document, DESCRIPTOR_DIGITS);
    *at++ = ':';
    at = put_number(at, signal, SIGNAL_DIGITS);
    for (int i = 0; i < CRES_RESTARTS; i++) {
        *at++ = i == 0 ? ':' : ',';
        at = put_number(at, our.restarts[i], TIME_DIGITS);
    }
}

/// Waits for the end, then starts again. A thread of its own, since the new process inherits what its thread has: one of a script has the
/// lowest priority, which nothing could raise again. The fatal signals stay blocked in it: until the successor is armed, one that is sent
/// waits, and a fault of our own ends the process instead of coming back here.
static void *start_again(void *unused) {
    (void)unused;
    while (sem_wait(&our.wake) != 0) {}
    int signal = atomic_load(&our.ending);
    int document = atomic_load(&our.document);
    say(signal, document < 0 ? "; starting again" : "; starting again with the same settings and scripts");
    fill_in(document, signal, now_milliseconds());
    leave_only(document);
    listen_again();
    // What waits and is not fatal, such as SIGTERM, takes effect here.
    pthread_sigmask(SIG_SETMASK, &our.mask, NULL);
    execve("/proc/self/exe", our.argv, our.environment);
    execve(our.path, our.argv, our.environment);
    say(signal, "; it cannot be started again");
    end_by(signal);
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, signal);
    pthread_sigmask(SIG_UNBLOCK, &one, NULL);
    return NULL;
}

/// On the thread that the signal came to, with every signal blocked: a fault in here ends the process.
static void caught(int signal) {
    int alive = 0;
    // Another thread was first; this one ends with the process.
    if (!atomic_compare_exchange_strong(&our.ending, &alive, signal)) {
        while (true) pause();
    }
    if (recent_restarts(now_milliseconds()) >= CRES_RESTARTS) {
        say(signal, " too often; not starting again");
        return end_by(signal);
    }
    sem_post(&our.wake);
    // The exec ends this wait.
    poll(NULL, 0, 5000);
    end_by(signal);
}

// MARK: Before

static void read_legacy(const char *text, cres_legacy *legacy) {
    *legacy = (cres_legacy){.document = -1};
    if (!text || strlen(text) != FIELDS || strspn(text, "0123456789:,") != FIELDS) return;
    int64_t document, signal;
    const char *at = get_number(get_number(text, DESCRIPTOR_DIGITS, &document) + 1, SIGNAL_DIGITS, &signal);
    for (int i = 0; i < CRES_RESTARTS; i++) at = get_number(at + 1, TIME_DIGITS, &our.restarts[i]);
    legacy->signal = (int)signal;
    legacy->restarts = recent_restarts(now_milliseconds());
    // Only what `cres_keep` makes is sealed like this; a number that somebody set by hand is not.
    if (document < 3 || document > INT_MAX || fcntl((int)document, F_GET_SEALS) != SEALS) return;
    legacy->document = (int)document;
    fcntl(legacy->document, F_SETFD, FD_CLOEXEC);
    atomic_store(&our.document, legacy->document);
}

static char **copy_of(char *const *texts, size_t count, size_t room) {
    char **copy = calloc(count + room + 1, sizeof *copy);
    for (size_t i = 0; copy && i < count; i++) {
        if (!(copy[i] = strdup(texts[i]))) return NULL;
    }
    return copy;
}

static size_t length_of(char *const *texts) {
    size_t length = 0;
    while (texts && texts[length]) length++;
    return length;
}

/// A program that was executed by way of `/proc/self/exe` is called `exe` in lists of processes. They show the name of the first thread,
/// which this one need not be.
static void take_name(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    int file = open("/proc/self/comm", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    (void)!write(file, name, strlen(name));
    close(file);
}

/// What is open now and would outlive an exec came from the parent: a supervisor may look whether it is closed to see that we are gone.
/// Of what has no inode of its own nobody could tell later whether it is still the same.
static void remember_handed(void) {
    our.handed_count = 0;
    for (int fd = 3; fd < FD_SETSIZE && our.handed_count < HANDED; fd++) {
        struct stat status;
        int flags = fcntl(fd, F_GETFD);
        if (flags < 0 || (flags & FD_CLOEXEC) || fstat(fd, &status) != 0 || (status.st_mode & S_IFMT) == 0) continue;
        our.handed[our.handed_count++] = (struct handed){.fd = fd, .device = status.st_dev, .inode = status.st_ino};
    }
}

static int start_thread(void) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_attr_t attributes;
    pthread_t thread;
    int status = pthread_attr_init(&attributes);
    if (status != 0) return -status;
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    status = pthread_create(&thread, &attributes, start_again, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return -status;
}

static void remember_signals(void) {
    pthread_sigmask(SIG_SETMASK, NULL, &our.mask);
    for (int i = 0; i < FATAL; i++) sigaddset(&our.mask, fatal[i]);
    for (int signal = 1; signal < NSIG; signal++) {
        struct sigaction action;
        our.was_ignored[signal] = sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
    }
}

static int catch_signals(void) {
    // On the signal stack of those threads that have one.
    struct sigaction action = {.sa_handler = caught, .sa_flags = SA_ONSTACK};
    sigfillset(&action.sa_mask);
    sigset_t ours;
    sigemptyset(&ours);
    for (int i = 0; i < FATAL; i++) {
        sigaction(fatal[i], &action, &our.before[i]);
        sigaddset(&ours, fatal[i]);
    }
    // A successor begins with them blocked; one that was sent meanwhile comes now.
    return -pthread_sigmask(SIG_UNBLOCK, &ours, NULL);
}

int cres_arm(int argc, char *const argv[], cres_legacy *legacy) {
    read_legacy(getenv("LUNETA_RESUME"), legacy);
    unsetenv("LUNETA_RESUME");
    if (legacy->signal && argc > 0) take_name(argv[0]);
    ssize_t length = readlink("/proc/self/exe", our.path, sizeof our.path - 1);
    if (length < 0) return -errno;
    our.argv = copy_of(argv, (size_t)argc, 0);
    // Debian links libcamera with LTTng's tracer, which reads the headers of every library when it is loaded: 25,000 system calls that
    // a process in a hurry can do without.
    setenv("LTTNG_UST_WITHOUT_BADDR_STATEDUMP", "1", 0);
    size_t count = length_of(environ);
    our.environment = copy_of(environ, count, 1);
    if (!our.argv || !our.environment) return -ENOMEM;
    strcpy(our.resume, NAME);
    our.environment[count] = our.resume;
    if (sem_init(&our.wake, 0, 0) != 0) return -errno;
    remember_signals();
    remember_handed();
    int status = start_thread();
    if (status != 0) return status;
    status = catch_signals();
    our.is_ready = status == 0;
    return status;
}

void cres_disarm(void) {
    if (!our.is_ready) return;
    for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &our.before[i], NULL);
}

static int write_all(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno != EINTR) return -errno;
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return fcntl(fd, F_ADD_SEALS, SEALS) == 0 ? 0 : -errno;
}

int cres_keep(const void *bytes, size_t length) {
    int fresh = memfd_create("luneta-resume", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fresh < 0) return -errno;
    int status = write_all(fresh, bytes, length);
    if (status != 0) {
        close(fresh);
        return status;
    }
    int stale = atomic_exchange(&our.document, fresh);
    // First exchanged, then looked: an end that saw the old number shows here, and keeps it open.
    if (stale >= 0 && atomic_load(&our.ending) == 0) close(stale);
    return 0;
}
