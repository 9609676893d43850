#define _GNU_SOURCE
#include <errno.h>
#include <libavutil/time.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "internal.h"

/// Milliseconds the kernel may wait for an acknowledgement before it drops the connection.
enum { unacknowledged_ms = 3000 };

struct cmed_publisher {
    AVFormatContext *format;
    AVStream *stream;
    AVPacket *packet;
    char scheme[16];
    /// The URL without its credentials.
    char target[1024];
    int port;
    /// The connection's socket; libavformat's, only looked at and pinged. -1: not known.
    int fd;
    int pings;
    int64_t first_pts;
    bool has_begun;
    bool is_announced;
    bool is_closing;
    /// Whether the interrupt callback ended the call in progress: libavformat calls such a write a success.
    bool was_interrupted;
    _Atomic bool is_cancelled;
    /// On `av_gettime_relative`, in µs.
    int64_t deadline;
};

static int interrupt(void *opaque) {
    cmed_publisher *p = opaque;
    bool cancelled = atomic_load(&p->is_cancelled) && !p->is_closing;
    if (!cancelled && av_gettime_relative() <= p->deadline) return 0;
    p->was_interrupted = true;
    return 1;
}

static void begin(cmed_publisher *p, int timeout_ms) {
    p->deadline = av_gettime_relative() + timeout_ms * INT64_C(1000);
    p->was_interrupted = false;
}

static int finish(const cmed_publisher *p, int status) {
    if (atomic_load(&p->is_cancelled)) return -ECANCELED;
    if (p->was_interrupted) return -ETIMEDOUT;
    return status < 0 ? status : 0;
}

// MARK: Preparing

static int default_port(const char *scheme) {
    if (strcmp(scheme, "rtsp") == 0) return 554;
    if (strcmp(scheme, "rtsps") == 0) return 322;
    if (strcmp(scheme, "rtmp") == 0) return 1935;
    if (strcmp(scheme, "rtmps") == 0) return 443;
    return 0;
}

static const char *muxer_for(const char *scheme) {
    if (strncmp(scheme, "rtsp", 4) == 0) return "rtsp";
    if (strncmp(scheme, "rtmp", 4) == 0) return "flv";
    if (strcmp(scheme, "srt") == 0 || strcmp(scheme, "tcp") == 0 || strcmp(scheme, "udp") == 0) return "mpegts";
    return NULL;
}

static void take_apart(cmed_publisher *p, const char *url) {
    char host[256], path[512];
    av_url_split(p->scheme, sizeof p->scheme, NULL, 0, host, sizeof host, &p->port, path, sizeof path, url);
    if (p->port <= 0) p->port = default_port(p->scheme);
    bool is_v6 = strchr(host, ':') != NULL;
    snprintf(p->target, sizeof p->target, "%s://%s%s%s:%d%s", p->scheme, is_v6 ? "[" : "", host, is_v6 ? "]" : "", p->port, path);
}

int cmed_publisher_create(const char *url, const cmed_stream *stream, cmed_publisher **publisher) {
    cmed_prepare();
    cmed_publisher *p = calloc(1, sizeof *p);
    if (!p) return -ENOMEM;
    p->fd = -1;
    take_apart(p, url);
    int status = avformat_alloc_output_context2(&p->format, NULL, muxer_for(p->scheme), url);
    if (status == AVERROR(EINVAL)) status = AVERROR_MUXER_NOT_FOUND;
    if (status >= 0) {
        p->format->interrupt_callback = (AVIOInterruptCB){interrupt, p};
        p->format->flags |= AVFMT_FLAG_FLUSH_PACKETS;
        p->packet = av_packet_alloc();
        status = p->packet ? cmed_describe(p->format, stream, &p->stream) : -ENOMEM;
    }
    if (status < 0) {
        cmed_publisher_destroy(p, 0);
        return status;
    }
    *publisher = p;
    return 0;
}

// MARK: Connecting

static void watch_socket(cmed_publisher *p, const cmed_sockets *before) {
    if (p->port <= 0) return;
    p->fd = cmed_sockets_find_new(before, p->port);
    if (p->fd < 0) return;
    unsigned limit = unacknowledged_ms;
    setsockopt(p->fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
}

static int announce(cmed_publisher *p) {
    if (!(p->format->oformat->flags & AVFMT_NOFILE)) {
        int status = avio_open2(&p->format->pb, p->format->url, AVIO_FLAG_WRITE, &p->format->interrupt_callback, NULL);
        if (status < 0) return status;
    }
    AVDictionary *options = NULL;
    if (strncmp(p->scheme, "rtsp", 4) == 0) {
        av_dict_set(&options, "rtsp_transport", "tcp", 0);
        // Room for a packet in one Ethernet frame; MediaMTX complains about larger ones.
        av_dict_set(&options, "pkt_size", "1400", 0);
    }
    int status = avformat_write_header(p->format, &options);
    // From here on only av_write_trailer closes the connection, whatever else is wrong.
    p->is_announced = status >= 0;
    if (status >= 0 && av_dict_count(options) > 0) status = AVERROR_OPTION_NOT_FOUND;
    av_dict_free(&options);
    return status;
}

int cmed_publisher_connect(cmed_publisher *p, int timeout_ms) {
    cmed_sockets before;
    int status = cmed_sockets_take(&before);
    begin(p, timeout_ms);
    if (status == 0) status = announce(p);
    if (status >= 0) watch_socket(p, &before);
    cmed_sockets_free(&before);
    return finish(p, status);
}

// MARK: Writing

int cmed_publisher_write(cmed_publisher *p, const cmed_packet *packet, int timeout_ms) {
    begin(p, timeout_ms);
    int status = av_packet_ref(p->packet, (const AVPacket *)packet);
    if (status < 0) return status;
    if (!p->has_begun) {
        p->first_pts = p->packet->pts;
        p->has_begun = true;
    }
    p->packet->pts = p->packet->dts = p->packet->pts - p->first_pts;
    p->packet->stream_index = 0;
    av_packet_rescale_ts(p->packet, (AVRational){1, CMED_CLOCK}, p->stream->time_base);
    status = av_write_frame(p->format, p->packet);
    av_packet_unref(p->packet);
    return finish(p, status);
}

int cmed_publisher_socket(const cmed_publisher *p, cmed_socket *state) {
    return p->fd < 0 ? -ENOTSUP : cmed_socket_read(p->fd, state);
}

int cmed_publisher_ping(cmed_publisher *p) {
    // Between two writes the interleaved stream is whole, so a request fits in; inside TLS it would not. The muxer reads the answer
    // before its next write and ignores the number.
    if (p->fd < 0 || strcmp(p->scheme, "rtsp") != 0) return -ENOTSUP;
    char request[sizeof p->target + 64];
    int size = snprintf(request, sizeof request, "OPTIONS %s RTSP/1.0\r\nCSeq: %d\r\n\r\n", p->target, 10000 + p->pings++);
    ssize_t sent = send(p->fd, request, (size_t)size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) return -errno;
    // Half a request would garble the stream.
    return sent == size ? 0 : -EPIPE;
}

void cmed_publisher_cancel(cmed_publisher *p) { atomic_store(&p->is_cancelled, true); }

void cmed_publisher_destroy(cmed_publisher *p, int timeout_ms) {
    p->is_closing = true;
    begin(p, timeout_ms);
    if (p->is_announced) av_write_trailer(p->format);
    if (p->format && !(p->format->oformat->flags & AVFMT_NOFILE)) avio_closep(&p->format->pb);
    avformat_free_context(p->format);
    av_packet_free(&p->packet);
    free(p);
}
