#pragma once

/// Reads video files and stills, frame by frame, into NV12 pictures.
///
/// Every function returns 0 or a negative status that `cfoot_describe` puts into words. A reader belongs to one thread at a time;
/// reading blocks as long as the file does. Nothing of libav shows here, and libav writes nothing to stderr.

#include <stddef.h>
#include <stdint.h>

typedef struct cfoot_reader cfoot_reader;

/// What a file holds.
typedef struct cfoot_about {
    /// Size of its pictures in pixels.
    int width;
    int height;
    /// Seconds from one frame to the next; 0 where the file does not say.
    double frame_seconds;
} cfoot_about;

/// A rectangle of the source in pixels.
typedef struct cfoot_crop {
    int x;
    int y;
    int width;
    int height;
} cfoot_crop;

/// Where an NV12 picture goes: two planes with the same stride.
typedef struct cfoot_target {
    uint8_t *luma;
    uint8_t *chroma;
    int stride;
    int width;
    int height;
} cfoot_target;

/// There is no further frame in the file.
#define CFOOT_END 1

/// Opens a file and finds its first video stream. On failure `*reader` is NULL.
int cfoot_reader_open(const char *path, cfoot_reader **reader);

/// Frees a reader; NULL is fine.
void cfoot_reader_close(cfoot_reader *reader);

/// Says what the file holds; known once it is open.
void cfoot_reader_about(const cfoot_reader *reader, cfoot_about *about);

/// Decodes the next frame and keeps it until the next call. 0, `CFOOT_END` or a negative status; damaged frames are left out.
/// `seconds` is its time since the beginning of the file, never less than that of the frame before.
int cfoot_reader_next(cfoot_reader *reader, double *seconds);

/// Goes back to the beginning.
int cfoot_reader_rewind(cfoot_reader *reader);

/// Scales a part of the frame that was decoded last into a BT.709 limited-range picture.
int cfoot_reader_scale(cfoot_reader *reader, const cfoot_crop *crop, const cfoot_target *target);

/// Puts a negative status into words, in `size` bytes at most.
void cfoot_describe(int status, char *text, size_t size);
