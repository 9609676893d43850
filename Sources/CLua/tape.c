#include "tape.h"

#include <stdlib.h>
#include <string.h>

// An item is a byte of kind and eight bytes of integer, number or length; a text's bytes follow.
enum { ITEM_BYTES = 9 };

void clua_tape_clear(clua_tape *tape) {
    tape->length = 0;
    tape->cursor = 0;
    tape->is_full = false;
}

void clua_tape_free(clua_tape *tape) {
    free(tape->bytes);
    *tape = (clua_tape){0};
}

static uint8_t *extend(clua_tape *tape, size_t count) {
    size_t needed = tape->length + count;
    if (tape->is_full || count > CLUA_TAPE_BYTES || needed > CLUA_TAPE_BYTES) {
        tape->is_full = true;
        return NULL;
    }
    if (needed > tape->capacity) {
        size_t capacity = needed < 256 ? 256 : needed * 2;
        uint8_t *bytes = realloc(tape->bytes, capacity);
        if (!bytes) {
            tape->is_full = true;
            return NULL;
        }
        tape->bytes = bytes;
        tape->capacity = capacity;
    }
    uint8_t *end = tape->bytes + tape->length;
    tape->length = needed;
    return end;
}

static void put(clua_tape *tape, clua_kind kind, const void *payload, const char *text, size_t length) {
    uint8_t *item = extend(tape, ITEM_BYTES + length);
    if (!item) return;
    item[0] = (uint8_t)kind;
    memcpy(item + 1, payload, 8);
    if (length) memcpy(item + ITEM_BYTES, text, length);
}

void clua_tape_put(clua_tape *tape, clua_kind kind, int64_t integer) { put(tape, kind, &integer, NULL, 0); }

void clua_tape_put_number(clua_tape *tape, double number) { put(tape, CLUA_NUMBER, &number, NULL, 0); }

void clua_tape_put_text(clua_tape *tape, const char *text, size_t length) {
    uint64_t count = length;
    put(tape, CLUA_TEXT, &count, text, length);
}

void clua_tape_patch(clua_tape *tape, size_t position, clua_kind kind, int64_t integer) {
    if (tape->is_full) return;
    tape->bytes[position] = (uint8_t)kind;
    memcpy(tape->bytes + position + 1, &integer, 8);
}

bool clua_tape_take(clua_tape *tape, clua_item *item) {
    if (tape->length - tape->cursor < ITEM_BYTES) return false;
    const uint8_t *bytes = tape->bytes + tape->cursor;
    *item = (clua_item){.kind = (clua_kind)bytes[0]};
    tape->cursor += ITEM_BYTES;
    if (item->kind == CLUA_NUMBER) {
        memcpy(&item->number, bytes + 1, 8);
        return true;
    }
    memcpy(&item->integer, bytes + 1, 8);
    if (item->kind != CLUA_TEXT) return true;
    item->length = (size_t)item->integer;
    item->text = (const char *)bytes + ITEM_BYTES;
    tape->cursor += item->length;
    return true;
}
