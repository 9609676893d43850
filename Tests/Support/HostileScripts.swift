/// A script that tries to harm the host, and what has to become of it.
public struct HostileScript: Sendable, CustomStringConvertible {
    /// What becomes of it.
    public enum Fate: Sendable {
        /// It uses up its CPU time and is stopped.
        case stopped
        /// It needs more memory than there is, or its CPU time, whichever comes first.
        case exhausted
        /// It gets an error it may catch, or nothing at all, and ends by itself.
        case harmless
    }

    /// What it does.
    public let name: String
    /// What becomes of it.
    public let fate: Fate
    /// The Lua text.
    public let source: String

    public var description: String { name }

    fileprivate init(_ name: String, _ fate: Fate, _ source: String) {
        self.name = name
        self.fate = fate
        self.source = source
    }
}

/// Every attack that is known.
public let hostileScripts: [HostileScript] = loops + coroutineAttacks + libraryAttacks + patternAttacks + memoryAttacks + escapes

private let loops = [
    HostileScript("a plain loop", .stopped, "while true do end"),
    HostileScript("a loop with goto", .stopped, "::again:: goto again"),
    HostileScript("a numeric loop without end", .stopped, "for i = 1, math.huge do end"),
    HostileScript("a loop in pcall in a loop", .stopped, "while true do pcall(function() while true do end end) end"),
    HostileScript(
        "fifty nested pcalls", .stopped,
        "local function f(n) while true do if n > 0 then pcall(f, n - 1) else while true do end end end end f(50)"),
    HostileScript(
        "xpcall whose handler loops", .stopped, "while true do xpcall(error, function() while true do end end) end"),
    HostileScript("xpcall whose handler raises", .stopped, "while true do xpcall(error, function() error('again') end) end"),
    HostileScript("errors thrown and caught for ever", .stopped, "while true do pcall(error, {}) end"),
    HostileScript("a loop in __index", .stopped, "local t = setmetatable({}, { __index = function() while true do end end }) return t.x"),
    HostileScript("a loop in __newindex", .stopped, "setmetatable({}, { __newindex = function() while true do end end }).x = 1"),
    HostileScript("a loop in __call", .stopped, "setmetatable({}, { __call = function() while true do end end })()"),
    HostileScript(
        "a loop in __eq", .stopped,
        "local m = { __eq = function() while true do end end } return setmetatable({}, m) == setmetatable({}, m)"),
    HostileScript(
        "a loop in __lt", .stopped, "local m = { __lt = function() while true do end end } return setmetatable({}, m) < setmetatable({}, m)"
    ),
    HostileScript("a loop in __concat", .stopped, "return 'a' .. setmetatable({}, { __concat = function() while true do end end })"),
    HostileScript("a loop in __len", .stopped, "return #setmetatable({}, { __len = function() while true do end end })"),
    HostileScript("a loop in __tostring", .stopped, "print(setmetatable({}, { __tostring = function() while true do end end }))"),
    HostileScript("a loop in __pairs", .stopped, "pairs(setmetatable({}, { __pairs = function() while true do end end }))"),
    HostileScript("a loop in __close", .stopped, "local x <close> = setmetatable({}, { __close = function() while true do end end })"),
    HostileScript(
        "a loop in __close while an error passes", .stopped,
        "while true do pcall(function() local x <close> = setmetatable({}, { __close = function() while true do end end }) error('x') end) end"
    ),
    HostileScript(
        "a loop in __close of a handler that failed", .stopped,
        "local x <close> = setmetatable({}, { __close = function() while true do end end }) error('x')"),
    HostileScript(
        "an __index chain that ends in itself", .stopped,
        "local a, b = {}, {} local t = setmetatable({}, { __index = function(t, k) return t[k + 1] end }) while true do pcall(function() return t[1] end) end"
    ),
    HostileScript(
        "an error value whose __tostring loops", .stopped, "error(setmetatable({}, { __tostring = function() while true do end end }))"),
    HostileScript(
        "an error value whose __tostring raises", .harmless, "error(setmetatable({}, { __tostring = function() error('again') end }))"),
    HostileScript("an error value whose __name lies", .harmless, "error(setmetatable({}, { __name = ('x'):rep(1e6) }))"),
    HostileScript("deep recursion", .exhausted, "local function f() return 1 + f() end f()"),
    HostileScript("deep recursion caught in a loop", .stopped, "local function f() return 1 + f() end while true do pcall(f) end"),
    HostileScript("tail calls for ever", .stopped, "local function f() return f() end f()"),
    HostileScript(
        "recursion through tostring", .harmless,
        "local t t = setmetatable({}, { __tostring = function() return tostring(t) end }) tostring(t)"),
    HostileScript(
        "recursion through string.format", .harmless,
        "local t t = setmetatable({}, { __tostring = function() return ('%s'):format(t) end }) tostring(t)"),
    HostileScript("recursion through gsub", .harmless, "local function f() return (('x'):gsub('x', f)) end f()"),
    HostileScript("recursion through sort", .harmless, "local function f() table.sort({ 1, 2, 3 }, f) end f()"),
    HostileScript("recursion through load", .harmless, "local s s = 'return ' .. ('('):rep(1e4) .. '1' assert(load(s))"),
    HostileScript("sleeping for no time", .harmless, "after(0, function() for i = 1, 3 do sleep(0) end end)"),
]

