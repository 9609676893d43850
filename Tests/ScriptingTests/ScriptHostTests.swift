import Catalog
import Foundation
import Support
import Testing
import Timing

@testable import Scripting

func hostOn(_ surface: FakeSurface, folders: [String] = [], limits: ScriptLimits = .standard) -> ScriptHost {
    ScriptHost(surface: surface, clock: SystemClock(), folders: folders, limits: limits) { _ in }
}

@Test func `a script with nothing left to do is done and its values stay`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    let info = try await host.run(source: "camera.exposure.gain = 4", name: "gain")
    #expect(info.state == .done)
    #expect(try surface.read("exposure.gain") == 4.0)
}

@Test func `stopping gives back what a script held, also when it is done`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    try await host.run(source: "camera.exposure.gain = 4", name: "done")
    try await host.run(source: "camera.image.contrast = 2 every('1h', print)", name: "running")
    #expect(try await host.stop("done").state == .stopped)
    #expect(try await host.stop("running").state == .stopped)
    #expect(try surface.why("exposure.gain").isEmpty)
    #expect(try surface.why("image.contrast").isEmpty)
}

@Test func `running a done script again takes its values over and releases the rest`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    try await host.run(source: "camera.exposure.gain = 4 camera.image.contrast = 2", name: "look")
    let info = try await host.run(source: "camera.exposure.gain = 8", name: "look")
    #expect(info.generation == 2)
    #expect(try surface.read("exposure.gain") == 8.0)
    #expect(try surface.why("image.contrast").isEmpty)
}

@Test func `a running script cannot be run a second time`() async throws {
    let host = hostOn(FakeSurface())
    try await host.run(source: "every('1h', print)", name: "tick")
    let problem = await #expect(throws: Problem.self) { try await host.run(source: "every('1h', print)", name: "tick") }
    #expect(problem?.sentence == "script 'tick' is already running; stop it first, or reload it")
    await host.shutDown()
}

@Test func `a script that does not load leaves nothing behind`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    let problem = await #expect(throws: Problem.self) {
        try await host.run(source: "camera.exposure.gain = 4\nlocal function f() error('no') end\nf()", name: "bad")
    }
    #expect(problem?.sentence.hasPrefix("bad:2: no\nstack traceback:\n\t[C]: in function 'error'\n\tbad:2: in upvalue 'f'") == true || problem?.sentence.contains("in local 'f'") == true)
    #expect(surface.changes.isEmpty)
    #expect(try host.info("bad").state == .failed)
}

@Test func `an error in a handler is reported and the script goes on`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    let failures = Collector(surface, "script.failed")
    try await host.run(source: "on('a.b', function(e) if e.bad then error('bad event') end log.info('good') end)", name: "ear")
    surface.emit("a.b", ["bad": true])
    surface.emit("a.b", [:])
    try await until("the good event was handled") { try host.logLines("ear").contains { $0.text == "good" } }
    let info = try host.info("ear")
    #expect(info.state == .running)
    #expect(info.errors == 1)
    #expect(info.lastProblem?.sentence.hasPrefix("ear:1: bad event\nstack traceback:") == true)
    #expect(failures.events.count == 1)
    await host.shutDown()
}

@Test func `a script over its budget fails, and what it held goes back`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    let failures = Collector(surface, "script.failed")
    try await host.run(source: "camera.exposure.gain = 4 on('go.on', function() while true do end end)", name: "loop")
    surface.emit("go.on", [:])
    try await until("it has failed") { try host.info("loop").state == .failed }
    try await until("its values are back") { try surface.why("exposure.gain").isEmpty && failures.events.count == 1 }
    #expect(try host.info("loop").lastProblem?.code == .budget)
}

@Test func `stopping interrupts a run under way`() async throws {
    var limits = ScriptLimits.standard
    limits.runSeconds = 30
    let surface = FakeSurface()
    let host = hostOn(surface, limits: limits)
    try await host.run(source: "on('go.on', function() log.info('in') while true do pcall(function() while true do end end) end end)", name: "loop")
    surface.emit("go.on", [:])
    try await until("it loops") { try !host.logLines("loop").isEmpty }
    let start = ContinuousClock.now
    try await host.stop("loop")
    #expect(ContinuousClock.now - start < .seconds(5))
}

@Test func `commands wait for the host's answer`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    surface.commandReply = .success(["state": "live"])
    try await host.run(source: "print(stream.start().state)", name: "start")
    try await until("it has answered") { try host.logLines("start").map(\.text) == ["live"] }
    surface.commandReply = .failure(Problem(.unavailable, "no server"))
    try await host.run(source: "print(stream.start())", name: "refused")
    try await until("it was refused") { try host.logLines("refused").map(\.text) == ["nil\tno server"] }
    #expect(surface.performed.map(\.0) == ["stream.start", "stream.start"])
}

@Test func `a script of a folder runs with its checked arguments`() async throws {
    let folder = try Folder(["hello.lua": "---@param who text world\nprint('hello ' .. script.args.who, script.name, script.generation)"])
    let host = hostOn(FakeSurface(), folders: [folder.path])
    try await host.run("hello", args: ["who": "you"])
    #expect(try host.logLines("hello").map(\.text) == ["hello you\thello\t1"])
    await #expect(throws: Problem.unknown("parameter", "whom", among: ["who"])) { try await host.run("hello", args: ["whom": 1]) }
}

@Test(arguments: ["../hello", "Hello", "", "a/b", "a.b", "hello\u{0}"])
func `a name that could leave the folder is refused`(_ name: String) async throws {
    let host = hostOn(FakeSurface(), folders: ["/"])
    let problem = await #expect(throws: Problem.self) { try await host.run(name) }
    #expect(problem?.code == .notOneOf)
}

@Test func `the first folder that has a script wins, and the list shows all`() async throws {
    let user = try Folder(["a.lua": "print('user')"])
    let bundled = try Folder(["a.lua": "print('bundled')", "b.lua": "---@about Second.", "b_test.lua": "x"])
    let host = hostOn(FakeSurface(), folders: [user.path, bundled.path])
    try await host.run("a")
    #expect(try host.logLines("a").map(\.text) == ["user"])
    #expect(host.list().map(\.name) == ["a", "b"])
    #expect(try host.info("b").header.about == "Second.")
}

@Test func `too many scripts are refused, but finished one-offs make room`() async throws {
    var limits = ScriptLimits.standard
    limits.scripts = 2
    let host = hostOn(FakeSurface(), limits: limits)
    for _ in 0..<5 { try await host.run(source: "print(1)") }
    try await host.run(source: "every('1h', print)", name: "one")
    try await host.run(source: "every('1h', print)", name: "two")
    let problem = await #expect(throws: Problem.self) { try await host.run(source: "print(1)") }
    #expect(problem?.code == .budget)
    await host.shutDown()
}

@Test func `the script commands answer as tables`() async throws {
    let host = hostOn(FakeSurface())
    let info = try await host.perform("script.run", ["source": "every('1h', print)", "name": "tick"])
    #expect(info.table?["state"] == "running")
    #expect(try await host.perform("script.list", [:]).list?.count == 1)
    #expect(try await host.perform("script.stop", ["name": "tick"]).table?["state"] == "stopped")
    await #expect(throws: Problem.self) { try await host.perform("script.run", [:]) }
}

@Test func `a script can stop itself`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    try await host.run(source: "every('1h', print) on('go.on', function() end)", name: "other")
    try await host.stop("other")
    #expect(try host.info("other").handlers == 0)
}
