#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum { buffer_size = 64 << 10 };

struct cmed_muxer {
    AVFormatContext *format;
    AVStream *stream;
    AVPacket *packet;
    /// What was written since the last call began; grows to the largest fragment and stays.
    uint8_t *bytes;
    size_t size;
    size_t room;
};

#if LIBAVFORMAT_VERSION_MAJOR >= 61
typedef const uint8_t written;
#else
typedef uint8_t written;
#endif

/// Takes what libavformat writes; a fragment larger than its buffer comes in pieces.
static int collect(void *opaque, written *data, int size) {
    cmed_muxer *m = opaque;
    size_t needed = m->size + (size_t)size;
    if (needed > m->room) {
        size_t room = needed + needed / 2;
        uint8_t *larger = realloc(m->bytes, room);
        if (!larger) return -ENOMEM;
        m->bytes = larger;
        m->room = room;
    }
    memcpy(m->bytes + m->size, data, (size_t)size);
    m->size = needed;
    return size;
}

static int open_output(cmed_muxer *m) {
    uint8_t *buffer = av_malloc(buffer_size);
    if (!buffer) return -ENOMEM;
    m->format->pb = avio_alloc_context(buffer, buffer_size, 1, m, NULL, collect, NULL);
    if (!m->format->pb) {
        av_free(buffer);
        return -ENOMEM;
    }
    return 0;
}

/// Hands out what was collected; an error while it was written counts, though libavformat may have gone on.
static int give(cmed_muxer *m, int status, cmed_bytes *bytes) {
    avio_flush(m->format->pb);
    if (status >= 0) status = m->format->pb->error;
    if (status < 0) return status;
    *bytes = (cmed_bytes){.data = m->bytes, .size = m->size};
    return 0;
}

static int write_header(cmed_muxer *m, cmed_bytes *bytes) {
    AVDictionary *options = NULL;
    // A fragment ends when it is asked to (frag_every_frame keeps each one back until the next frame). The times stay those of the
    // packets by frag_discont and without avoid_negative_ts. A table of all fragments would grow without skip_trailer.
    m->format->avoid_negative_ts = 0;
    av_dict_set(&options, "movflags", "frag_custom+empty_moov+default_base_moof+frag_discont+skip_trailer", 0);
    av_dict_set(&options, "use_editlist", "0", 0);
    int status = avformat_write_header(m->format, &options);
    if (status >= 0 && av_dict_count(options) > 0) status = AVERROR_OPTION_NOT_FOUND;
    av_dict_free(&options);
    return give(m, status, bytes);
}

int cmed_muxer_create(const cmed_stream *stream, cmed_muxer **muxer, cmed_bytes *bytes) {
    cmed_prepare();
    cmed_muxer *m = calloc(1, sizeof *m);
    if (!m) return -ENOMEM;
    m->packet = av_packet_alloc();
    int status = m->packet ? avformat_alloc_output_context2(&m->format, NULL, "mp4", NULL) : -ENOMEM;
    if (status >= 0) status = open_output(m);
    if (status >= 0) status = cmed_describe(m->format, stream, &m->stream);
    if (status >= 0) status = write_header(m, bytes);
    if (status < 0) {
        cmed_muxer_destroy(m);
        return status;
    }
    *muxer = m;
    return 0;
}

int cmed_muxer_write(cmed_muxer *m, const cmed_packet *packet, int64_t duration, cmed_bytes *bytes) {
    m->size = 0;
    int status = av_packet_ref(m->packet, (const AVPacket *)packet);
    if (status < 0) return status;
    m->packet->dts = m->packet->pts;
    m->packet->duration = duration;
    m->packet->stream_index = 0;
    av_packet_rescale_ts(m->packet, (AVRational){1, CMED_CLOCK}, m->stream->time_base);
    status = av_write_frame(m->format, m->packet);
    av_packet_unref(m->packet);
    // A frame of NULL ends the fragment.
    if (status >= 0) status = av_write_frame(m->format, NULL);
    return give(m, status, bytes);
}

void cmed_muxer_destroy(cmed_muxer *m) {
    if (m->format && m->format->pb) {
        av_freep(&m->format->pb->buffer);
        avio_context_free(&m->format->pb);
    }
    avformat_free_context(m->format);
    av_packet_free(&m->packet);
    free(m->bytes);
    free(m);
}
