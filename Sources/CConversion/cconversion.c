#include "cconversion.h"

#include <libavcodec/avcodec.h>
#include <libavutil/imgutils.h>
#include <libswscale/swscale.h>
#include <stdlib.h>
#include <string.h>

struct cconv_converter {
    int width;
    int height;
    int stride;
    enum AVPixelFormat format;
    struct SwsContext *scaler;
    // Of Motion JPEG.
    AVCodecContext *decoder;
    AVPacket *packet;
    AVFrame *frame;
};

// libcamera names formats by the bits of a little-endian word, so that its BGR888 has red in the first byte; libav names the bytes.
static const struct {
    const char *name;
    enum AVPixelFormat format;
} known_formats[] = {
    {"BGR888", AV_PIX_FMT_RGB24},    {"RGB888", AV_PIX_FMT_BGR24},    {"XRGB8888", AV_PIX_FMT_BGR0}, {"XBGR8888", AV_PIX_FMT_RGB0},
    {"ARGB8888", AV_PIX_FMT_BGR0},   {"ABGR8888", AV_PIX_FMT_RGB0},   {"RGB565", AV_PIX_FMT_RGB565LE},
    {"YUYV", AV_PIX_FMT_YUYV422},    {"YVYU", AV_PIX_FMT_YVYU422},    {"UYVY", AV_PIX_FMT_UYVY422},  {"NV21", AV_PIX_FMT_NV21},
    {"NV16", AV_PIX_FMT_NV16},       {"YUV422", AV_PIX_FMT_YUV422P},  {"YUV444", AV_PIX_FMT_YUV444P}, {"R8", AV_PIX_FMT_GRAY8},
};

static const char motion_jpeg[] = "MJPEG";

static enum AVPixelFormat format_named(const char *name) {
    for (size_t index = 0; index < sizeof known_formats / sizeof *known_formats; index++) {
        if (strcmp(known_formats[index].name, name) == 0) return known_formats[index].format;
    }
    return AV_PIX_FMT_NONE;
}

bool cconv_takes(const char *format) { return strcmp(format, motion_jpeg) == 0 || format_named(format) != AV_PIX_FMT_NONE; }

static int open_decoder(cconv_converter *converter) {
    const AVCodec *codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
    if (!codec) return AVERROR_DECODER_NOT_FOUND;
    converter->decoder = avcodec_alloc_context3(codec);
    converter->packet = av_packet_alloc();
    converter->frame = av_frame_alloc();
    if (!converter->decoder || !converter->packet || !converter->frame) return AVERROR(ENOMEM);
    return avcodec_open2(converter->decoder, codec, NULL);
}

int cconv_open(const char *format, int width, int height, int stride, cconv_converter **converter) {
    *converter = NULL;
    if (!cconv_takes(format)) return AVERROR(ENOTSUP);
    cconv_converter *made = calloc(1, sizeof *made);
    if (!made) return AVERROR(ENOMEM);
    made->width = width;
    made->height = height;
    made->stride = stride;
    made->format = format_named(format);
    int status = made->format == AV_PIX_FMT_NONE ? open_decoder(made) : 0;
    if (status < 0) {
        cconv_close(made);
        return status;
    }
    *converter = made;
    return 0;
}

void cconv_close(cconv_converter *converter) {
    if (!converter) return;
    sws_freeContext(converter->scaler);
    avcodec_free_context(&converter->decoder);
    av_packet_free(&converter->packet);
    av_frame_free(&converter->frame);
    free(converter);
}

static int is_full_range(enum AVPixelFormat format) {
    switch (format) {
        case AV_PIX_FMT_YUVJ420P:
        case AV_PIX_FMT_YUVJ422P:
        case AV_PIX_FMT_YUVJ444P: return 1;
        default: return 0;
    }
}

// Cameras that deliver YUV say BT.601 for JPEG (JFIF demands it); plain YUV was asked for as BT.709.
static int scale(
    cconv_converter *converter, enum AVPixelFormat format, int width, int height, const uint8_t *const *data, const int *strides,
    const cconv_target *target) {
    converter->scaler = sws_getCachedContext(
        converter->scaler, width, height, format, converter->width, converter->height, AV_PIX_FMT_NV12, SWS_BILINEAR, NULL, NULL, NULL);
    if (!converter->scaler) return AVERROR(EINVAL);
    int from = is_full_range(format) ? SWS_CS_ITU601 : SWS_CS_ITU709;
    sws_setColorspaceDetails(
        converter->scaler, sws_getCoefficients(from), is_full_range(format), sws_getCoefficients(SWS_CS_ITU709), 0, 0, 1 << 16, 1 << 16);
    uint8_t *planes[4] = {target->luma, target->chroma, NULL, NULL};
    int target_strides[4] = {target->stride, target->stride, 0, 0};
    int status = sws_scale(converter->scaler, data, strides, 0, height, planes, target_strides);
    return status < 0 ? status : 0;
}

static int convert_jpeg(cconv_converter *converter, const uint8_t *bytes, size_t size, const cconv_target *target) {
    // The decoder reads past the end: it gets a padded copy of the compressed picture.
    int status = av_new_packet(converter->packet, (int)size);
    if (status < 0) return status;
    memcpy(converter->packet->data, bytes, size);
    status = avcodec_send_packet(converter->decoder, converter->packet);
    av_packet_unref(converter->packet);
    if (status >= 0) status = avcodec_receive_frame(converter->decoder, converter->frame);
    if (status < 0) return status;
    const AVFrame *frame = converter->frame;
    status = scale(
        converter, frame->format, frame->width, frame->height, (const uint8_t *const *)frame->data, frame->linesize, target);
    av_frame_unref(converter->frame);
    return status;
}

int cconv_convert(
    cconv_converter *converter, const uint8_t *const *planes, size_t plane_count, size_t bytes, const cconv_target *target) {
    if (plane_count == 0) return AVERROR(EINVAL);
    if (converter->decoder) return convert_jpeg(converter, planes[0], bytes, target);
    uint8_t *data[4];
    int strides[4];
    // Lengths of rows and planes as libav has them for this format, then the camera's own stride.
    int status = av_image_fill_linesizes(strides, converter->format, converter->width);
    if (status < 0) return status;
    int natural = strides[0];
    for (int plane = 0; plane < 4; plane++) strides[plane] = (int)((int64_t)strides[plane] * converter->stride / natural);
    status = av_image_fill_pointers(data, converter->format, converter->height, (uint8_t *)planes[0], strides);
    if (status < 0) return status;
    for (size_t plane = 1; plane < plane_count && plane < 4; plane++) data[plane] = (uint8_t *)planes[plane];
    return scale(
        converter, converter->format, converter->width, converter->height, (const uint8_t *const *)data, strides, target);
}
