#define _DEFAULT_SOURCE

#include "planes.h"

#include <errno.h>
#include <sys/mman.h>

int region_reserve(region *region, size_t size) {
    if (region->size >= size) return 0;
    region_release(region);
    void *mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) return -ENOMEM;
    region->base = mapped;
    region->size = size;
    return 0;
}

void region_release(region *region) {
    if (region->base) munmap(region->base, region->size);
    region->base = NULL;
    region->size = 0;
}

// Rows begin on a cache line. libswscale reads vectors past the last pixel of a row and of the picture.
enum { ALIGNMENT = 64, SLACK = 256 };

int planes_reserve(planes *planes, int width, int height) {
    int stride = (width + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    int chroma_stride = ((width + 1) / 2 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    size_t luma = (size_t)stride * (size_t)height;
    size_t chroma = (size_t)chroma_stride * (size_t)((height + 1) / 2);
    int status = region_reserve(&planes->memory, luma + 2 * chroma + SLACK);
    if (status < 0) return status;
    planes->data[0] = planes->memory.base;
    planes->data[1] = planes->data[0] + luma;
    planes->data[2] = planes->data[1] + chroma;
    planes->strides[0] = stride;
    planes->strides[1] = planes->strides[2] = chroma_stride;
    planes->width = width;
    planes->height = height;
    return 0;
}

static inline uint8_t clamped(int value) { return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value); }

// From BT.709 to BT.601 the components mix without RGB in between, since grey is grey in both:
//     Y' = Y + 0.101579 Cb + 0.196077 Cr    Cb' = 0.989854 Cb - 0.110653 Cr    Cr' = 0.983397 Cr - 0.072453 Cb
// Limited range is 219 levels of luma and 224 of chroma, full range 255. Samples are multiplied as 16-bit numbers with 7 fractional
// bits, of which the high half of the product is kept, since that is one vector instruction everywhere.
#define HIGH(sample, factor) ((int16_t)(((int32_t)(int16_t)(sample) * (int32_t)(int16_t)(factor)) >> 16))
#define Q14(number) ((int16_t)((number) * 16384.0 + ((number) < 0 ? -0.5 : 0.5)))
enum { FRACTION = 5, HALF = 1 << (FRACTION - 1) };

static inline __attribute__((always_inline)) void convert_chroma(
    uint8_t *restrict cb_out, uint8_t *restrict cr_out, int16_t *restrict luma_change, const uint8_t *cb_in, const uint8_t *cr_in,
    int step, int count) {
    for (int index = 0; index < count; index++) {
        int16_t cb = (int16_t)((cb_in[index * step] - 128) * 128);
        int16_t cr = (int16_t)((cr_in[index * step] - 128) * 128);
        int16_t change = HIGH(cb, Q14(0.101579 * 255 / 224)) + HIGH(cr, Q14(0.196077 * 255 / 224)) + HALF;
        int16_t new_cb = HIGH(cb, Q14(0.989854 * 255 / 224)) + HIGH(cr, Q14(-0.110653 * 255 / 224)) + HALF;
        int16_t new_cr = HIGH(cr, Q14(0.983397 * 255 / 224)) + HIGH(cb, Q14(-0.072453 * 255 / 224)) + HALF;
        cb_out[index] = clamped((new_cb >> FRACTION) + 128);
        cr_out[index] = clamped((new_cr >> FRACTION) + 128);
        luma_change[2 * index] = change;
        luma_change[2 * index + 1] = change;
    }
}

// With the step known, each becomes a loop over vectors.
static void convert_interleaved(
    uint8_t *cb_out, uint8_t *cr_out, int16_t *luma_change, const uint8_t *cb_in, const uint8_t *cr_in, int count) {
    convert_chroma(cb_out, cr_out, luma_change, cb_in, cr_in, 2, count);
}

static void convert_planar(
    uint8_t *cb_out, uint8_t *cr_out, int16_t *luma_change, const uint8_t *cb_in, const uint8_t *cr_in, int count) {
    convert_chroma(cb_out, cr_out, luma_change, cb_in, cr_in, 1, count);
}

static void convert_luma(uint8_t *restrict out, const uint8_t *restrict in, const int16_t *restrict change, int count) {
    for (int index = 0; index < count; index++) {
        int16_t luma = (int16_t)((in[index] - 16) * 128);
        out[index] = clamped((HIGH(luma, Q14(255.0 / 219)) + change[index]) >> FRACTION);
    }
}

void planes_convert(const planes *target, const cjpeg_picture *picture, int16_t *row) {
    const uint8_t *cr_plane = picture->is_interleaved ? picture->planes[1] + 1 : picture->planes[2];
    int cr_stride = picture->is_interleaved ? picture->strides[1] : picture->strides[2];
    for (int line = 0; line < (picture->height + 1) / 2; line++) {
        (picture->is_interleaved ? convert_interleaved : convert_planar)(
            target->data[1] + (ptrdiff_t)line * target->strides[1], target->data[2] + (ptrdiff_t)line * target->strides[2], row,
            picture->planes[1] + (ptrdiff_t)line * picture->strides[1], cr_plane + (ptrdiff_t)line * cr_stride, (picture->width + 1) / 2);
        for (int luma = 2 * line; luma < 2 * line + 2 && luma < picture->height; luma++) {
            convert_luma(
                target->data[0] + (ptrdiff_t)luma * target->strides[0], picture->planes[0] + (ptrdiff_t)luma * picture->strides[0], row,
                picture->width);
        }
    }
}
