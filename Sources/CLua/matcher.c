#include "patterns.h"

#include <ctype.h>
#include <string.h>

// A backtracking matcher like every matcher of Lua patterns, with one difference: each step is counted, and now and then the clock is
// looked at, so a pattern that backtracks for hours ends with the budget.

enum {
    /// Nested items that are matched by recursion: what Lua allows.
    DEEPEST = 200,
};

static void spend(clua_matcher *m) {
    if (++m->steps < CLUA_STEPS) return;
    m->steps = 0;
    clua_charge(m->L, CLUA_STEPS);
}

static int byte_at(const char *s) { return (unsigned char)*s; }

// MARK: Single characters

static bool is_in_class(int c, int class) {
    bool is_in;
    switch (tolower(class)) {
    case 'a': is_in = isalpha(c); break;
    case 'c': is_in = iscntrl(c); break;
    case 'd': is_in = isdigit(c); break;
    case 'g': is_in = isgraph(c); break;
    case 'l': is_in = islower(c); break;
    case 'p': is_in = ispunct(c); break;
    case 's': is_in = isspace(c); break;
    case 'u': is_in = isupper(c); break;
    case 'w': is_in = isalnum(c); break;
    case 'x': is_in = isxdigit(c); break;
    // Deprecated since 5.2, and still there.
    case 'z': is_in = c == 0; break;
    default: return c == class;
    }
    return isupper(class) ? !is_in : is_in;
}

/// Whether `c` is in the set between the `[` at `p` and the `]` at `closing`.
static bool is_in_set(int c, const char *p, const char *closing) {
    bool is_in = true;
    p += 1;
    if (p < closing && *p == '^') {
        is_in = false;
        p += 1;
    }
    while (p < closing) {
        if (*p == '%') {
            if (is_in_class(c, byte_at(p + 1))) return is_in;
            p += 2;
        } else if (p + 2 < closing && p[1] == '-') {
            if (byte_at(p) <= c && c <= byte_at(p + 2)) return is_in;
            p += 3;
        } else {
            if (byte_at(p) == c) return is_in;
            p += 1;
        }
    }
    return !is_in;
}

