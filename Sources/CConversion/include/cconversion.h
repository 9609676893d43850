#pragma once

/// Converts camera pictures of formats that no encoder takes (packed RGB and YUV, Motion JPEG) into NV12, by libswscale and libavcodec.
///
/// Functions return 0 or a negative status. A converter belongs to one thread at a time.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cconv_converter cconv_converter;

/// Where an NV12 picture goes: two planes with the same stride, of the converter's size.
typedef struct cconv_target {
    uint8_t *luma;
    uint8_t *chroma;
    int stride;
} cconv_target;

/// Whether a format can be converted, by libcamera's name for it, such as `BGR888` or `MJPEG`.
bool cconv_takes(const char *format);

/// Makes a converter for pictures of a size; `stride` is the bytes from one row to the next of the first plane.
int cconv_open(const char *format, int width, int height, int stride, cconv_converter **converter);

/// Frees a converter; NULL is fine.
void cconv_close(cconv_converter *converter);

/// Converts a picture to BT.709 limited range; `bytes` is the length of the first plane, which Motion JPEG needs.
int cconv_convert(
    cconv_converter *converter, const uint8_t *const *planes, size_t plane_count, size_t bytes, const cconv_target *target);
