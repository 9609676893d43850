#include "planes.h"

#include <errno.h>
#include <libavutil/pixfmt.h>
#include <libswscale/swscale.h>
#include <stdlib.h>
#include <turbojpeg.h>

struct cjpeg_developer {
    tjhandle compressor;
    struct SwsContext *scaler;
    /// The picture as it was taken.
    planes taken;
    /// A part of it in another size.
    planes scaled;
    region compressed;
    region row;
};

int cjpeg_open(cjpeg_developer **developer) {
    *developer = calloc(1, sizeof **developer);
    if (!*developer) return -ENOMEM;
    (*developer)->compressor = tjInitCompress();
    if ((*developer)->compressor) return 0;
    free(*developer);
    *developer = NULL;
    return -ENOMEM;
}

void cjpeg_close(cjpeg_developer *developer) {
    if (!developer) return;
    sws_freeContext(developer->scaler);
    region_release(&developer->taken.memory);
    region_release(&developer->scaled.memory);
    region_release(&developer->compressed);
    region_release(&developer->row);
    tjDestroy(developer->compressor);
    free(developer);
}

int cjpeg_take(cjpeg_developer *developer, const cjpeg_picture *picture) {
    developer->taken.width = 0;
    int status = planes_reserve(&developer->taken, picture->width, picture->height);
    if (status < 0) return status;
    status = region_reserve(&developer->row, (size_t)(picture->width + 1) * sizeof(int16_t));
    if (status < 0) return status;
    planes_convert(&developer->taken, picture, (int16_t *)developer->row.base);
    return 0;
}

/// Scales a part of the picture that was taken.
static int scale(cjpeg_developer *developer, const cjpeg_frame *frame, const uint8_t *const *data) {
    int status = planes_reserve(&developer->scaled, frame->out_width, frame->out_height);
    if (status < 0) return status;
    // Both sides are called the same, so that colours stay as they are.
    developer->scaler = sws_getCachedContext(
        developer->scaler, frame->width, frame->height, AV_PIX_FMT_YUV420P, frame->out_width, frame->out_height, AV_PIX_FMT_YUV420P,
        frame->is_quick ? SWS_BILINEAR : SWS_BICUBIC, NULL, NULL, NULL);
    if (!developer->scaler) return -EINVAL;
    status = sws_scale(
        developer->scaler, data, developer->taken.strides, 0, frame->height, developer->scaled.data, developer->scaled.strides);
    return status < 0 ? -EINVAL : 0;
}

/// What follows the start of the image and the JFIF segment that turbojpeg writes.
static cjpeg_bytes after_head(const uint8_t *bytes, size_t count) {
    size_t head = 2;
    if (count > 6 && bytes[2] == 0xff && bytes[3] == 0xe0) head += 2 + ((size_t)bytes[4] << 8 | bytes[5]);
    return (cjpeg_bytes){bytes + head, count - head};
}

static int compress(
    cjpeg_developer *developer, const cjpeg_frame *frame, const uint8_t **data, const int *strides, cjpeg_bytes *bytes) {
    unsigned long size = tjBufSize(frame->out_width, frame->out_height, TJSAMP_420);
    int status = region_reserve(&developer->compressed, size);
    if (status < 0) return status;
    unsigned char *target = developer->compressed.base;
    status = tjCompressFromYUVPlanes(
        developer->compressor, data, frame->out_width, strides, frame->out_height, TJSAMP_420, &target, &size, frame->quality,
        TJFLAG_NOREALLOC);
    if (status != 0) return -EIO;
    *bytes = after_head(target, size);
    return 0;
}

int cjpeg_develop(cjpeg_developer *developer, const cjpeg_frame *frame, cjpeg_bytes *bytes) {
    const planes *taken = &developer->taken;
    bool is_inside = frame->left >= 0 && frame->top >= 0 && frame->width > 0 && frame->height > 0
        && frame->left + frame->width <= taken->width && frame->top + frame->height <= taken->height;
    if (!is_inside || frame->left % 2 != 0 || frame->top % 2 != 0 || frame->out_width < 1 || frame->out_height < 1) return -EINVAL;
    const uint8_t *data[4] = {NULL};
    for (int plane = 0; plane < 3; plane++) {
        int half = plane == 0 ? 1 : 2;
        data[plane] = taken->data[plane] + (ptrdiff_t)(frame->top / half) * taken->strides[plane] + frame->left / half;
    }
    if (frame->width == frame->out_width && frame->height == frame->out_height) {
        return compress(developer, frame, data, taken->strides, bytes);
    }
    int status = scale(developer, frame, data);
    if (status < 0) return status;
    const uint8_t *scaled[3] = {developer->scaled.data[0], developer->scaled.data[1], developer->scaled.data[2]};
    return compress(developer, frame, scaled, developer->scaled.strides, bytes);
}
