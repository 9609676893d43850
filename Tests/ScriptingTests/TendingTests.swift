import Catalog
import Foundation
import Glibc
import Support
import Testing
import Timing

@testable import Scripting

/// What the host does for scripts by itself: start them again, load them anew.
@Suite(.timeLimit(.minutes(1))) struct TendingTests {
    private let scripts: Folder
    private var folder: String { scripts.path }
    private let clock = TestClock()
    private let surface = FakeSurface()
    private let host: ScriptHost

    init() throws {
        scripts = try Folder([:])
        host = ScriptHost(surface: surface, clock: clock, folders: [scripts.path], log: { _ in })
    }

    private func write(_ name: String, _ text: String) throws {
        try scripts.write("\(name).lua", text)
    }

    /// Two looks: a file has to stand still between them.
    private func look() async {
        await host.tend()
        await host.tend()
    }

    private func texts(_ name: String) throws -> [String] { try host.logLines(name).map(\.text) }

    /// Waits until the script's thread has come to what its clock says.
    private func until(_ name: String, _ state: ScriptState) async throws {
        try await ScriptingTests.until("'\(name)' is \(state.rawValue)") { try host.info(name).state == state }
    }

    // MARK: Saved files

    @Test func `a running script whose file is saved is loaded anew`() async throws {
        try write("a", "print('one') every('1h', print)")
        try await host.run("a")
        await look()
        try write("a", "print('two') every('1h', print)")
        await look()
        #expect(try host.info("a").generation == 2)
        #expect(try texts("a") == ["one", "two"])
        await look()
        #expect(try host.info("a").generation == 2)
        await host.shutDown()
    }

    @Test func `what is saved right after the script was started is not missed`() async throws {
        try write("lib", "return 'one'")
        try write("a", "print(require 'lib') every('1h', print)")
        try await host.run("a")
        try write("lib", "return 'two'")
        await look()
        #expect(try texts("a") == ["one", "two"])
        try write("a", "print('three') every('1h', print)")
        await look()
        #expect(try texts("a").last == "three")
        await host.shutDown()
    }

    @Test func `a file that is touched or still being written is left alone`() async throws {
        let text = "print('one') every('1h', print)"
        try write("a", text)
        try await host.run("a")
        await look()
        try write("a", text)
        await look()
        #expect(try host.info("a").generation == 1)
        try write("a", "print('two")  // the first half
        await host.tend()
        try write("a", "print('two') every('1h', print) ")
        await look()
        #expect(try texts("a") == ["one", "two"])
        await host.shutDown()
    }

    @Test(arguments: ["every(", "---@needs stil", "---@param x number 5 0..1", "error('no')"])
    func `text that is no good leaves what runs, says why, and is mended by the next save`(text: String) async throws {
        try write("a", "every('1h', print)")
        try await host.run("a")
        await look()
        try write("a", text)
        await look()
        let info = try host.info("a")
        #expect(info.state == .running && info.generation == 1)
        #expect(info.lastProblem != nil)
        #expect(try texts("a").last == info.lastProblem?.sentence)
        try write("a", "every('1h', print) print('well')")
        await look()
        #expect(try host.info("a").generation == 2 && host.info("a").lastProblem == nil)
        await host.shutDown()
    }

    @Test func `a script that has failed is run again when its file is saved`() async throws {
        try write("a", "error('no')")
        await #expect(throws: Problem.self) { try await host.run("a") }
        await look()
        #expect(try host.info("a").state == .failed)
        try write("a", "every('1h', print)")
        await look()
        #expect(try host.info("a").state == .running)
        await host.shutDown()
    }

    @Test func `a module that is saved loads the scripts that use it anew, and no others`() async throws {
        try write("lib", "return 'one'")
        try write("a", "print(require 'lib') every('1h', print)")
        try write("b", "every('1h', print)")
        try await host.run("a")
        try await host.run("b")
        await look()
        try write("lib", "return 'two'")
        await look()
        #expect(try texts("a") == ["one", "two"])
        #expect(try host.info("b").generation == 1)
        try write("lib", "return = 3")
        await look()
        #expect(try host.info("a").generation == 2 && host.info("a").lastProblem?.sentence.contains("lib:1:") == true)
        try write("lib", "return 'four'")
        await look()
        #expect(try texts("a").last == "four")
        await host.shutDown()
    }

    @Test func `a file that is gone, or that nobody runs, changes nothing`() async throws {
        try write("a", "every('1h', print)")
        try write("b", "error('nobody runs it')")
        try await host.run("a")
        await look()
        try FileManager.default.removeItem(atPath: "\(folder)/a.lua")
        try write("b", "error('still not')")
        await look()
        #expect(try host.info("a").state == .running && host.info("b").state == .stopped)
        try write("a", "print('back') every('1h', print)")
        await look()
        #expect(try texts("a") == ["back"])
        await host.shutDown()
    }

    @Test func `saving over the API does not load twice`() async throws {
        try write("a", "every('1h', print)")
        try await host.run("a")
        await look()
        _ = try await host.save("a", source: "every('2h', print)", mayReplace: { _ throws(Problem) in })
        await look()
        #expect(try host.info("a").generation == 2)
        await host.shutDown()
    }

    @Test func `nothing is loaded anew when nobody wants it`() async throws {
        try write("a", "every('1h', print)")
        try await host.run("a")
        await look()
        try write("a", "every('2h', print)")
        await host.tend(isWatching: false)
        await host.tend(isWatching: false)
        #expect(try host.info("a").generation == 1)
        await host.shutDown()
    }

    @Test func `a generation that lacks a need never replaces one that does not`() async throws {
        try write("a", "---@needs still\non('x.y', function() still.take{} end)")
        try await host.run("a")
        await look()
        try write("a", "on('x.y', function() still.take{} end)")
        await look()
        let info = try host.info("a")
        #expect(info.generation == 1 && info.state == .running)
        #expect(info.lastProblem?.sentence == "a:1: 'still.take' needs '---@needs still' in the header")
        await host.shutDown()
    }

    // MARK: Restarts

    /// A script that fails when somebody says so.
    private let fragile = "---@restart\non('test.fail', function() while true do end end)"

    @Test func `a script that fails is started again after 1, 2, 4 seconds`() async throws {
        try await host.run(source: fragile, name: "a")
        for (generation, delay) in [1, 2, 4].enumerated() {
            surface.emit("test.fail", [:])
            try await until("a", .failed)
            #expect(try host.info("a").restartsIn == Double(delay))
            clock.advance(by: Double(delay) - 0.1)
            await host.tend()
            #expect(try host.info("a").state == .failed)
            clock.advance(by: 0.1)
            await host.tend()
            #expect(try host.info("a").state == .running)
            #expect(try host.info("a").generation == generation + 2)
        }
        await host.shutDown()
    }

    @Test func `one that does not ask for it stays failed`() async throws {
        try await host.run(source: "on('test.fail', function() while true do end end)", name: "a")
        surface.emit("test.fail", [:])
        try await until("a", .failed)
        #expect(try host.info("a").restartsIn == nil)
        clock.advance(by: 1000)
        await host.tend()
        #expect(try host.info("a").state == .failed)
        await host.shutDown()
    }

    @Test func `one that is stopped meanwhile stays stopped`() async throws {
        try await host.run(source: fragile, name: "a")
        surface.emit("test.fail", [:])
        try await until("a", .failed)
        try await host.stop("a")
        clock.advance(by: 1000)
        await host.tend()
        #expect(try host.info("a").state == .stopped && host.info("a").restartsIn == nil)
        await host.shutDown()
    }

    @Test func `one that fails while it is still being started comes back too`() async throws {
        let host = ScriptHost(surface: surface, clock: SystemClock(), folders: [folder], log: { _ in })
        _ = try? await host.run(source: "---@restart\nafter(0, function() while true do end end)", name: "a")
        try await ScriptingTests.until("it is going to be started again") { try host.info("a").restartsIn != nil }
        #expect(try host.info("a").state == .failed && host.info("a").restartsIn != nil)
        await host.shutDown()
    }

    @Test func `a link is followed`() async throws {
        let other = try Folder(["a.lua": "print('one') every('1h', print)"])
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/a.lua", withDestinationPath: "\(other.path)/a.lua")
        try await host.run("a")
        try "print('three') every('1h', print)".write(toFile: "\(other.path)/a.lua", atomically: false, encoding: .utf8)
        await look()
        #expect(try texts("a") == ["one", "three"])
        await host.shutDown()
    }

    @Test func `what is no file is not read`() async throws {
        #expect(mkfifo("\(folder)/pipe.lua", 0o600) == 0)
        let problem = await #expect(throws: Problem.self) { try await host.run("pipe") }
        #expect(problem?.sentence.hasSuffix("is not a file") == true)
    }

    @Test func `a restart that does not load is tried again later`() async throws {
        try await host.run(source: "---@restart\nif script.generation == 2 then error('not yet') end\n" + fragile, name: "a")
        surface.emit("test.fail", [:])
        try await until("a", .failed)
        clock.advance(by: 1)
        await host.tend()
        // Its number is taken by one that loads.
        #expect(try host.info("a").state == .failed && host.info("a").restartsIn == 2)
        await host.shutDown()
    }

    @Test func `a main chunk that fails after it has waited fails the script`() async throws {
        try await host.run(source: "---@restart\nwait('test.go') error('too late')", name: "a")
        surface.emit("test.go", [:])
        try await until("a", .failed)
        let info = try host.info("a")
        #expect(info.lastProblem?.sentence.contains("a:2: too late") == true && info.errors == 1)
        #expect(info.restartsIn == 1)
        await host.shutDown()
    }

    @Test func `a script that nobody looks after is tried again when it does not load, any other is not`() async throws {
        try write("a", "---@restart\nerror('not yet')")
        try write("b", "error('never')")
        for name in ["a", "b"] { await #expect(throws: Problem.self) { try await host.autostart(name) } }
        #expect(try host.info("a").restartsIn == 1 && host.info("b").restartsIn == nil)
        await #expect(throws: Problem.self) { try await host.run("a") }
        #expect(try host.info("a").restartsIn == nil)
        await host.shutDown()
    }

    @Test func `one that ran for a minute is started again soon, and nobody waits longer than a minute`() {
        var backoff = Backoff()
        var now = clock.now
        var delays: [Double] = []
        for _ in 0..<9 {
            backoff.begin(at: now)
            now = now.advanced(by: 1)
            delays.append(backoff.fail(at: now))
        }
        #expect(delays == [1, 2, 4, 8, 16, 32, 60, 60, 60])
        backoff.begin(at: now)
        #expect(backoff.fail(at: now.advanced(by: 60)) == 1)
    }

    // MARK: Budgets

    @Test func `a script has the budget that its header asks for`() async throws {
        let code = "\nlocal t = {} for i = 1, 200 do t[i] = ('x'):rep(1e6) .. i end every('1h', print)"
        let problem = await #expect(throws: Problem.self) { try await host.run(source: code, name: "small") }
        #expect(problem?.sentence.contains("needed more than 32768 KiB of memory") == true)
        try await host.run(source: "---@budget memory 256MB ; run 1s" + code, name: "large")
        let few = await #expect(throws: Problem.self) {
            try await host.run(source: "---@budget timers 2\nfor i = 1, 3 do every('1h', print) end", name: "few")
        }
        #expect(few?.sentence.contains("2 timers") == true, "\(few?.sentence ?? "")")
        await host.shutDown()
    }

    @Test(arguments: [
        ("memory 1TB", "'memory' must be 1MB to 256MB, got 1TB"), ("run 5", "'run' must be 10ms to 1s, got 5"),
        ("timers", "'timers' must be 1 to 10000, got nothing"), ("memroy 5MB", "there is no budget 'memroy'; did you mean 'memory'?"),
    ]) func `a budget that makes no sense says so`(line: String, sentence: String) {
        let mistake = #expect(throws: HeaderMistake.self) { try HeaderParser.parse("\n---@budget \(line)") }
        #expect(mistake?.line == 2 && mistake?.what == sentence)
    }
}
