#pragma once
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

#include "cmedia.h"

static inline AVPacket *cmed_av(cmed_packet *packet) { return (AVPacket *)packet; }

/// Silences libav, whose messages quote URLs with their passwords, and readies its network code. Any thread, any number of times.
void cmed_prepare(void);

/// Adds the H.264 stream to `format`; its clock is `CMED_CLOCK`. -ENOMEM.
int cmed_describe(AVFormatContext *format, const cmed_stream *stream, AVStream **added);

/// The sockets this process holds at one moment, by inode.
typedef struct {
    uint64_t *inodes;
    size_t count;
} cmed_sockets;

int cmed_sockets_take(cmed_sockets *sockets);
void cmed_sockets_free(cmed_sockets *sockets);

/// Finds the one TCP socket to `port` that was opened since `before` was taken. -1 when there is none or more than one.
int cmed_sockets_find_new(const cmed_sockets *before, int port);

/// Reads what the kernel knows about a TCP socket.
int cmed_socket_read(int fd, cmed_socket *state);
