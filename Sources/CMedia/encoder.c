#include <errno.h>
#include <libavutil/opt.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

struct cmed_encoder {
    AVCodecContext *context;
    AVFrame *frame;
    /// SPS and PPS, taken from the first key frame where the codec does not tell them beforehand.
    uint8_t *header;
    size_t header_size;
    cmed_packet *waiting;
};

static int is_x264(const AVCodecContext *context) { return strcmp(context->codec->name, "libx264") == 0; }

static void set_rate(AVCodecContext *context, int64_t bitrate) {
    context->bit_rate = bitrate;
    // A buffer of half a second keeps a key frame from swamping a thin uplink; libx264 follows a new bitrate only with these set.
    context->rc_max_rate = bitrate;
    context->rc_buffer_size = (int)(bitrate / 2);
}

static void describe(AVCodecContext *context, const cmed_encoder_settings *settings) {
    context->width = settings->width;
    context->height = settings->height;
    context->pix_fmt = settings->format == CMED_NV12 ? AV_PIX_FMT_NV12 : AV_PIX_FMT_YUV420P;
    context->time_base = (AVRational){1, CMED_CLOCK};
    context->framerate = (AVRational){settings->rate_frames, settings->rate_seconds};
    context->gop_size = settings->gop;
    context->max_b_frames = 0;
    context->thread_count = settings->threads;
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    context->color_range = AVCOL_RANGE_MPEG;
    context->color_primaries = AVCOL_PRI_BT709;
    context->color_trc = AVCOL_TRC_BT709;
    context->colorspace = AVCOL_SPC_BT709;
    set_rate(context, settings->bitrate);
}

static int open_codec(AVCodecContext *context) {
    AVDictionary *options = NULL;
    if (is_x264(context)) {
        av_dict_set(&options, "preset", "ultrafast", 0);
        av_dict_set(&options, "tune", "zerolatency", 0);
        av_dict_set(&options, "profile", "baseline", 0);
        av_dict_set(&options, "forced-idr", "1", 0);
    }
    int status = avcodec_open2(context, context->codec, &options);
    // libav ignores what it does not know; an encoder without zerolatency would be no use to anybody.
    if (status >= 0 && av_dict_count(options) > 0) status = AVERROR_OPTION_NOT_FOUND;
    av_dict_free(&options);
    return status < 0 ? status : 0;
}

int cmed_encoder_create(const cmed_encoder_settings *settings, cmed_encoder **encoder) {
    cmed_prepare();
    const AVCodec *codec = avcodec_find_encoder_by_name(settings->codec);
    if (!codec) return -ENOENT;
    cmed_encoder *e = calloc(1, sizeof *e);
    if (!e) return -ENOMEM;
    e->context = avcodec_alloc_context3(codec);
    e->frame = av_frame_alloc();
    int status = -ENOMEM;
    if (e->context && e->frame) {
        describe(e->context, settings);
        status = open_codec(e->context);
    }
    // What libavcodec says when none of the V4L2 devices is an encoder, or none for this size.
    if (status == AVERROR(EINVAL) && strstr(codec->name, "v4l2m2m")) status = -ENODEV;
    if (status < 0) {
        cmed_encoder_destroy(e);
        return status;
    }
    *encoder = e;
    return 0;
}

void cmed_encoder_destroy(cmed_encoder *e) {
    if (e->waiting) cmed_packet_destroy(e->waiting);
    avcodec_free_context(&e->context);
    av_frame_free(&e->frame);
    free(e->header);
    free(e);
}

int cmed_encoder_set_bitrate(cmed_encoder *e, int64_t bitrate) {
    if (!is_x264(e->context)) return -ENOTSUP;
    set_rate(e->context, bitrate);
    return 0;
}

int cmed_encoder_send(cmed_encoder *e, const cmed_picture *picture, int64_t pts, int force_key, cmed_release release, void *owner) {
    AVFrame *frame = e->frame;
    // With a reference in buf[0] libavcodec holds on to the memory; without one it would copy the picture first.
    frame->buf[0] = av_buffer_create(picture->planes[0], picture->size, release, owner, AV_BUFFER_FLAG_READONLY);
    if (!frame->buf[0]) {
        release(owner, picture->planes[0]);
        return -ENOMEM;
    }
    for (int i = 0; i < 3; i++) {
        frame->data[i] = picture->planes[i];
        frame->linesize[i] = picture->strides[i];
    }
    frame->width = e->context->width;
    frame->height = e->context->height;
    frame->format = e->context->pix_fmt;
    frame->color_range = e->context->color_range;
    frame->pts = pts;
    frame->pict_type = force_key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    int status = avcodec_send_frame(e->context, frame);
    av_frame_unref(frame);
    return status;
}

/// The next start code at or after `from`, or `end`.
static const uint8_t *next_start(const uint8_t *from, const uint8_t *end) {
    for (; from + 3 <= end; from++) {
        if (from[0] == 0 && from[1] == 0 && from[2] == 1) return from;
    }
    return end;
}

/// Copies the SPS and PPS of a key frame into the header.
static int learn_header(cmed_encoder *e, const AVPacket *packet) {
    const uint8_t *end = packet->data + packet->size;
    uint8_t *header = malloc((size_t)packet->size);
    if (!header) return -ENOMEM;
    size_t size = 0;
    for (const uint8_t *unit = next_start(packet->data, end); unit < end;) {
        const uint8_t *next = next_start(unit + 3, end);
        int type = unit + 3 < end ? unit[3] & 31 : 0;
        if (type == 7 || type == 8) {
            memcpy(header + size, unit, (size_t)(next - unit));
            size += (size_t)(next - unit);
        }
        unit = next;
    }
    e->header = header;
    e->header_size = size;
    return 0;
}

int cmed_encoder_receive(cmed_encoder *e, cmed_packet **packet) {
    if (!e->waiting) e->waiting = (cmed_packet *)av_packet_alloc();
    if (!e->waiting) return -ENOMEM;
    AVPacket *p = cmed_av(e->waiting);
    int status = avcodec_receive_packet(e->context, p);
    if (status < 0) return status;
    p->time_base = e->context->time_base;
    if (!e->context->extradata && !e->header && (p->flags & AV_PKT_FLAG_KEY)) status = learn_header(e, p);
    if (status < 0) return status;
    *packet = e->waiting;
    e->waiting = NULL;
    return 0;
}

int cmed_encoder_header(const cmed_encoder *e, const uint8_t **data, size_t *size) {
    *data = e->context->extradata ? e->context->extradata : e->header;
    *size = e->context->extradata ? (size_t)e->context->extradata_size : e->header_size;
    return *data && *size > 0 ? 0 : -ENODATA;
}