private let coroutineAttacks = [
    HostileScript("a loop in a coroutine", .stopped, "coroutine.wrap(function() while true do end end)()"),
    HostileScript(
        "resuming endless coroutines", .stopped, "while true do coroutine.resume(coroutine.create(function() while true do end end)) end"),
    HostileScript(
        "coroutines in coroutines", .stopped,
        "local function f(n) return coroutine.wrap(function() if n > 0 then f(n - 1)() end while true do end end) end f(80)()"),
    HostileScript(
        "short coroutines in short coroutines", .stopped,
        "local function f(n) if n == 0 then return end for i = 1, 100 do coroutine.wrap(f)(n - 1) end end f(50)"),
    HostileScript("coroutines without end, nested", .harmless, "local function f() coroutine.wrap(f)() end f()"),
    HostileScript(
        "a coroutine that yields for ever", .stopped,
        "local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end"),
    HostileScript(
        "a coroutine that catches its end", .stopped,
        "coroutine.wrap(function() while true do pcall(function() while true do end end) end end)()"),
    HostileScript(
        "closing coroutines that loop in __close", .stopped,
        """
        local co = coroutine.create(function()
          local x <close> = setmetatable({}, { __close = function() while true do end end })
          coroutine.yield()
        end)
        coroutine.resume(co)
        while true do pcall(coroutine.close, co) end
        """),
    HostileScript(
        "a chain of coroutines that close one another", .harmless,
        """
        local last
        for i = 1, 500 do
          local before = last
          last = coroutine.create(function()
            local x <close> = setmetatable({}, { __close = function() if before then coroutine.close(before) end end })
            coroutine.yield()
          end)
          coroutine.resume(last)
        end
        coroutine.close(last)
        """),
    HostileScript("yielding out of a handler", .harmless, "coroutine.yield()"),
    HostileScript("waiting inside a comparator", .harmless, "table.sort({ 3, 2, 1 }, function(a, b) sleep(1) return a < b end)"),
    HostileScript("waiting inside a gsub callback", .harmless, "('x'):gsub('x', function() sleep(1) end)"),
    HostileScript("a million waits", .harmless, "for i = 1, 1e6 do after(0, function() sleep(10) end) end"),
    HostileScript(
        "wrapping endless generators", .stopped,
        "for x in coroutine.wrap(function() while true do coroutine.yield(1) end end) do end"),
]

