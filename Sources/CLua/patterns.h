#pragma once

#include "internal.h"

enum {
    CLUA_CAPTURES = 32,
    /// Lengths of captures that are not finished, and of those that hold a position.
    CLUA_CAPTURE_OPEN = -1,
    CLUA_CAPTURE_POSITION = -2,
};

/// One attempt to match a pattern (manual, 6.4.1) against a text.
typedef struct clua_matcher {
    lua_State *L;
    const char *text, *text_end;
    const char *pattern_end;
    int captures;
    int depth;
    size_t steps;
    struct {
        const char *start;
        ptrdiff_t length;
    } capture[CLUA_CAPTURES];
} clua_matcher;

/// The end of the match of `pattern` that begins at `s`, or NULL. Raises for a malformed pattern, or when the budget is used up.
const char *clua_match(clua_matcher *m, const char *s, const char *pattern);
/// Pushes capture `i`, or the whole match when the pattern has none.
void clua_push_capture(clua_matcher *m, int i, const char *s, const char *end);
/// Pushes every capture, or the whole match when there is none and `s` is given; says how many.
int clua_push_captures(clua_matcher *m, const char *s, const char *end);
