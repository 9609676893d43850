import Almanac
import Catalog
import Foundation
import LuaSource
import Support
import Timing

@testable import Scripting

/// A script on a bench: a runner without a thread, a camera host in memory and a clock that stands still.
final class Bench {
    let surface = FakeSurface()
    let clock = TestClock()
    let inbox: Inbox
    let log: ScriptLog
    let runner: ScriptRunner
    let flag = StopFlag()

    init(
        _ source: String, args: [String: Value] = [:], limits: ScriptLimits = .standard, persist: PersistStore = PersistStore(),
        name: String = "test", web: (any WebClient)? = nil, sun: Sun? = nil, zone: TimeZone = .gmt,
        needs: Needs = .everything, folders: [String] = []
    ) throws {
        inbox = Inbox(capacity: limits.events)
        log = ScriptLog(name, limits, clock) { _ in }
        let services = ScriptServices(
            surface: surface, clock: clock, limits: limits, log: log, persist: persist, driver: ScriptThreads(clock: clock),
            folders: ScriptFolders(folders),
            web: web, sun: sun, zone: zone)
        let spec = ScriptSpec(name: name, generation: 1, source: source, args: args, needs: needs)
        runner = try ScriptRunner(spec, services, inbox: inbox, flag: flag)
    }

    /// What the script has printed and logged.
    var lines: [String] { log.lines.map(\.text) }

    /// Loads and takes over.
    @discardableResult func begin() -> Problem? {
        if let problem = runner.load() { return problem }
        return runner.takeOver(from: Holdings())
            ?? {
                _ = runner.pump(); return nil
            }()
    }

    /// Waits until everything that is under way elsewhere has been answered.
    func settle() async throws {
        repeat {
            try await until("the answers are there") {
                _ = runner.pump(); return runner.tasks.isEmpty
            }
        } while !runner.tasks.isEmpty
    }

    /// As ``run(for:)``, for scripts that take pictures or reach servers.
    func live(for seconds: Double) async throws {
        let end = clock.now.advanced(by: seconds)
        try await settle()
        while let next = runner.pump(), next <= end {
            clock.advance(by: max(0, clock.now.seconds(to: next)))
            _ = runner.pump()
            try await settle()
        }
        clock.advance(by: max(0, clock.now.seconds(to: end)))
        try await settle()
    }

    /// Lets so many seconds pass, stopping wherever something is due.
    func run(for seconds: Double) {
        let end = clock.now.advanced(by: seconds)
        while let next = runner.pump(), next <= end { clock.advance(by: max(0, clock.now.seconds(to: next))) }
        clock.advance(by: max(0, clock.now.seconds(to: end)))
        _ = runner.pump()
    }
}

/// Runs a script to its end or first rest and returns what it printed.
func printed(_ source: String, args: [String: Value] = [:], limits: ScriptLimits = .standard) throws -> [String] {
    let bench = try Bench(source, args: args, limits: limits)
    if let problem = bench.begin() { return ["failed: \(problem)"] }
    return bench.lines
}