private let libraryAttacks = [
    HostileScript("a comparator that loops", .stopped, "table.sort({ 1, 2, 3 }, function() while true do end end)"),
    HostileScript(
        "a comparator that catches its end", .stopped,
        "table.sort({ 1, 2, 3 }, function() while true do pcall(function() while true do end end) end end)"),
    HostileScript(
        "a comparator without order", .harmless, "local t = {} for i = 1, 100 do t[i] = i end table.sort(t, function() return true end)"),
    HostileScript(
        "sorting what is not there", .stopped,
        "table.sort(setmetatable({}, { __len = function() return 2000000000 end, __index = function() return 1 end, __newindex = rawequal }))"
    ),
    HostileScript("a gsub callback that loops", .stopped, "('x'):gsub('x', function() while true do end end)"),
    HostileScript(
        "concat over a range without end", .stopped, "table.concat(setmetatable({}, { __index = table.concat }), '', 1, math.maxinteger)"),
    HostileScript("concat with types as values", .exhausted, "table.concat(setmetatable({}, { __index = type }), '', 1, math.maxinteger)"),
    HostileScript("move over a range without end", .stopped, "table.move({}, 1, 1e15, 2)"),
    HostileScript(
        "insert into what claims to be long", .stopped,
        "table.insert(setmetatable({}, { __len = function() return 1e15 // 1 | 0 end }), 1, 0)"),
    HostileScript(
        "remove from what claims to be long", .stopped, "table.remove(setmetatable({}, { __len = function() return 1e15 // 1 | 0 end }), 1)"
    ),
    HostileScript("unpack without end", .harmless, "table.unpack({}, 1, 1e8)"),
    HostileScript("unpack again and again", .stopped, "local t = {} while true do local x = { table.unpack(t, 1, 200000) } end"),
    HostileScript(
        "select over many values", .stopped, "local function f(...) while true do select('#', ...) end end f(table.unpack({}, 1, 200000))"),
    HostileScript("ipairs without end", .stopped, "for _ in ipairs(setmetatable({}, { __index = type })) do end"),
    HostileScript("rep of nothing", .harmless, "return (''):rep(math.maxinteger)"),
    HostileScript("rep of too much", .harmless, "return ('x'):rep(1e9)"),
    HostileScript("rep with a separator that overflows", .harmless, "return ('x'):rep(math.maxinteger, ('y'):rep(1000))"),
    HostileScript("rep again and again", .stopped, "while true do local s = ('x'):rep(1e6) end"),
    HostileScript(
        "format again and again", .stopped,
        "local n = {} for i = 1, 200 do n[i] = 1e308 end while true do ('%99.99f'):rep(200):format(table.unpack(n)) end"),
    HostileScript("quoting control characters", .harmless, "return ('%q'):format(('\\1'):rep(1e6))"),
    HostileScript("pack with a giant size", .harmless, "return string.pack('c1000000000', '')"),
    HostileScript("packing again and again", .stopped, "while true do string.pack('c9999', '') end"),
    HostileScript("upper and lower of long text", .stopped, "local s = ('x'):rep(1e6) while true do s:upper():lower() end"),
    HostileScript(
        "comparing long texts", .stopped, "local a, b = ('x'):rep(1e6), ('x'):rep(1e6 - 1) .. 'y' while true do local _ = a < b end"),
    HostileScript(
        "comparing long texts of zeros", .stopped,
        "local a, b = ('\\0'):rep(1e6), ('\\0'):rep(1e6 - 1) .. 'y' while true do local _ = a < b end"),
    HostileScript(
        "equality of long texts", .stopped, "local a, b = ('x'):rep(1e6), ('x'):rep(1e6 - 1) .. 'x' while true do local _ = a == b end"),
    HostileScript("a load reader that loops", .stopped, "load(function() while true do end end)"),
    HostileScript("a load reader without end", .stopped, "while true do load(function() return ' ' end) end"),
    HostileScript(
        "thousands of labels", .stopped,
        "while true do local t = {} for i = 1, 20000 do t[i] = '::a' .. i .. '::' end load(table.concat(t)) end"),
    HostileScript(
        "names looked up through many levels", .stopped,
        """
        local names = {} for i = 1, 190 do names[i] = 'a' .. i end
        local text = ('local ' .. table.concat(names, ',') .. ' return function() '):rep(30) .. ('x=y '):rep(20000) .. ('end '):rep(30)
        while true do load(text) end
        """),
    HostileScript("tonumber of long text", .stopped, "local s = ('9'):rep(1e6) while true do local _ = tonumber(s) end"),
    HostileScript("utf8 over long text", .stopped, "local s = ('x'):rep(1e6) while true do utf8.len(s) end"),
    HostileScript("os.date with a giant format", .harmless, "return os.date(('%c'):rep(1e5))"),
    HostileScript("printing for ever", .stopped, "while true do print('x') end"),
    HostileScript(
        "logging tables for ever", .stopped, "local t = {} for i = 1, 1000 do t[i] = i end while true do log.info('x', { t = t }) end"),
    HostileScript("emitting for ever", .stopped, "while true do emit('a.b', { x = 1 }) end"),
    HostileScript("setting a control for ever", .stopped, "sleep('1ms') while true do camera.exposure.gain = 1 + math.random() end"),
    HostileScript("reading a control for ever", .stopped, "while true do local _ = camera.exposure.gain end"),
    HostileScript("misspelling for ever", .stopped, "while true do pcall(function() return camera.exposure.gian end) end"),
    HostileScript("adding timers for ever", .harmless, "while true do after('1h', function() end) end"),
    HostileScript("adding and cancelling timers for ever", .stopped, "while true do after('1h', function() end):cancel() end"),
    HostileScript("adding handlers for ever", .harmless, "while true do on('a.b', function() end) end"),
    HostileScript("listing timers for ever", .stopped, "for i = 1, 900 do after('1h', print) end while true do timers() end"),
    HostileScript("persisting deeper and deeper", .harmless, "while true do persist.x = { persist.x } end"),
    HostileScript("persisting for ever", .stopped, "while true do persist.x = { persist.y } end"),
    HostileScript("a table in itself to the host", .harmless, "local t = {} t.t = t emit('a.b', t)"),
    HostileScript("a giant table to the host", .exhausted, "local t = {} for i = 1, 1e7 do t[i] = i end emit('a.b', { t = t })"),
    HostileScript("pairs over the camera for ever", .stopped, "while true do for _ in pairs(camera.exposure) do end end"),
]

