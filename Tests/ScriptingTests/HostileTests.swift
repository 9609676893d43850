import Catalog
import Support
import Testing
import Timing

@testable import Scripting

/// Every attack runs in a host of its own beside a neighbour that has to keep working.
@Suite(.serialized) struct HostileTests {
    @Test(arguments: hostileScripts) func `an attack ends soon and harms nobody`(_ attack: HostileScript) async throws {
        let surface = FakeSurface()
        let host = ScriptHost(surface: surface, clock: SystemClock(), folders: []) { _ in }
        try await host.run(source: "on('knock', function() persist.n = (persist.n or 0) + 1 log.info('who') end)", name: "neighbour")

        let problem: Problem?
        do {
            try await host.run(source: attack.source, name: "attack")
            try await until("it has ended") { try host.info("attack").state != .running || attack.fate == .harmless }
            problem = try host.info("attack").lastProblem
        } catch let raised as Problem {
            problem = raised
        }
        check(problem, for: attack)

        // What others do to this machine does not count against the script, so its own CPU time is what is measured.
        let late = try host.info("attack").cpuSeconds - ScriptLimits.standard.runSeconds
        Lateness.note(late, attack)
        #expect(late < 1)
        surface.emit("knock", [:])
        try await until("the neighbour has answered") { try host.logLines("neighbour").count == 1 }
        await host.shutDown()
    }

    private func check(_ problem: Problem?, for attack: HostileScript) {
        switch attack.fate {
        case .stopped:
            #expect(problem?.code == .budget)
            #expect(problem?.sentence.contains("CPU time") == true)
            #expect(problem?.sentence.contains("stack traceback:") == true)
        case .exhausted:
            #expect(problem?.code == .budget)
            #expect(problem?.sentence.contains("stack traceback:") == true)
        case .harmless:
            #expect(problem?.code != .budget)
        }
    }
}

/// The worst of what was seen, for the record.
enum Lateness {
    private static let worst = Mutex<(Double, String)>((0, ""))

    static func note(_ late: Double, _ attack: HostileScript) {
        worst.withLock { worst in
            guard late > worst.0 else { return }
            worst = (late, attack.name)
            print("latest stop so far: \(Int(late * 1e6)) µs of CPU time after the deadline, \(attack.name)")
        }
    }
}

/// Waits for a condition, at most a minute: all suites at once keep a small machine busy.
func until(_ what: String, _ condition: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record("in vain: \(what)")
            return
        }
        try await Task.sleep(for: .milliseconds(1))
    }
}
