import Catalog
import Foundation
import LuaSource
import Support
import Testing
import Timing

@testable import Scripting

/// Texts that are saved, checked and tried out while the host runs.
@Suite(.timeLimit(.minutes(1))) struct SourceTests {
    private let folder: String
    private let host: ScriptHost
    private let surface = FakeSurface()
    private let any: (String?) throws(Problem) -> Void = { _ throws(Problem) in }

    init() throws {
        folder = NSTemporaryDirectory() + "luneta-sources-\(UUID().uuidString)"
        host = ScriptHost(surface: surface, clock: SystemClock(), folders: [folder, "scripts/lua"], log: { _ in })
    }

    private func file(_ name: String) -> String? { try? String(contentsOfFile: "\(folder)/\(name).lua", encoding: .utf8) }

    @Test func `a saved script is there with its folder, and runs`() async throws {
        _ = try await host.save("dusk", source: "every('1s', function() end)", mayReplace: any)
        #expect(file("dusk") == "every('1s', function() end)")
        #expect(try await host.run("dusk").state == .running)
        await host.shutDown()
    }

    @Test func `saving a running script reloads it`() async throws {
        _ = try await host.save("dusk", source: "every('1s', function() end)", mayReplace: any)
        try await host.run("dusk")
        let info = try await host.save("dusk", source: "camera.exposure.gain = 2 every('1s', function() end)", mayReplace: any)
        #expect(info.generation == 2)
        #expect(try surface.read("exposure.gain") == 2.0)
        await host.shutDown()
    }

    @Test(arguments: ["every(", "error('no')", "function selftest() return false, 'not today' end every('1s', print)"])
    func `text that does not load changes neither the file nor what runs`(text: String) async throws {
        let good = "every('1s', function() end)"
        _ = try await host.save("dusk", source: good, mayReplace: any)
        try await host.run("dusk")
        await #expect(throws: Problem.self) { _ = try await host.save("dusk", source: text, mayReplace: any) }
        #expect(file("dusk") == good)
        #expect(try host.info("dusk").generation == 1 && host.info("dusk").state == .running)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["dusk.lua"])
        await host.shutDown()
    }

    @Test func `a bundled script is replaced by a copy of the user's, and never deleted`() async throws {
        let bundled = try host.source("normal")
        _ = try await host.save("normal", source: "-- mine", mayReplace: any)
        #expect(try host.source("normal") == "-- mine")
        try host.delete("normal", mayReplace: any)
        #expect(try host.source("normal") == bundled)
        #expect(throws: Problem.self) { try host.delete("normal", mayReplace: any) }
    }

    @Test func `a running script is not deleted`() async throws {
        _ = try await host.save("dusk", source: "every('1s', function() end)", mayReplace: any)
        try await host.run("dusk")
        #expect(throws: Problem.self) { try host.delete("dusk", mayReplace: any) }
        try await host.stop("dusk")
        try host.delete("dusk", mayReplace: any)
        #expect(file("dusk") == nil)
    }

    @Test func `a folder that cannot be written is told, and nothing is left`() async throws {
        try "x".write(toFile: folder, atomically: true, encoding: .utf8)
        let problem = await #expect(throws: Problem.self) { _ = try await host.save("dusk", source: "-- a", mayReplace: any) }
        #expect(problem?.code == .failed)
        #expect(problem?.sentence.contains(folder) == true)
    }

    @Test func `a full disk is noticed`() throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        #expect(DurableFile.write(Array("-- a".utf8), to: full.fileDescriptor) == ENOSPC)
    }

    @Test func `a file that is given up leaves the old one and no draft`() async throws {
        _ = try await host.save("dusk", source: "-- old", mayReplace: any)
        try DurableFile("-- new".utf8, to: "\(folder)/dusk.lua").discard()
        #expect(file("dusk") == "-- old")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["dusk.lua"])
    }

    @Test func `a check tells the place of a mistake and runs nothing`() {
        #expect(host.check("camera.exposure.gain = 2") == [])
        #expect(surface.changes.isEmpty)
        let mistakes = host.check("local a = 1\nlocal b = = 2\n")
        #expect(host.check("---@param a number 5\nlocal x = script.args.b").map(\.line) == [2])
        #expect(
            host.check("---@needs stil\n").map(\.message) == [
                "there is no need 'stil', only 'control', 'http', 'script', 'still', 'stream'; did you mean 'still'?"
            ])
        #expect(host.check("camera.exposure.tme = 5").map(\.suggestion) == ["time"])
        #expect(host.check("---@restrat\n").map(\.message) == ["there is no tag '@restrat'; did you mean '@restart'?"])
        #expect(host.check("---@type number\n") == [])
        #expect(ScriptCheck.findings(in: "---@script b\n", name: "a").map(\.severity) == [.warning])
        // A header that is not understood hides nothing else.
        #expect(host.check("---@needs stil\nstill.take{}\nfoo()").map(\.line) == [1, 3])
        #expect(mistakes.map(\.line) == [2])
        #expect(mistakes.first?.message.contains("unexpected symbol") == true)
        #expect(host.check("\u{1b}Lua").count == 1)
    }

    @Test func `a session keeps its variables from turn to turn`() async throws {
        #expect(try await host.evaluate("x = 41").problem == nil)
        #expect(try await host.evaluate("x + 1").results == [42])
        #expect(try await host.evaluate("return x, 'b', print").results == [41, "b", "a function"])
        let turn = try await host.evaluate("{ f = print }, every('1h', print)")
        #expect(turn.results == ["a function", "a thing of the host"], "\(turn)")
        #expect(try host.info("repl").state == .running)
        await host.shutDown()
    }

    @Test func `a turn says what it printed and what was wrong, and the session goes on`() async throws {
        let turn = try await host.evaluate("print('hello') error('oh')")
        #expect(turn.output.map(\.text) == ["hello"])
        #expect(turn.problem?.sentence.contains("oh") == true)
        #expect(try await host.evaluate("for").problem?.sentence.contains("expected") == true)
        #expect(try await host.evaluate("1").results == [1])
        await host.shutDown()
    }

    @Test func `a turn that sets a control holds it until the session is stopped`() async throws {
        _ = try await host.evaluate("camera.exposure.gain = 3")
        #expect(try surface.why("exposure.gain").map(\.owner) == [.script("repl")])
        try await host.stop("repl")
        #expect(try surface.why("exposure.gain").isEmpty)
    }

    @Test func `a turn that waits is answered when it is done, or as waiting when that takes long`() async throws {
        #expect(try await host.evaluate("sleep('10ms') return 5").results == [5])
        #expect(try await host.evaluate("sleep('1h')", patience: 0.05).isWaiting)
        #expect(try await host.evaluate("6").results == [6])
        await host.shutDown()
    }

    @Test func `a loop ends the session by its budget, and the next turn begins a new one`() async throws {
        _ = try await host.evaluate("x = 1")
        #expect(try await host.evaluate("while true do end").problem?.code == .budget)
        #expect(try await host.evaluate("x").results == [.null])
        await host.shutDown()
    }

    @Test func `a session may not take a script's name`() async throws {
        _ = try await host.save("dusk", source: "every('1s', function() end)", mayReplace: any)
        try await host.run("dusk")
        await #expect(throws: Problem.self) { _ = try await host.evaluate("1", session: "dusk") }
        await host.shutDown()
    }

    @Test func `lines are followed as they are logged`() async throws {
        let lines = Mutex<[String]>([])
        _ = try await host.evaluate("1")
        let following = try host.followLog("repl") { line in lines.withLock { $0.append(line.text) } }
        _ = try await host.evaluate("log.warn('cold', { lux = 3 })")
        #expect(lines.withLock { $0 } == ["cold"])
        withExtendedLifetime(following) {}
        #expect(throws: Problem.self) { _ = try host.followLog("normal") { _ in } }
        await host.shutDown()
    }
}