private let patternAttacks = [
    HostileScript("shortest match over long text", .stopped, "while true do ('a'):rep(1e5):find('.-b') end"),
    HostileScript("longest match over long text", .stopped, "while true do ('a'):rep(1e5):find('.*b') end"),
    HostileScript("many stars", .stopped, "('a'):rep(1e4):match(('a*'):rep(30) .. 'b')"),
    HostileScript("many dashes", .stopped, "('a'):rep(1e4):match(('.-'):rep(30) .. 'b')"),
    HostileScript("question marks", .stopped, "('a'):rep(40):match(('a?'):rep(40) .. ('a'):rep(41))"),
    HostileScript("a balanced match over long text", .stopped, "while true do ('('):rep(1e6):find('%b()') end"),
    HostileScript("back references", .stopped, "('a'):rep(1e5):find('(.-)%1%1b')"),
    HostileScript("gsub over long text", .stopped, "while true do ('a'):rep(1e6):gsub('.', '%0') end"),
    HostileScript("gsub that matches nothing", .stopped, "while true do ('a'):rep(1e6):gsub('', '') end"),
    HostileScript("gmatch that backtracks", .stopped, "for _ in ('a'):rep(1e5):gmatch('.-b') do end"),
    HostileScript(
        "plain find over long text", .stopped, "local s, p = ('a'):rep(1e6), ('a'):rep(5e5) .. 'b' while true do s:find(p, 1, true) end"),
    HostileScript("a pattern that backtracks in pcall", .stopped, "while true do pcall(string.find, ('a'):rep(1e5), '.-b') end"),
    HostileScript("a pattern with a set of everything", .stopped, "('a'):rep(1e5):find(('[%w%s%p]*'):rep(5) .. '!')"),
    HostileScript("a frontier over long text", .stopped, "while true do ('a'):rep(1e6):find('%f[b]b') end"),
    HostileScript("too many captures", .harmless, "('a'):find(('()'):rep(40))"),
    HostileScript("too deep a pattern", .harmless, "('a'):rep(1000):find(('a?'):rep(300))"),
]

