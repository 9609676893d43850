import Almanac
import Catalog
import Foundation
import Support
import Testing

@testable import Scripting

/// What goes by the wall clock, on a clock that a test sets: 2026-06-20 12:00 UTC at the start.
struct WallTimerTests {
    private static let noon = 1_781_956_800.0
    private let munich = try! Sun(latitude: 48.137, longitude: 11.575)

    private func bench(_ source: String, at wall: Double = noon, zone: String = "GMT") throws -> Bench {
        let bench = try Bench(
            "local function say() print(os.date('!%d %H:%M:%S')) end " + source, sun: munich, zone: try #require(TimeZone(identifier: zone))
        )
        bench.clock.set(wall: wall)
        return bench
    }

    private func step(_ bench: Bench, to wall: Double) {
        bench.clock.set(wall: wall)
        bench.inbox.post(Event("clock.stepped", [:], time: wall))
        _ = bench.runner.pump()
    }

    @Test func `at runs every day at its time`() throws {
        let bench = try bench("at('22:30', say)")
        bench.begin()
        bench.run(for: 3 * 86_400)
        #expect(bench.lines == ["20 22:30:00", "21 22:30:00", "22 22:30:00"])
    }

    @Test func `at goes by the time where people live`() throws {
        let bench = try bench("at('22:30', say)", zone: "Europe/Berlin")
        bench.begin()
        bench.run(for: 86_400)
        #expect(bench.lines == ["20 20:30:00"])
    }

    @Test func `cron runs as a crontab says`() throws {
        let bench = try bench("cron('*/20 12-13 * * *', say)")
        bench.begin()
        bench.run(for: 86_401)
        #expect(bench.lines.prefix(6) == ["20 12:20:00", "20 12:40:00", "20 13:00:00", "20 13:20:00", "20 13:40:00", "21 12:00:00"])
    }

    @Test func `sun events come with their offset, day after day`() throws {
        let bench = try bench("sun.on('sunset', say) sun.on('sunset', say, { offset = '-1h' })")
        bench.begin()
        bench.run(for: 86_400)
        // 21:17 in Munich, by summer time.
        #expect(bench.lines.map { $0.prefix(8) } == ["20 18:17", "20 19:17"])
    }

    @Test func `what is due next is there for those who look from outside`() throws {
        let bench = try bench("at('12:05', say) every('10m', say)")
        bench.begin()
        bench.runner.measure()
        #expect(bench.runner.statistics.nextTimer == Self.noon + 300)
        bench.run(for: 301)
        bench.runner.measure()
        #expect(abs((bench.runner.statistics.nextTimer ?? 0) - Self.noon - 600) < 0.01)
    }

    @Test func `nothing goes by a clock that was never set, and all of it as soon as it is`() throws {
        let bench = try bench("at('12:01', say) print(#timers(), timers()[1].due, select(2, sun.elevation()))", at: 0)
        bench.clock.isTrusted = false
        bench.begin()
        bench.run(for: 86_400)
        #expect(bench.lines.count == 2)
        #expect(bench.lines.first?.hasPrefix("at, cron and sun.on rest: the wall clock was not set") == true)
        #expect(bench.lines.last?.hasPrefix("1\tnil\tthe wall clock was not set since the machine started") == true)
        bench.clock.isTrusted = true
        step(bench, to: Self.noon)
        bench.run(for: 120)
        #expect(bench.lines.last == "20 12:01:00")
    }

    @Test func `what a small step skips happens at once, what a large one skips does not`() throws {
        let bench = try bench("at('13:00', say)")
        bench.begin()
        step(bench, to: Self.noon + 2 * 3600)
        #expect(bench.lines == ["20 14:00:00"])
        step(bench, to: Self.noon + 10 * 86_400)
        #expect(bench.lines.count == 1)
        bench.run(for: 86_400)
        #expect(bench.lines.last == "30 13:00:00")
    }

    @Test func `a clock that is set back an hour does not repeat a day's run, one set back for months begins anew`() throws {
        let bench = try bench("at('12:30', say)")
        bench.begin()
        bench.run(for: 3600)
        step(bench, to: Self.noon)
        bench.run(for: 3600)
        #expect(bench.lines == ["20 12:30:00"])
        step(bench, to: Self.noon - 90 * 86_400)
        bench.run(for: 3600)
        #expect(bench.lines.count == 2)
    }

    @Test func `a clock that is slewed meanwhile is followed`() throws {
        let bench = try bench("at('12:30', say)")
        bench.begin()
        bench.run(for: 600)
        bench.clock.set(wall: bench.clock.wall + 0.3)
        bench.run(for: 1200)
        #expect(bench.lines == ["20 12:30:00"])
    }

    @Test func `a handle ends it and timers lists it`() throws {
        let bench = try bench(
            """
            local a = at('12:30', say) cron('0 0 1 1 *', say) every('1h', say)
            for _, t in ipairs(timers()) do print(t.kind, math.floor(t.due)) end
            print(a:cancel(), a:cancel(), #timers())
            """)
        bench.begin()
        bench.run(for: 3599)
        #expect(bench.lines == ["at\t1800", "every\t3600", "cron\t16804800", "true\tfalse\t2"])
    }

    @Test func `the sun is told in degrees and times`() throws {
        let bench = try bench(
            "print(sun.elevation() > 60, sun.elevation(\(Int(Self.noon) + 39600)) < -15, os.date('!%H:%M', sun.next('noon')))")
        bench.begin()
        #expect(bench.lines == ["true\ttrue\t11:15"])
    }

    @Test(arguments: [
        ("at('25:00', print)", "bad argument #1 to 'at'"), ("cron('* *', print)", "bad argument #1 to 'cron'"),
        ("sun.on('sunst', print)", "did you mean"), ("sun.on('sunset', print, { ofset = 1 })", "did you mean 'offset'"),
        ("sun.on('sunset', print, { offset = 'soon' })", "'offset' a time such as '-15m'"), ("at('12:00')", "function expected"),
    ])
    func `what is not understood raises with the remedy`(_ source: String, _ words: String) throws {
        let problem = try #require(try bench(source).begin())
        #expect(problem.sentence.contains(words), "\(problem)")
    }

    @Test func `without a place the sun says which settings it needs`() throws {
        let problem = try #require(try Bench("sun.on('sunset', print)").begin())
        #expect(problem.sentence.contains("set latitude and longitude below 'luneta:' in luneta.yaml"))
    }
}
