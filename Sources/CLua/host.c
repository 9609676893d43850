#include "internal.h"

enum {
    /// What a call costs in steps, and how many bytes of its tapes cost one more.
    CALL_STEPS = 20,
    TAPE_BYTES = 16,
};

void clua_begin_call(lua_State *L) {
    clua *c = clua_of(L);
    clua_tape_clear(&c->from_script);
    clua_tape_clear(&c->to_script);
    c->functions_before_call = c->last_function;
    c->can_wait = c->chain_can_wait && lua_isyieldable(L);
}

/// A call that raises keeps none of the functions it was given.
static void drop_given(lua_State *L) {
    clua *c = clua_of(L);
    for (int64_t function = c->last_function; function > c->functions_before_call; function--) clua_drop_kept(L, function);
}

static int misuse(lua_State *L) {
    clua_tape *tape = &clua_of(L)->to_script;
    clua_item item = {0};
    clua_tape_take(tape, &item);
    clua_decode(L, tape);
    return luaL_argerror(L, (int)item.integer, lua_tostring(L, -1));
}

int clua_call_host(lua_State *L, int32_t operation, int64_t index) {
    clua *c = clua_of(L);
    int32_t answer = c->handler(c->context, operation, index);
    if (answer == CLUA_RETURN) {
        clua_charge(L, CALL_STEPS + c->to_script.length / TAPE_BYTES);
        return clua_decode_all(L);
    }
    if (answer == CLUA_WAIT) return clua_wait(L);
    drop_given(L);
    // Finding the name somebody probably meant takes the host longer than all else.
    clua_charge(L, CLUA_STEPS);
    return answer == CLUA_MISUSE ? misuse(L) : clua_raise_problem(L);
}

static int operate(lua_State *L) {
    int count = lua_gettop(L);
    clua_begin_call(L);
    clua *c = clua_of(L);
    for (int i = 1; i <= count; i++) {
        const char *wrong = clua_encode(L, i, &c->from_script, 0);
        if (!wrong) continue;
        drop_given(L);
        return luaL_argerror(L, i, lua_pushfstring(L, "%s cannot be handed to the host", wrong));
    }
    clua_charge(L, c->from_script.length / TAPE_BYTES);
    return clua_call_host(L, (int32_t)lua_tointeger(L, lua_upvalueindex(1)), lua_tointeger(L, lua_upvalueindex(2)));
}

void clua_push_operation(lua_State *L, int32_t operation, int64_t index) {
    lua_pushinteger(L, operation);
    lua_pushinteger(L, index);
    lua_pushcclosure(L, operate, 2);
}
