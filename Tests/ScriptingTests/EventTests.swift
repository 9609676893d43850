import Catalog
import Support
import Testing

@testable import Scripting

@Test func `a handler gets the fields, the topic and the time of an event`() throws {
    let bench = try Bench("on('light.changed', function(e) print(e.lux, e.topic, e.time) end)")
    bench.begin()
    bench.surface.emit("light.changed", ["lux": 4])
    bench.surface.emit("camera.lost", ["reason": "x"])
    bench.run(for: 0)
    #expect(bench.lines == ["4\tlight.changed\t0.0"])
}

@Test func `handlers run in the order they were added, each in its own coroutine`() throws {
    let bench = try Bench("for i = 1, 3 do on('a.b', function() print(i) sleep(4 - i) print('slept ' .. i) end) end")
    bench.begin()
    bench.surface.emit("a.b", [:])
    bench.run(for: 3)
    #expect(bench.lines == ["1", "2", "3", "slept 3", "slept 2", "slept 1"])
}

@Test func `a cancelled handler hears nothing, not even the event under way`() throws {
    let bench = try Bench(
        "local h on('a.b', function() print('one', h:cancel(), h:cancel()) end) h = on('a.b', function() print('two') end)")
    bench.begin()
    bench.surface.emit("a.b", [:])
    bench.run(for: 0)
    #expect(bench.lines == ["one\ttrue\tfalse"])
    #expect(bench.runner.handlers.count == 1)
}

@Test func `wait returns the next event, or nil and a problem`() throws {
    let bench = try Bench("local e = wait('a.b') print(e.x) local e, p = wait('a.b', '2s') print(e, p.code, p)")
    bench.begin()
    bench.surface.emit("a.b", ["x": 7])
    bench.run(for: 3)
    #expect(bench.lines == ["7", "nil\ttimeout\tno 'a.b' came within 2 s"])
}

@Test func `a script hears another one`() throws {
    let bench = try Bench("on('garden.gate', function(e) print(e.open) end) after(1, function() emit('garden.gate', { open = true }) end)")
    bench.begin()
    bench.run(for: 1)
    #expect(bench.lines == ["true"])
}

@Test(arguments: [
    ("emit('stream.down')", "is an event of the host"), ("emit('Bad Topic')", "bad argument #1 to 'emit' (a topic such as"),
    ("on('a.b', 7)", "bad argument #2 to 'on' (function expected, got number)"), ("on('a.b')", "got no value"),
    ("emit('a.b', { print })", "bad argument #2 to 'emit' (a function cannot be handed to the host)"),
    ("emit('a.b', { 1, x = 2 })", "a table whose keys are neither all text nor 1 to n without holes"),
    ("wait('a.b', 'soon')", "bad argument #2 to 'wait' (a time such as 5 or '5m' expected, got 'soon')"),
])
func `a misuse of events is told apart`(_ source: String, _ words: String) throws {
    let problem = try #require(try Bench(source).begin())
    #expect(problem.sentence.contains(words))
}

@Test func `a script that leaves too many events waiting is stopped`() throws {
    var limits = ScriptLimits.standard
    limits.events = 10
    let bench = try Bench("on('a.b', print)", limits: limits)
    bench.begin()
    for _ in 0..<15 { bench.surface.emit("a.b", [:]) }
    bench.run(for: 0)
    #expect(bench.runner.phase == .over(.failed(Problem(.budget, "'test' left more than 10 events waiting; 5 were lost", key: "test"))))
}

@Test func `a flood of emits is cut off with a problem`() throws {
    let lines = try printed("local n = 0 for i = 1, 150 do if emit('a.b') then n = n + 1 end end print(n, select(2, emit('a.b')).code)")
    #expect(lines == ["100\tbudget"])
}
