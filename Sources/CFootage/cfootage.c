#include "cfootage.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

// A file that yields this many unreadable packets in a row is broken, not scratched.
enum { most_bad_packets = 500 };

struct cfoot_reader {
    AVFormatContext *format;
    AVCodecContext *codec;
    AVPacket *packet;
    AVFrame *frame;
    struct SwsContext *scaler;
    int stream;
    int is_draining;
    int has_frame;
    // Time of the last frame, and of the first one of the file, in seconds.
    double seconds;
    double first;
};

static void be_quiet(void) { av_log_set_level(AV_LOG_QUIET); }

static int open_codec(cfoot_reader *reader, const AVCodec *codec, const AVStream *stream) {
    reader->codec = avcodec_alloc_context3(codec);
    if (!reader->codec) return AVERROR(ENOMEM);
    int status = avcodec_parameters_to_context(reader->codec, stream->codecpar);
    if (status < 0) return status;
    // One thread: decoding shares a small machine with an encoder, and frame threads would add latency to no purpose.
    reader->codec->thread_count = 1;
    reader->codec->pkt_timebase = stream->time_base;
    return avcodec_open2(reader->codec, codec, NULL);
}

static int open_file(cfoot_reader *reader, const char *path) {
    int status = avformat_open_input(&reader->format, path, NULL, NULL);
    if (status < 0) return status;
    status = avformat_find_stream_info(reader->format, NULL);
    if (status < 0) return status;
    const AVCodec *codec = NULL;
    reader->stream = av_find_best_stream(reader->format, AVMEDIA_TYPE_VIDEO, -1, -1, &codec, 0);
    if (reader->stream < 0) return reader->stream;
    for (unsigned index = 0; index < reader->format->nb_streams; index++) {
        if ((int)index != reader->stream) reader->format->streams[index]->discard = AVDISCARD_ALL;
    }
    status = open_codec(reader, codec, reader->format->streams[reader->stream]);
    if (status < 0) return status;
    // Files made of text or subtitles may be taken for video without any pictures in it.
    if (reader->codec->width <= 0 || reader->codec->height <= 0) return AVERROR_INVALIDDATA;
    reader->packet = av_packet_alloc();
    reader->frame = av_frame_alloc();
    return reader->packet && reader->frame ? 0 : AVERROR(ENOMEM);
}

int cfoot_reader_open(const char *path, cfoot_reader **reader) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, be_quiet);
    *reader = NULL;
    cfoot_reader *opened = calloc(1, sizeof *opened);
    if (!opened) return AVERROR(ENOMEM);
    opened->first = -1;
    int status = open_file(opened, path);
    if (status < 0) {
        cfoot_reader_close(opened);
        return status;
    }
    *reader = opened;
    return 0;
}

void cfoot_reader_close(cfoot_reader *reader) {
    if (!reader) return;
    sws_freeContext(reader->scaler);
    av_frame_free(&reader->frame);
    av_packet_free(&reader->packet);
    avcodec_free_context(&reader->codec);
    avformat_close_input(&reader->format);
    free(reader);
}

static double frame_seconds(const cfoot_reader *reader) {
    const AVStream *stream = reader->format->streams[reader->stream];
    AVRational rate = av_guess_frame_rate(reader->format, (AVStream *)stream, NULL);
    return rate.num > 0 && rate.den > 0 ? (double)rate.den / rate.num : 0;
}

void cfoot_reader_about(const cfoot_reader *reader, cfoot_about *about) {
    about->width = reader->codec->width;
    about->height = reader->codec->height;
    about->frame_seconds = frame_seconds(reader);
}

// Feeds the decoder one packet of the video stream. 0, AVERROR_EOF once the file is at its end, or why reading failed.
static int feed(cfoot_reader *reader) {
    int status = av_read_frame(reader->format, reader->packet);
    if (status < 0) {
        // A truncated file ends where it was cut: what was read so far is shown, whatever the demuxer thinks of it.
        reader->is_draining = 1;
        avcodec_send_packet(reader->codec, NULL);
        return 0;
    }
    status = reader->packet->stream_index == reader->stream ? avcodec_send_packet(reader->codec, reader->packet) : 0;
    av_packet_unref(reader->packet);
    return status;
}

static int decode(cfoot_reader *reader) {
    for (int bad = 0; bad < most_bad_packets;) {
        int status = avcodec_receive_frame(reader->codec, reader->frame);
        if (status != AVERROR(EAGAIN)) {
            if (status >= 0 || status == AVERROR_EOF) return status;
            bad++;
        }
        if (reader->is_draining) return AVERROR_EOF;
        if (feed(reader) < 0) bad++;
    }
    return AVERROR_INVALIDDATA;
}

static void keep_time(cfoot_reader *reader) {
    int64_t stamp = reader->frame->best_effort_timestamp;
    double step = frame_seconds(reader);
    double seconds = reader->first < 0 ? 0 : reader->seconds + (step > 0 ? step : 0.04);
    if (stamp != AV_NOPTS_VALUE) {
        double absolute = stamp * av_q2d(reader->format->streams[reader->stream]->time_base);
        if (reader->first < 0) reader->first = absolute < 0 ? 0 : absolute;
        // A stamp that goes back would make time stand still; the frame's nominal place serves then.
        if (absolute - reader->first >= reader->seconds) seconds = absolute - reader->first;
    } else if (reader->first < 0) {
        reader->first = 0;
    }
    reader->seconds = seconds;
}

