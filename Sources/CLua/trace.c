#include "internal.h"

// luaL_traceback shows the last frames too and walks the whole stack many times to find them: 100 ms after a runaway recursion.
enum { SHOWN_FRAMES = 16 };

static void add_function(lua_State *L, luaL_Buffer *trace, const lua_Debug *frame) {
    if (*frame->namewhat) lua_pushfstring(L, "in %s '%s'", frame->namewhat, frame->name);
    else if (*frame->what == 'm') lua_pushliteral(L, "in main chunk");
    else if (*frame->what == 'C') lua_pushliteral(L, "in ?");
    else lua_pushfstring(L, "in function <%s:%d>", frame->short_src, frame->linedefined);
    luaL_addvalue(trace);
}

void clua_push_trace(lua_State *L, lua_State *co) {
    luaL_Buffer trace;
    luaL_buffinit(L, &trace);
    luaL_addstring(&trace, "stack traceback:");
    lua_Debug frame;
    for (int level = 0; lua_getstack(co, level, &frame); level++) {
        if (level == SHOWN_FRAMES) {
            luaL_addstring(&trace, "\n\t...");
            break;
        }
        lua_getinfo(co, "Slnt", &frame);
        if (frame.currentline > 0) lua_pushfstring(L, "\n\t%s:%d: ", frame.short_src, frame.currentline);
        else lua_pushfstring(L, "\n\t%s: ", frame.short_src);
        luaL_addvalue(&trace);
        add_function(L, &trace, &frame);
        if (frame.istailcall) luaL_addstring(&trace, "\n\t(...tail calls...)");
    }
    luaL_pushresult(&trace);
}
