// A stand-in for /dev/udmabuf, for kernels without any dma-buf allocator: libcamera's virtual pipeline allocates its buffers there.
//
//   cc -shared -fPIC -O2 -Wall -Wextra -Werror -o fake-udmabuf.so Tests/Rigs/fake-udmabuf.c
//   LD_PRELOAD=$PWD/fake-udmabuf.so cam -l
//
// The "dma-buf" is the caller's own memfd, which maps, seeks and closes as one does. Where the kernel has the device, the device answers.
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/dma-buf.h>
#include <linux/udmabuf.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef int open_function(const char *, int, ...);
typedef int ioctl_function(int, unsigned long, ...);

// Both the pretended device and its buffers are memfds, which answer to F_GET_SEALS; nothing else does.
static bool is_memfd(int fd) {
    int before = errno;
    bool is = fcntl(fd, F_GET_SEALS) >= 0;
    errno = before;
    return is;
}

static int open_or_pretend(const char *name, const char *path, int flags, mode_t mode) {
    open_function *next = (open_function *)dlsym(RTLD_NEXT, name);
    int fd = next(path, flags, mode);
    if (fd < 0 && (errno == ENOENT || errno == ENODEV || errno == ENXIO) && path && strcmp(path, "/dev/udmabuf") == 0)
        return memfd_create("fake-udmabuf", MFD_CLOEXEC);
    return fd;
}

static mode_t mode_of(int flags, va_list arguments) {
    return __OPEN_NEEDS_MODE(flags) ? va_arg(arguments, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_or_pretend("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_or_pretend("open64", path, flags, mode);
}

// Refuses what the kernel's udmabuf would refuse, and an offset, which a memfd alone cannot stand for.
static int create(const struct udmabuf_create *wanted) {
    struct stat status;
    int seals = fcntl(wanted->memfd, F_GET_SEALS);
    long page = sysconf(_SC_PAGESIZE);
    if (seals < 0 || !(seals & F_SEAL_SHRINK) || (seals & F_SEAL_WRITE) || fstat(wanted->memfd, &status) != 0 || wanted->size == 0
        || wanted->size % page != 0 || wanted->offset != 0 || wanted->size != (unsigned long long)status.st_size) {
        errno = EINVAL;
        return -1;
    }
    return fcntl(wanted->memfd, wanted->flags & UDMABUF_FLAGS_CLOEXEC ? F_DUPFD_CLOEXEC : F_DUPFD, 0);
}

int ioctl(int fd, unsigned long request, ...) {
    va_list arguments;
    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);

    // Asked of the kernel first: only what it does not know is answered here.
    ioctl_function *next = (ioctl_function *)dlsym(RTLD_NEXT, "ioctl");
    int result = next(fd, request, argument);
    if (result >= 0 || errno != ENOTTY || !is_memfd(fd)) return result;
    if (request == UDMABUF_CREATE) return create(argument);
    if (request == DMA_BUF_IOCTL_SYNC) return 0; // ordinary memory needs no flush
    return result;
}
