import Catalog
import Support
import Testing

@testable import Scripting

@Test func `every keeps to its grid however long its runs take`() throws {
    let bench = try Bench("every('10s', function() print(clock.now() - 1770000000) sleep(3) end)")
    bench.begin()
    bench.run(for: 40)
    #expect(bench.lines == ["10.0", "20.0", "30.0", "40.0"])
}

@Test func `firings that were missed are left out and not made up for`() throws {
    let bench = try Bench("every(1, function() print(clock.now() - 1770000000) end)")
    bench.begin()
    bench.clock.advance(by: 3.5)
    _ = bench.runner.pump()
    bench.run(for: 1)
    #expect(bench.lines == ["3.5", "4.0"])
}

@Test func `a firing is left out while the last run still waits`() throws {
    let bench = try Bench("every(1, function() print('in') sleep(2.5) print('out') end)")
    bench.begin()
    bench.run(for: 4.2)
    #expect(bench.lines == ["in", "out", "in"])
}

@Test func `after runs once and leaves nothing behind`() throws {
    let bench = try Bench("after('2s', function() print('now') end)")
    bench.begin()
    bench.run(for: 1.9)
    #expect(bench.lines.isEmpty)
    bench.run(for: 5)
    #expect(bench.lines == ["now"])
    #expect(bench.runner.phase == .over(.done))
}

@Test func `a cancelled timer does not fire`() throws {
    let bench = try Bench("local t = every(1, function() print('tick') end) after(2.5, function() print(t:cancel(), t:cancel()) end)")
    bench.begin()
    bench.run(for: 10)
    #expect(bench.lines == ["tick", "tick", "true\tfalse"])
}

@Test func `timers lists what is pending, the next one first`() throws {
    let bench = try Bench("every(10, print) after('5s', print) for _, t in ipairs(timers()) do print(t.kind, t.due, t.interval) end")
    bench.begin()
    #expect(bench.lines == ["after\t5.0\tnil", "every\t10.0\t10.0"])
}

@Test func `sleep lets the other handlers run`() throws {
    let bench = try Bench("after(1, function() print('a') sleep('2s') print('b') end) after(2, function() print('c') end)")
    bench.begin()
    bench.run(for: 4)
    #expect(bench.lines == ["a", "c", "b"])
}

@Test func `a wait passes through pcall and through coroutines of the script`() throws {
    let bench = try Bench(
        """
        local co = coroutine.wrap(function() sleep(1) coroutine.yield('yielded') sleep(1) error('raised') end)
        print(pcall(co)) print(pcall(co))
        print(pcall(function() sleep(1) return 'slept' end))
        """)
    bench.begin()
    bench.run(for: 5)
    #expect(bench.lines == ["true\tyielded", "false\ttest:1: raised", "true\tslept"])
}

@Test func `a coroutine that waits cannot be resumed or closed by another handler`() throws {
    let bench = try Bench(
        """
        local co = coroutine.create(function() sleep(2) end)
        after(1, function() print(coroutine.resume(co)) print(pcall(coroutine.close, co)) end)
        coroutine.resume(co) print(coroutine.status(co))
        """)
    bench.begin()
    bench.run(for: 3)
    #expect(bench.lines == ["false\tcannot resume a coroutine that is waiting", "false\tcannot close a coroutine that is waiting", "dead"])
}

@Test(arguments: [
    "table.sort({ 2, 1 }, function() sleep(1) end)", "('x'):gsub('x', function() sleep(1) end)",
    "return setmetatable({}, { __index = function() sleep(1) end }).x .. coroutine.wrap(function() table.sort({ 2, 1 }, function() sleep(1) end) end)()",
])
func `waiting where it is impossible says so`(_ source: String) throws {
    let bench = try Bench("print(pcall(function() \(source) end))")
    bench.begin()
    bench.run(for: 3)
    #expect(bench.lines.first?.contains("cannot wait inside") == true)
}

@Test func `collecting garbage takes no timer and no handler away`() throws {
    let bench = try Bench(
        """
        do every(1, function() print('tick') end) on('a.b', function() print('event') end) end
        for i = 1, 20 do after(i / 100, function() local t = {} for j = 1, 2000 do t[j] = { j } end end) end
        """)
    bench.begin()
    bench.run(for: 0.9)
    bench.surface.emit("a.b", [:])
    bench.run(for: 0.2)
    #expect(bench.lines == ["event", "tick"])
}

@Test(arguments: [
    ("every(0, print)", "bad argument #1 to 'every' (at least '1ms' expected"),
    ("every(nil, print)", "bad argument #1 to 'every' (a time such as 5 or '5m' expected, got nil)"),
    ("after('5 parsecs', print)", "got '5 parsecs'"), ("after(-1, print)", "a time from 0"), ("after(0/0, print)", "a time from 0"),
    ("sleep(1e99)", "a time from 0 to ten years expected"), ("every(1)", "bad argument #2 to 'every' (function expected, got no value)"),
])
func `a misuse of time is told apart`(_ source: String, _ words: String) throws {
    let problem = try #require(try Bench(source).begin())
    #expect(problem.sentence.contains(words))
}

@Test func `os.time, os.date and clock come from the host's clock`() throws {
    let lines = try printed("print(os.time(), clock.now(), os.date('!%Y-%m-%d %H:%M:%S'), clock.trusted())")
    #expect(lines == ["1770000000\t1770000000.0\t2026-02-02 02:40:00\ttrue"])
}