private let memoryAttacks = [
    HostileScript("a table that grows", .exhausted, "local t = {} for i = 1, math.huge do t[i] = i end"),
    HostileScript("a text that doubles", .exhausted, "local s = 'x' while true do s = s .. s end"),
    HostileScript("texts without end", .exhausted, "local t = {} for i = 1, math.huge do t[i] = ('x'):rep(1e6) end"),
    HostileScript("tables in tables", .exhausted, "local t = {} while true do t = { t } end"),
    HostileScript("closures without end", .exhausted, "local t = {} while true do t[#t + 1] = function() return t end end"),
    HostileScript(
        "a memory bomb in pcall in a loop", .stopped,
        "while true do pcall(function() local t = {} for i = 1, math.huge do t[i] = {} end end) end"),
    HostileScript("coroutines without end", .exhausted, "local t = {} while true do t[#t + 1] = coroutine.create(print) end"),
    HostileScript("concat of much", .exhausted, "local t = {} for i = 1, 1000 do t[i] = ('x'):rep(1e6) end table.concat(t)"),
    HostileScript("gsub that grows", .exhausted, "local s = 'x' while true do s = s:gsub('.', '%0%0') end"),
    HostileScript("names without end", .exhausted, "for i = 1, math.huge do _G['name' .. i] = i end"),
    HostileScript(
        "objects of the host without end", .exhausted, "local t = {} sleep('1ms') while true do t[#t + 1] = camera:release() end"),
    HostileScript(
        "a chain of weak keys", .exhausted,
        """
        local m = {}
        local t, keys = setmetatable({}, m), {}
        m.__mode = 'k'
        for i = 1, 40000 do keys[i] = {} end
        for i = 40000, 2, -1 do local j = math.random(i) keys[i], keys[j] = keys[j], keys[i] end
        for i = 1, 39999 do t[keys[i]] = keys[i + 1] end
        local first = keys[1] keys = nil
        local s = {} while true do s[#s + 1] = {} end
        """),
    HostileScript(
        "a giant array at once", .exhausted,
        "local t = table.move({}, 1, 1, 1) for i = 1, 40 do t[1 << i] = 1 end while true do t[#t + 1] = {} end"),
    HostileScript(
        "bytes of long text", .exhausted, "local s = ('x'):rep(1e6) local t = {} while true do t[#t + 1] = { s:byte(1, 10000) } end"),
    HostileScript("messages of errors", .stopped, "while true do pcall(error, ('x'):rep(1e6)) end"),
]

