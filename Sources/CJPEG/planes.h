#pragma once

#include "cjpeg.h"

/// Memory straight from the kernel, so that it is really given back.
typedef struct region {
    uint8_t *base;
    size_t size;
} region;

/// Makes room for `size` bytes; what was inside is lost when that takes new memory.
int region_reserve(region *region, size_t size);
void region_release(region *region);

/// A planar 4:2:0 picture in a region.
typedef struct planes {
    region memory;
    uint8_t *data[3];
    int strides[3];
    int width;
    int height;
} planes;

/// Makes room for a picture of a size, and for what vectors read past its end.
int planes_reserve(planes *planes, int width, int height);

/// Converts a picture's colours from BT.709 limited range to BT.601 full range.
void planes_convert(const planes *target, const cjpeg_picture *picture, int16_t *row);
