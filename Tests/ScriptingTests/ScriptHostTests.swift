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

@Test func `what a done script left stays when its next run does not load`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    try await host.run(source: "camera.exposure.gain = 4", name: "look")
    await #expect(throws: Problem.self) { try await host.run(source: "camera.exposure.gain = 8 error('no')", name: "look") }
    #expect(try host.info("look").state == .done)
    #expect(try surface.read("exposure.gain") == 4.0)
    try await host.stop("look")
    #expect(try surface.why("exposure.gain").isEmpty)
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
    let trace = "stack traceback:\n\t[C]: in global 'error'\n\tbad:2: in local 'f'\n\tbad:3: in main chunk"
    #expect(problem == Problem(.script, "bad:2: no\n\(trace)", key: "bad"))
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
    try await host.run(
        source: "on('go.on', function() log.info('in') while true do pcall(function() while true do end end) end end)", name: "loop")
    surface.emit("go.on", [:])
    try await until("it loops") { try !host.logLines("loop").isEmpty }
    let start = ContinuousClock.now
    try await host.stop("loop")
    // A budget of 30 s would end it too; what is measured is that nobody waits for that.
    #expect(ContinuousClock.now - start < .seconds(25))
}

@Test func `commands wait for the host's answer`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    surface.commandReply = .success(["state": "live"])
    try await host.run(source: "---@needs stream\nprint(stream.start().state)", name: "start")
    try await until("it has answered") { try host.logLines("start").map(\.text) == ["live"] }
    surface.commandReply = .failure(Problem(.unavailable, "no server"))
    try await host.run(source: "---@needs stream\nprint(stream.start())", name: "refused")
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

@Test func `a script that fails can be run again at once`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    for _ in 0..<5 {
        try await host.run(source: "camera.exposure.gain = 4 on('go.on', function() while true do end end)", name: "loop")
        surface.emit("go.on", [:])
        try await until("it has failed") { try host.info("loop").state == .failed }
        try await until("it can run") { (try? surface.why("exposure.gain").isEmpty) == true }
        try await host.run(source: "camera.exposure.gain = 8", name: "loop")
        #expect(try surface.read("exposure.gain") == 8.0)
    }
}

@Test func `starting, reloading and stopping at once end in one clear state`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    await withTaskGroup(of: Void.self) { group in
        for number in 0..<30 {
            group.addTask {
                switch number % 3 {
                case 0: _ = try? await host.run(source: "camera.exposure.gain = 4 every('1ms', function() end)", name: "busy")
                case 1: _ = try? await host.reload("busy")
                default: _ = try? await host.stop("busy")
                }
            }
        }
    }
    try await host.stop("busy")
    #expect(try host.info("busy").state == .stopped)
    #expect(try surface.why("exposure.gain").isEmpty)
}