private let escapes = [
    HostileScript("os.exit", .harmless, "os.exit(1)"),
    HostileScript("os.execute", .harmless, "os.execute('true')"),
    HostileScript("os.remove", .harmless, "os.remove('/tmp/x')"),
    HostileScript("io.open", .harmless, "io.open('/etc/passwd')"),
    HostileScript("debug.getregistry", .harmless, "debug.getregistry()"),
    HostileScript("package.loadlib", .harmless, "package.loadlib('libc.so.6', '*')"),
    HostileScript("dofile", .harmless, "dofile('/etc/passwd')"),
    HostileScript("collectgarbage", .harmless, "collectgarbage('stop')"),
    HostileScript("string.dump", .harmless, "string.dump(print)"),
    HostileScript("loading bytecode", .harmless, "assert(load('\\27Lua'))"),
    HostileScript("loading bytecode by mode", .harmless, "assert(load('\\27Lua', 'x', 'b'))"),
    HostileScript("__mode", .harmless, "setmetatable({}, { __mode = 'k' })"),
    HostileScript("__gc", .harmless, "setmetatable({}, { __gc = function() while true do end end })"),
    HostileScript(
        "__gc added later", .stopped,
        "local m = {} local t = setmetatable({}, m) m.__gc = function() while true do end end t = nil while true do local x = {} end"),
    HostileScript("the metatable of texts", .harmless, "getmetatable('').__index.x = 1"),
    HostileScript("the metatable of the camera", .harmless, "getmetatable(camera).__index = nil"),
    HostileScript("a new metatable for the camera", .harmless, "setmetatable(camera, {})"),
    HostileScript(
        "raw writes into the camera", .harmless,
        "rawset(camera, 'exposure', 1) rawset(_G, 'print', nil) for k in pairs(_G) do _G[k] = nil end"),
    HostileScript(
        "events that do not fit", .harmless,
        """
        on("a.b", function() end)
        local b = ("x"):rep(1000000)
        for i = 1, 10 do
          after(i / 1000, function()
            local n = ("z"):rep(50) .. i
            emit("a.b", { [n] = { a = b, b = b, c = b, d = b, e = ("y"):rep(194169 - 52 - i) }, q = { 1, 2, 3 } })
          end)
        end
        """),
    HostileScript("a forged handle", .harmless, "local h = after(1, print) h.cancel('x')"),
    HostileScript("a change as a handle", .harmless, "local h = after(1, print) h.cancel(camera:release())"),
    HostileScript("a topic of the host", .harmless, "emit('stream.down', {})"),
    HostileScript("a name that breaks out", .harmless, "---@needs script\nscript.run{ name = '../../etc/passwd' }"),
    HostileScript("a module that breaks out", .harmless, "require('../../../etc/passwd')"),
    HostileScript("a path with a zero byte", .harmless, "require('normal\\0../x')"),
    HostileScript("modules that are not there", .stopped, "while true do pcall(require, 'nope') end"),
    HostileScript("an address of a file", .harmless, "---@needs http\nhttp.get('file:///etc/passwd')"),
    HostileScript("an address of a socket", .harmless, "---@needs http\nhttp.get('http+unix://%2Frun%2Fdocker.sock/')"),
    HostileScript(
        "a header that is split", .harmless, "---@needs http\nhttp.get('http://127.0.0.1:1/', { headers = { a = 'x\\r\\nb: y' } })"),
    HostileScript(
        "requests nobody allowed", .stopped, "local get = _G['ht' .. 'tp'].get while true do pcall(get, 'http://127.0.0.1:1/') end"),
    HostileScript("a picture outside the folder", .harmless, "---@needs still\nstill.take{ path = '../../tmp/x.jpg' }"),
    HostileScript("the environment of a chunk", .harmless, "assert(load('return _ENV', 'x', 't', nil))().print('x')"),
    HostileScript("upvalues by debug", .harmless, "debug.setupvalue(print, 1, nil)"),
    HostileScript("the environment of the caller", .harmless, "getfenv(2).x = 1"),
    HostileScript(
        "libraries taken away", .harmless,
        "string.rep = nil table.concat = nil coroutine.wrap = nil error = nil pcall = nil local x = ('a'):upper() .. nil"),
    HostileScript("sleeping for no time at all", .harmless, "while true do sleep(0) end"),
    HostileScript("events to itself", .harmless, "on('a.b', function() emit('a.b') emit('a.b') end) emit('a.b')"),
    HostileScript("schedules without end", .harmless, "while true do cron('* * * * *', print) end"),
    HostileScript("waits without end", .harmless, "while true do coroutine.wrap(function() wait('a.b') end)() end"),
    HostileScript(
        "ramps for ever", .stopped, "sleep('1ms') while true do camera:ramp{ ['exposure.gain'] = 1 + math.random(), over = '1h' } end"),
    HostileScript(
        "profiles for ever", .stopped, "sleep('1ms') while true do profile.define('x' .. math.random(9), { ['exposure.gain'] = 2 }) end"),
    HostileScript("the sun for ever", .stopped, "while true do pcall(sun.next, 'sunrise') end"),
]
