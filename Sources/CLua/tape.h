#pragma once

#include "clua.h"

/// Values in a row, in memory that Lua does not count.
typedef struct clua_tape {
    uint8_t *bytes;
    size_t length;
    size_t capacity;
    size_t cursor;
    /// Whether something did not fit; what is on the tape is then cut off.
    bool is_full;
} clua_tape;

/// The longest tape: what one call can carry either way.
enum { CLUA_TAPE_BYTES = 4 << 20 };

void clua_tape_clear(clua_tape *tape);
void clua_tape_free(clua_tape *tape);
void clua_tape_put(clua_tape *tape, clua_kind kind, int64_t integer);
void clua_tape_put_number(clua_tape *tape, double number);
void clua_tape_put_text(clua_tape *tape, const char *text, size_t length);
bool clua_tape_take(clua_tape *tape, clua_item *item);
/// Replaces the integer of the item that was put at byte `position`.
void clua_tape_patch(clua_tape *tape, size_t position, clua_kind kind, int64_t integer);
