import Catalog
import Testing

@testable import Scripting

@Test func `the globals are exactly the allowed ones`() throws {
    let lines = try printed(
        "local names = {} for name in pairs(_G) do names[#names + 1] = name end table.sort(names) print(table.concat(names, ' '))")
    #expect(
        lines == [
            "_G _VERSION after assert at camera clock coroutine cron emit error every getmetatable http ipairs load log math next on os "
                + "pairs pcall persist print profile rawequal rawget rawlen rawset require script select setmetatable sleep still stream string "
                + "sun table timers tonumber tostring type utf8 wait xpcall"
        ])
}

@Test(arguments: [
    ("string", "byte char find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper"),
    ("table", "concat insert move pack remove sort unpack"), ("os", "clock date difftime time"),
    ("coroutine", "close create isyieldable resume running status wrap yield"), ("utf8", "char charpattern codepoint codes len offset"),
])
func `a library has exactly the allowed functions`(_ library: String, _ names: String) throws {
    let lines = try printed("local n = {} for name in pairs(\(library)) do n[#n + 1] = name end table.sort(n) print(table.concat(n, ' '))")
    #expect(lines == [names])
}

@Test(arguments: ["''", "camera", "camera.exposure", "persist", "every(1, print)", "camera:release()", "_G"])
func `a metatable of the host cannot be seen or changed`(_ expression: String) throws {
    #expect(
        try printed("local v = \(expression) print(getmetatable(v), pcall(setmetatable, type(v) == 'table' and v or {}, {}))").first?
            .hasPrefix("false\t") == true)
}

@Test func `load takes text with an environment and refuses the rest`() throws {
    let lines = try printed(
        """
        print(load('return x', 'c', 't', { x = 7 })())
        print(load(coroutine.wrap(function() coroutine.yield('return ') coroutine.yield('8') end))())
        print(load('x =')) print(pcall(load, 'x', 'c', 'b')) print(load(function() error('no', 0) end)) print(load('\\27Lua'))
        """)
    #expect(
        lines == [
            "7", "8", "nil\t[string \"x =\"]:1: unexpected symbol near <eof>",
            "false\tbad argument #3 to 'load' (only text chunks can be loaded)", "nil\tno",
            "nil\tattempt to load a binary chunk (mode is 't')",
        ])
}

@Test func `xpcall hands the error to its handler and passes waits through`() throws {
    let bench = try Bench(
        """
        print(xpcall(function(a, b) sleep(1) return a + b end, print, 1, 2))
        print(xpcall(error, function(m) return 'handled ' .. m end, 'x'))
        print(xpcall(error, function() error('again', 0) end, 'x'))
        """)
    bench.begin()
    bench.run(for: 2)
    #expect(bench.lines == ["true\t3", "false\thandled x", "false\tagain"])
}

@Test func `setmetatable refuses finalizers and weak tables`() throws {
    let lines = try printed("print(pcall(setmetatable, {}, { __gc = print })) print(pcall(setmetatable, {}, { __mode = 'k' }))")
    #expect(
        lines == [
            "false\tbad argument #2 to 'setmetatable' ('__gc' is not allowed here; use '__close')",
            "false\tbad argument #2 to 'setmetatable' ('__mode' is not allowed here; there are no weak tables)",
        ])
}

@Test func `coroutines do what the manual says`() throws {
    let lines = try printed(
        """
        local co = coroutine.create(function(a, b) local c = coroutine.yield(a + b) return c end)
        print(coroutine.resume(co, 1, 2)) print(coroutine.status(co)) print(coroutine.resume(co, 'x')) print(coroutine.resume(co))
        print(coroutine.close(co), coroutine.status(co))
        local w = coroutine.wrap(function() error('oops') end) print(pcall(w)) print(pcall(w))
        print(coroutine.resume(coroutine.create(function() error({ x = 1 }) end)))
        local log = {} local c = coroutine.create(function() local x <close> = setmetatable({}, { __close = function() log[1] = 'closed' end }) coroutine.yield() end)
        coroutine.resume(c) print(coroutine.close(c), log[1])
        print(pcall(coroutine.yield))
        print(pcall(coroutine.close, coroutine.running()))
        """)
    #expect(lines[0...4] == ["true\t3", "suspended", "true\tx", "false\tcannot resume dead coroutine", "true\tdead"])
    #expect(lines[5] == "false\ttest:4: oops")
    #expect(lines[6] == "false\tcannot resume dead coroutine")
    #expect(lines[8...] == ["true\tclosed", "false\tattempt to yield from outside a coroutine", "false\tcannot close a running coroutine"])
}

@Test func `the table library does what the manual says`() throws {
    let lines = try printed(
        """
        local t = { 3, 1, 2 } table.sort(t) print(table.concat(t, ' '))
        table.sort(t, function(a, b) return a > b end) print(table.concat(t, ','))
        table.insert(t, 9) table.insert(t, 1, 8) print(table.concat(t, ','), table.remove(t), table.remove(t, 1), #t)
        print(table.concat(table.move({ 1, 2, 3 }, 1, 3, 2), ','), table.concat(table.move({ 1, 2, 3 }, 2, 3, 1), ','))
        print(table.unpack({ 1, 2, 3 }, 2)) print(table.pack(1, nil).n) print(table.remove({}), table.remove({}, 0), table.remove({}, 1))
        print(pcall(table.insert, { 1 }, 5, 1)) print(pcall(table.concat, { {} })) print(pcall(table.insert, { 1 }, 1, 2, 3))
        print(pcall(table.remove, { 1, 2 }, 7)) print(table.concat({}, 'x'), table.concat({ 1, 2.5, 'z' }, '-', 2, 3))
        local r = {} for i = 1, 500 do r[i] = math.random(100) end table.sort(r) for i = 2, 500 do assert(r[i - 1] <= r[i]) end
        """)
    #expect(lines[0...4] == ["1 2 3", "3,2,1", "8,3,2,1,9\t9\t8\t3", "1,1,2,3\t2,3,3", "2\t3"])
    #expect(lines[5...6] == ["2", "nil\tnil\tnil"])
    #expect(
        lines[7...] == [
            "false\tbad argument #2 to 'table.insert' (position out of bounds)", "false\tinvalid value (at index 1) in table for 'concat'",
            "false\twrong number of arguments to 'insert'", "false\tbad argument #2 to 'table.remove' (position out of bounds)", "\t2.5-z",
        ])
}