int cfoot_reader_next(cfoot_reader *reader, double *seconds) {
    int status = decode(reader);
    if (status == AVERROR_EOF) return CFOOT_END;
    reader->has_frame = status >= 0;
    if (status < 0) return status;
    keep_time(reader);
    *seconds = reader->seconds;
    return 0;
}

int cfoot_reader_rewind(cfoot_reader *reader) {
    int status = avformat_seek_file(reader->format, -1, INT64_MIN, INT64_MIN, INT64_MAX, 0);
    // Raw streams have no index to seek by, but every file can be read from its first byte.
    if (status < 0) status = av_seek_frame(reader->format, reader->stream, 0, AVSEEK_FLAG_BYTE | AVSEEK_FLAG_BACKWARD);
    if (status < 0) return status;
    avcodec_flush_buffers(reader->codec);
    reader->is_draining = 0;
    reader->seconds = 0;
    reader->first = -1;
    return 0;
}

// Points at the samples of a rectangle of the frame; the corner is moved to where all planes have a sample.
static int place(const AVFrame *frame, const cfoot_crop *crop, const uint8_t *data[4], int *width, int *height) {
    const AVPixFmtDescriptor *format = av_pix_fmt_desc_get(frame->format);
    if (!format) return AVERROR(EINVAL);
    int is_whole = crop->x == 0 && crop->y == 0;
    // Formats in which bits or blocks hold several pixels cannot be entered in the middle.
    if (!is_whole && (format->flags & (AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL))) return AVERROR(ENOSYS);
    int x = crop->x >> format->log2_chroma_w << format->log2_chroma_w;
    int y = crop->y >> format->log2_chroma_h << format->log2_chroma_h;
    if (x < 0 || y < 0 || x >= frame->width || y >= frame->height) return AVERROR(EINVAL);
    for (int plane = 0; plane < 4; plane++) data[plane] = frame->data[plane];
    for (int part = 0; part < format->nb_components; part++) {
        int plane = format->comp[part].plane;
        int is_chroma = (part == 1 || part == 2) && !(format->flags & AV_PIX_FMT_FLAG_RGB);
        int column = is_chroma ? x >> format->log2_chroma_w : x;
        int row = is_chroma ? y >> format->log2_chroma_h : y;
        data[plane] = frame->data[plane] + (ptrdiff_t)row * frame->linesize[plane] + (ptrdiff_t)column * format->comp[part].step;
    }
    *width = FFMIN(crop->width, frame->width - x);
    *height = FFMIN(crop->height, frame->height - y);
    return *width > 0 && *height > 0 ? 0 : AVERROR(EINVAL);
}

// The deprecated "J" formats mean the same as the plain ones with full range, which is said separately below.
static enum AVPixelFormat plain(enum AVPixelFormat format) {
    switch (format) {
        case AV_PIX_FMT_YUVJ420P: return AV_PIX_FMT_YUV420P;
        case AV_PIX_FMT_YUVJ422P: return AV_PIX_FMT_YUV422P;
        case AV_PIX_FMT_YUVJ444P: return AV_PIX_FMT_YUV444P;
        case AV_PIX_FMT_YUVJ440P: return AV_PIX_FMT_YUV440P;
        default: return format;
    }
}

static int is_full_range(const AVFrame *frame) {
    return frame->color_range == AVCOL_RANGE_JPEG || plain(frame->format) != (enum AVPixelFormat)frame->format;
}

// Video that does not say is BT.601 when small and BT.709 when large, as players have it.
static int matrix(const AVFrame *frame) {
    if (frame->colorspace != AVCOL_SPC_UNSPECIFIED && frame->colorspace != AVCOL_SPC_RGB) return frame->colorspace;
    return frame->height >= 720 ? SWS_CS_ITU709 : SWS_CS_ITU601;
}

int cfoot_reader_scale(cfoot_reader *reader, const cfoot_crop *crop, const cfoot_target *target) {
    if (!reader->has_frame) return AVERROR(EINVAL);
    const AVFrame *frame = reader->frame;
    const uint8_t *data[4];
    int width, height;
    int status = place(frame, crop, data, &width, &height);
    if (status < 0) return status;
    reader->scaler = sws_getCachedContext(
        reader->scaler, width, height, plain(frame->format), target->width, target->height, AV_PIX_FMT_NV12, SWS_BILINEAR, NULL, NULL, NULL);
    if (!reader->scaler) return AVERROR(EINVAL);
    sws_setColorspaceDetails(
        reader->scaler, sws_getCoefficients(matrix(frame)), is_full_range(frame), sws_getCoefficients(SWS_CS_ITU709), 0, 0, 1 << 16, 1 << 16);
    uint8_t *planes[4] = {target->luma, target->chroma, NULL, NULL};
    int strides[4] = {target->stride, target->stride, 0, 0};
    status = sws_scale(reader->scaler, data, frame->linesize, 0, height, planes, strides);
    return status < 0 ? status : 0;
}

void cfoot_describe(int status, char *text, size_t size) {
    if (av_strerror(status, text, size) < 0 && size > 0) text[0] = 0;
}
