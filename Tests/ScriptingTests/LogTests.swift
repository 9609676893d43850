import Catalog
import Support
import Timing
import Testing

@testable import Scripting

@Test func `print joins what tostring makes of its arguments`() throws {
    let lines = try printed("print(1, 2.5, nil, true, 'x', setmetatable({}, { __tostring = function() return 'thing' end })) print()")
    #expect(lines == ["1\t2.5\tnil\ttrue\tx\tthing", ""])
}

@Test func `a log line has a level, a text and fields`() throws {
    let bench = try Bench("log.warn('too dark', { lux = 3 }) log.debug(7)")
    bench.begin()
    let first = try #require(bench.log.lines.first)
    #expect(first == ScriptLogLine(script: "test", level: .warn, text: "too dark", fields: ["lux": 3], time: 1_770_000_000))
    #expect(bench.lines == ["too dark", "7"])
}

@Test func `a flood of lines is cut off and counted`() {
    let clock = TestClock()
    let log = ScriptLog("test", .standard, clock) { _ in }
    for number in 0..<150 { log.write(.info, "\(number)") }
    clock.advance(by: 1)
    log.write(.info, "after")
    #expect(log.lines.count == 102)
    #expect(log.lines.suffix(2).map(\.text) == ["50 lines were left out", "after"])
}

@Test func `only the last lines are kept, but the host gets each`() {
    let clock = TestClock()
    let seen = Mutex(0)
    let log = ScriptLog("test", .standard, clock) { _ in seen.withLock { $0 += 1 } }
    for number in 0..<300 {
        clock.advance(by: 1)
        log.write(.info, "\(number)")
    }
    #expect(log.lines.count == 200)
    #expect(log.lines.last?.text == "299")
    #expect(seen.withLock { $0 } == 300)
}
