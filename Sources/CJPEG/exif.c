#include "cjpeg.h"

#include <errno.h>
#include <libexif/exif-data.h>
#include <libexif/exif-utils.h>
#include <stdlib.h>
#include <string.h>

static const ExifByteOrder order = EXIF_BYTE_ORDER_INTEL;

/// Adds an entry with room for its values; NULL without memory.
static uint8_t *add(ExifData *data, ExifIfd group, int tag, ExifFormat format, size_t components) {
    size_t size = components * exif_format_get_size(format);
    ExifMem *memory = exif_mem_new_default();
    ExifEntry *entry = memory ? exif_entry_new_mem(memory) : NULL;
    uint8_t *values = entry ? exif_mem_alloc(memory, (ExifLong)size) : NULL;
    if (values) {
        entry->tag = (ExifTag)tag;
        entry->format = format;
        entry->components = components;
        entry->data = values;
        entry->size = (unsigned int)size;
        exif_content_add_entry(data->ifd[group], entry);
    }
    exif_entry_unref(entry);
    if (memory) exif_mem_unref(memory);
    return values;
}

static bool add_text(ExifData *data, ExifIfd group, int tag, const char *text) {
    if (!text || !*text) return true;
    uint8_t *values = add(data, group, tag, EXIF_FORMAT_ASCII, strlen(text) + 1);
    if (values) memcpy(values, text, strlen(text) + 1);
    return values;
}

static bool add_short(ExifData *data, ExifIfd group, int tag, uint16_t number) {
    uint8_t *values = add(data, group, tag, EXIF_FORMAT_SHORT, 1);
    if (values) exif_set_short(values, order, number);
    return values;
}

static bool add_long(ExifData *data, ExifIfd group, int tag, uint32_t number) {
    uint8_t *values = add(data, group, tag, EXIF_FORMAT_LONG, 1);
    if (values) exif_set_long(values, order, number);
    return values;
}

static bool add_ratio(ExifData *data, ExifIfd group, int tag, uint32_t numerator, uint32_t denominator) {
    uint32_t divisor = denominator;
    for (uint32_t rest = numerator; rest != 0;) {
        uint32_t next = divisor % rest;
        divisor = rest;
        rest = next;
    }
    uint8_t *values = add(data, group, tag, EXIF_FORMAT_RATIONAL, 1);
    if (values) exif_set_rational(values, order, (ExifRational){numerator / divisor, denominator / divisor});
    return values;
}

static bool add_raw(ExifData *data, int tag, const char *bytes, size_t count) {
    uint8_t *values = add(data, EXIF_IFD_EXIF, tag, EXIF_FORMAT_UNDEFINED, count);
    if (values) memcpy(values, bytes, count);
    return values;
}

static bool add_camera(ExifData *data, const cjpeg_facts *facts) {
    return add_text(data, EXIF_IFD_0, EXIF_TAG_MAKE, facts->make) && add_text(data, EXIF_IFD_0, EXIF_TAG_MODEL, facts->model)
        && add_short(data, EXIF_IFD_0, EXIF_TAG_ORIENTATION, 1) && add_ratio(data, EXIF_IFD_0, EXIF_TAG_X_RESOLUTION, 72, 1)
        && add_ratio(data, EXIF_IFD_0, EXIF_TAG_Y_RESOLUTION, 72, 1) && add_short(data, EXIF_IFD_0, EXIF_TAG_RESOLUTION_UNIT, 2)
        && add_text(data, EXIF_IFD_0, EXIF_TAG_SOFTWARE, facts->software) && add_text(data, EXIF_IFD_0, EXIF_TAG_DATE_TIME, facts->time)
        && add_short(data, EXIF_IFD_0, EXIF_TAG_YCBCR_POSITIONING, 1);
}

static bool add_times(ExifData *data, const cjpeg_facts *facts) {
    static const struct {
        int time;
        int offset;
        int fraction;
    } tags[] = {
        {0, EXIF_TAG_OFFSET_TIME, EXIF_TAG_SUB_SEC_TIME},
        {EXIF_TAG_DATE_TIME_ORIGINAL, EXIF_TAG_OFFSET_TIME_ORIGINAL, EXIF_TAG_SUB_SEC_TIME_ORIGINAL},
        {EXIF_TAG_DATE_TIME_DIGITIZED, EXIF_TAG_OFFSET_TIME_DIGITIZED, EXIF_TAG_SUB_SEC_TIME_DIGITIZED},
    };
    for (size_t index = 0; index < sizeof tags / sizeof *tags; index++) {
        bool is_added = (tags[index].time == 0 || add_text(data, EXIF_IFD_EXIF, tags[index].time, facts->time))
            && add_text(data, EXIF_IFD_EXIF, tags[index].offset, facts->offset)
            && add_text(data, EXIF_IFD_EXIF, tags[index].fraction, facts->fraction);
        if (!is_added) return false;
    }
    return true;
}

static bool add_exposure(ExifData *data, const cjpeg_facts *facts) {
    uint32_t exposure = facts->exposure_microseconds;
    if (exposure > 0 && !add_ratio(data, EXIF_IFD_EXIF, EXIF_TAG_EXPOSURE_TIME, exposure, 1000000)) return false;
    return facts->sensitivity == 0 || add_short(data, EXIF_IFD_EXIF, EXIF_TAG_ISO_SPEED_RATINGS, facts->sensitivity);
}

static bool add_picture(ExifData *data, const cjpeg_facts *facts) {
    // The components are Y, Cb and Cr; 1 is sRGB.
    return add_raw(data, EXIF_TAG_EXIF_VERSION, "0232", 4) && add_raw(data, EXIF_TAG_COMPONENTS_CONFIGURATION, "\1\2\3\0", 4)
        && add_raw(data, EXIF_TAG_FLASH_PIX_VERSION, "0100", 4) && add_short(data, EXIF_IFD_EXIF, EXIF_TAG_COLOR_SPACE, 1)
        && add_long(data, EXIF_IFD_EXIF, EXIF_TAG_PIXEL_X_DIMENSION, facts->width)
        && add_long(data, EXIF_IFD_EXIF, EXIF_TAG_PIXEL_Y_DIMENSION, facts->height);
}

/// Puts the marker of an APP1 segment and its length before `count` bytes.
static int wrap(const uint8_t *bytes, size_t count, cjpeg_bytes *segment) {
    if (count + 2 > 0xffff) return -E2BIG;
    uint8_t *whole = malloc(count + 4);
    if (!whole) return -ENOMEM;
    whole[0] = 0xff;
    whole[1] = 0xe1;
    whole[2] = (uint8_t)((count + 2) >> 8);
    whole[3] = (uint8_t)((count + 2) & 0xff);
    memcpy(whole + 4, bytes, count);
    *segment = (cjpeg_bytes){whole, count + 4};
    return 0;
}

int cjpeg_exif(const cjpeg_facts *facts, cjpeg_bytes *segment) {
    *segment = (cjpeg_bytes){NULL, 0};
    ExifData *data = exif_data_new();
    if (!data) return -ENOMEM;
    exif_data_set_byte_order(data, order);
    int status = -ENOMEM;
    if (add_camera(data, facts) && add_picture(data, facts) && add_times(data, facts) && add_exposure(data, facts)) {
        unsigned char *bytes = NULL;
        unsigned int count = 0;
        exif_data_save_data(data, &bytes, &count);
        if (bytes) status = wrap(bytes, count, segment);
        free(bytes);
    }
    exif_data_unref(data);
    return status;
}

void cjpeg_free(cjpeg_bytes segment) { free((void *)segment.base); }
