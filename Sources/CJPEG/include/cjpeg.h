#pragma once

/// Turns 4:2:0 pictures of BT.709, limited range, as cameras and encoders have them, into JPEG (BT.601, full range) with EXIF, by
/// turbojpeg, libswscale and libexif.
///
/// Status is 0 or a negative errno. A developer belongs to one thread at a time; nothing prints or keeps a pointer it was given.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Takes pictures one after the other; keeps its memory from one to the next.
typedef struct cjpeg_developer cjpeg_developer;

/// A picture in somebody else's memory.
typedef struct cjpeg_picture {
    /// Luma; then Cb and Cr at half size, interleaved in the second plane or in a plane each.
    const uint8_t *planes[3];
    /// Bytes from one row to the next of each plane.
    int strides[3];
    int width;
    int height;
    /// Whether the second plane has Cb and Cr in turn (NV12).
    bool is_interleaved;
} cjpeg_picture;

/// What a JPEG shall show.
typedef struct cjpeg_frame {
    /// The part of the picture: left and top are even.
    int left;
    int top;
    int width;
    int height;
    /// The size it comes out with.
    int out_width;
    int out_height;
    /// 1 to 100.
    int quality;
    /// Whether speed counts more than the last bit of sharpness when it is scaled.
    bool is_quick;
} cjpeg_frame;

/// Bytes in memory of the developer or of ``cjpeg_exif``.
typedef struct cjpeg_bytes {
    const uint8_t *base;
    size_t count;
} cjpeg_bytes;

/// Makes a developer; it takes memory once it is given a picture.
int cjpeg_open(cjpeg_developer **developer);

/// Frees a developer; NULL is fine.
void cjpeg_close(cjpeg_developer *developer);

/// Takes a picture over, its colours converted; its memory is not looked at afterwards. A pass over the pixels: about 1 ms a megapixel.
int cjpeg_take(cjpeg_developer *developer, const cjpeg_picture *picture);

/// Makes a JPEG of the picture that was taken. The bytes are what follows the start of the image and its JFIF segment, so that an EXIF
/// segment can go before them; they are valid until the next call.
int cjpeg_develop(cjpeg_developer *developer, const cjpeg_frame *frame, cjpeg_bytes *bytes);

/// What EXIF says; text may be NULL and numbers 0 where nothing is known.
typedef struct cjpeg_facts {
    const char *make;
    const char *model;
    const char *software;
    /// `2026:11:23 17:06:46`, its fraction of a second in digits, and its distance from UTC such as `+01:00`.
    const char *time;
    const char *fraction;
    const char *offset;
    uint32_t exposure_microseconds;
    /// ISO 100 stands for a gain of 1.
    uint16_t sensitivity;
    uint32_t width;
    uint32_t height;
} cjpeg_facts;

/// Makes an EXIF segment, its marker included; freed by ``cjpeg_free``.
int cjpeg_exif(const cjpeg_facts *facts, cjpeg_bytes *segment);

/// Frees what ``cjpeg_exif`` made.
void cjpeg_free(cjpeg_bytes segment);
