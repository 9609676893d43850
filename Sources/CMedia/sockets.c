// libavformat tells nobody which socket its RTSP muxer uses. It is found by what it is: a TCP socket that was not there before the
// connection was made and whose peer has the URL's port. When another thread connected to the same port meanwhile there are two such
// sockets, neither is taken, and the publisher goes without (deadlines on each write still guard it).
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "internal.h"

/// The inode of a socket, 0 for anything else.
static uint64_t inode_of(int fd) {
    struct stat status;
    return fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode) ? status.st_ino : 0;
}

static int next_socket(DIR *folder, uint64_t *inode) {
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        int fd = atoi(entry->d_name);
        if ((*inode = inode_of(fd))) return fd;
    }
    return -1;
}

int cmed_sockets_take(cmed_sockets *sockets) {
    *sockets = (cmed_sockets){0};
    DIR *folder = opendir("/proc/self/fd");
    if (!folder) return -errno;
    int status = 0;
    size_t room = 0;
    for (uint64_t inode; status == 0 && next_socket(folder, &inode) >= 0;) {
        if (sockets->count == room) {
            room = room ? room * 2 : 64;
            uint64_t *larger = realloc(sockets->inodes, room * sizeof *larger);
            if (!larger) {
                status = -ENOMEM;
                break;
            }
            sockets->inodes = larger;
        }
        sockets->inodes[sockets->count++] = inode;
    }
    closedir(folder);
    return status;
}

void cmed_sockets_free(cmed_sockets *sockets) { free(sockets->inodes); }

static bool contains(const cmed_sockets *sockets, uint64_t inode) {
    for (size_t i = 0; i < sockets->count; i++) {
        if (sockets->inodes[i] == inode) return true;
    }
    return false;
}

static bool is_tcp_to(int fd, int port) {
    int protocol = 0;
    socklen_t size = sizeof protocol;
    if (getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &size) < 0 || protocol != IPPROTO_TCP) return false;
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
        struct sockaddr_storage room;
    } peer;
    size = sizeof peer;
    if (getpeername(fd, &peer.any, &size) < 0) return false;
    if (peer.any.sa_family == AF_INET) return ntohs(peer.v4.sin_port) == port;
    return peer.any.sa_family == AF_INET6 && ntohs(peer.v6.sin6_port) == port;
}

int cmed_sockets_find_new(const cmed_sockets *before, int port) {
    DIR *folder = opendir("/proc/self/fd");
    if (!folder) return -1;
    int found = -1, count = 0;
    uint64_t inode;
    for (int fd; (fd = next_socket(folder, &inode)) >= 0;) {
        if (contains(before, inode) || !is_tcp_to(fd, port)) continue;
        found = fd;
        count++;
    }
    closedir(folder);
    return count == 1 ? found : -1;
}

int cmed_socket_read(int fd, cmed_socket *state) {
    struct tcp_info info = {0};
    socklen_t size = sizeof info;
    int unsent = 0;
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0) return -errno;
    if (ioctl(fd, SIOCOUTQ, &unsent) < 0) return -errno;
    enum { established = 1 };  // TCP_ESTABLISHED: <netinet/tcp.h> has the name but lacks the byte counters of struct tcp_info
    *state = (cmed_socket){
        .is_open = info.tcpi_state == established,
        .unsent = (uint64_t)unsent,
        .acknowledged = info.tcpi_bytes_acked,
        .received = info.tcpi_bytes_received,
    };
    return 0;
}