/// The end of the set that begins at the `[` at `p`.
static const char *set_end(clua_matcher *m, const char *p) {
    p += 1;
    if (p < m->pattern_end && *p == '^') p += 1;
    // A `]` that comes first is a member.
    for (bool is_first = true; is_first || p >= m->pattern_end || *p != ']'; is_first = false) {
        if (p >= m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
        p += *p == '%' && p + 1 < m->pattern_end ? 2 : 1;
    }
    return p + 1;
}

/// The end of the single-character item that begins at `p`.
static const char *item_end(clua_matcher *m, const char *p) {
    if (*p == '[') return set_end(m, p);
    if (*p != '%') return p + 1;
    if (p + 1 >= m->pattern_end) luaL_error(m->L, "malformed pattern (ends with '%%')");
    return p + 2;
}

/// Whether the character at `s` fits the item from `p` to `end`.
static bool fits(clua_matcher *m, const char *s, const char *p, const char *end) {
    spend(m);
    if (s >= m->text_end) return false;
    switch (*p) {
    case '.': return true;
    case '%': return is_in_class(byte_at(s), byte_at(p + 1));
    case '[': return is_in_set(byte_at(s), p, end - 1);
    default: return *p == *s;
    }
}

// MARK: Repetitions

static const char *match_longest(clua_matcher *m, const char *s, const char *p, const char *end, const char *least) {
    const char *far = s;
    while (fits(m, far, p, end)) far += 1;
    for (; far >= least; far--) {
        const char *found = clua_match(m, far, end + 1);
        if (found) return found;
    }
    return NULL;
}

static const char *match_shortest(clua_matcher *m, const char *s, const char *p, const char *end) {
    for (;; s++) {
        const char *found = clua_match(m, s, end + 1);
        if (found) return found;
        if (!fits(m, s, p, end)) return NULL;
    }
}

// MARK: Captures and the other items

static const char *open_capture(clua_matcher *m, const char *s, const char *p, ptrdiff_t length) {
    if (m->captures >= CLUA_CAPTURES) luaL_error(m->L, "too many captures");
    m->capture[m->captures].start = s;
    m->capture[m->captures].length = length;
    m->captures += 1;
    const char *found = clua_match(m, s, p);
    if (!found) m->captures -= 1;
    return found;
}

static const char *close_capture(clua_matcher *m, const char *s, const char *p) {
    int i = m->captures - 1;
    while (i >= 0 && m->capture[i].length != CLUA_CAPTURE_OPEN) i -= 1;
    if (i < 0) luaL_error(m->L, "invalid pattern capture");
    m->capture[i].length = s - m->capture[i].start;
    const char *found = clua_match(m, s, p);
    if (!found) m->capture[i].length = CLUA_CAPTURE_OPEN;
    return found;
}

/// The end of what capture `digit` holds, when it stands at `s` again.
static const char *match_again(clua_matcher *m, const char *s, int digit) {
    int i = digit - '1';
    if (i < 0 || i >= m->captures || m->capture[i].length == CLUA_CAPTURE_OPEN) {
        luaL_error(m->L, "invalid capture index %%%d", i + 1);
    }
    ptrdiff_t length = m->capture[i].length;
    if (length < 0 || m->text_end - s < length || memcmp(m->capture[i].start, s, (size_t)length) != 0) return NULL;
    m->steps += (size_t)length / 64;
    return s + length;
}

/// The end of the balanced text at `s` between the two characters at `p`.
static const char *match_balanced(clua_matcher *m, const char *s, const char *p) {
    if (p + 1 >= m->pattern_end) luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
    if (s >= m->text_end || *s != p[0]) return NULL;
    for (size_t level = 1; ++s < m->text_end;) {
        spend(m);
        if (*s == p[1]) {
            level -= 1;
            if (level == 0) return s + 1;
        } else if (*s == p[0]) {
            level += 1;
        }
    }
    return NULL;
}

/// Whether the set at `p` begins between the character before `s` and the one at it; both ends of the text count as zero.
static bool is_frontier(clua_matcher *m, const char *s, const char *p, const char *end) {
    int before = s == m->text ? 0 : byte_at(s - 1), here = s < m->text_end ? byte_at(s) : 0;
    return !is_in_set(before, p, end - 1) && is_in_set(here, p, end - 1);
}

/// Handles `%b`, `%f` and `%1` to `%9` at `p`. False when the item is a plain class; otherwise moves on, `s` to NULL when it does not match.
static bool match_special(clua_matcher *m, const char **s, const char **p) {
    const char *item = *p;
    int kind = item + 1 < m->pattern_end ? byte_at(item + 1) : 0;
    if (kind == 'b') {
        *s = match_balanced(m, *s, item + 2);
        *p = item + 4;
    } else if (kind == 'f') {
        if (item + 2 >= m->pattern_end || item[2] != '[') luaL_error(m->L, "missing '[' after '%%f' in pattern");
        *p = set_end(m, item + 2);
        if (!is_frontier(m, *s, item + 2, *p)) *s = NULL;
    } else if (isdigit(kind)) {
        *s = match_again(m, *s, kind);
        *p = item + 2;
    } else {
        return false;
    }
    return true;
}

/// Matches the item at `p`. True when the match goes on at the new `s` and `p`; otherwise `result` is the answer.
static bool match_item(clua_matcher *m, const char **s, const char **p, const char **result) {
    const char *item = *p, *end = item_end(m, item);
    switch (end < m->pattern_end ? *end : 0) {
    case '*': return *result = match_longest(m, *s, item, end, *s), false;
    case '+': return *result = match_longest(m, *s, item, end, *s + 1), false;
    case '-': return *result = match_shortest(m, *s, item, end), false;
    case '?':
        if (fits(m, *s, item, end) && (*result = clua_match(m, *s + 1, end + 1))) return false;
        *p = end + 1;
        return true;
    default:
        *result = NULL;
        if (!fits(m, *s, item, end)) return false;
        *s += 1;
        *p = end;
        return true;
    }
}

/// Matches from `p` to the end of the pattern.
static const char *match_rest(clua_matcher *m, const char *s, const char *p) {
    while (p < m->pattern_end) {
        spend(m);
        bool is_last = p + 1 == m->pattern_end;
        if (*p == '(') {
            bool is_position = !is_last && p[1] == ')';
            return open_capture(m, s, p + (is_position ? 2 : 1), is_position ? CLUA_CAPTURE_POSITION : CLUA_CAPTURE_OPEN);
        }
        if (*p == ')') return close_capture(m, s, p + 1);
        if (*p == '$' && is_last) return s == m->text_end ? s : NULL;
        if (*p == '%' && match_special(m, &s, &p)) {
            if (!s) return NULL;
            continue;
        }
        const char *result = NULL;
        if (!match_item(m, &s, &p, &result)) return result;
    }
    return s;
}

const char *clua_match(clua_matcher *m, const char *s, const char *pattern) {
    spend(m);
    if (m->depth >= DEEPEST) luaL_error(m->L, "pattern too complex");
    m->depth += 1;
    const char *end = match_rest(m, s, pattern);
    m->depth -= 1;
    return end;
}

void clua_push_capture(clua_matcher *m, int i, const char *s, const char *end) {
    if (i >= m->captures) {
        if (i != 0) luaL_error(m->L, "invalid capture index %%%d", i + 1);
        lua_pushlstring(m->L, s, (size_t)(end - s));
        return;
    }
    ptrdiff_t length = m->capture[i].length;
    if (length == CLUA_CAPTURE_OPEN) luaL_error(m->L, "unfinished capture");
    if (length == CLUA_CAPTURE_POSITION) lua_pushinteger(m->L, m->capture[i].start - m->text + 1);
    else lua_pushlstring(m->L, m->capture[i].start, (size_t)length);
}

int clua_push_captures(clua_matcher *m, const char *s, const char *end) {
    int count = m->captures == 0 && s ? 1 : m->captures;
    luaL_checkstack(m->L, count, "too many captures");
    for (int i = 0; i < count; i++) clua_push_capture(m, i, s, end);
    return count;
}
