import Catalog
import Support
import Testing

@testable import Scripting

@Test func `a reload keeps the values that both generations set, without a gap`() async throws {
    let folder = try Folder(["look.lua": "camera.exposure.gain = 4 camera.image.contrast = 2 every('1h', print)"])
    let surface = FakeSurface()
    let host = hostOn(surface, folders: [folder.path])
    try await host.run("look")
    let changes = Collector(surface, "control.changed")
    try folder.write("look.lua", "camera.exposure.gain = 8 every('1h', print)")
    #expect(try await host.reload("look").generation == 2)
    #expect(changes.events.map { $0.fields["value"] } == [8.0])
    #expect(try surface.why("exposure.gain").count == 1)
    #expect(try surface.why("image.contrast").isEmpty)
    await host.shutDown()
}

@Test func `a generation that does not load leaves the old one running and nothing of itself`() async throws {
    let folder = try Folder(["look.lua": "camera.exposure.gain = 4 on('a.b', function() print('old') end)"])
    let surface = FakeSurface()
    let host = hostOn(surface, folders: [folder.path])
    try await host.run("look")
    try folder.write("look.lua", "camera.exposure.gain = 8 profile.define('x', {}) emit('a.b') error('bad')")
    let problem = await #expect(throws: Problem.self) { try await host.reload("look") }
    #expect(problem?.sentence.hasPrefix("look:1: bad\nstack traceback:") == true)
    #expect(try surface.read("exposure.gain") == 4.0)
    #expect(surface.all.isEmpty)
    surface.emit("a.b", [:])
    try await until("the old one has answered") { try host.logLines("look").contains { $0.text == "old" } }
    #expect(try host.info("look").generation == 1)
    await host.shutDown()
}

@Test(arguments: ["function selftest() error('no') end", "function selftest() return false, 'no' end", "function selftest() sleep(1) end"])
func `a generation whose selftest fails is discarded`(_ source: String) async throws {
    let folder = try Folder(["look.lua": "every('1h', print)"])
    let host = hostOn(FakeSurface(), folders: [folder.path])
    try await host.run("look")
    try folder.write("look.lua", source)
    await #expect(throws: Problem.self) { try await host.reload("look") }
    #expect(try host.info("look").state == .running)
    await host.shutDown()
}

@Test func `the old generation's timers and handlers end with it`() async throws {
    let folder = try Folder(["look.lua": "on('a.b', function() print('old') end) every('1ms', function() end)"])
    let surface = FakeSurface()
    let host = hostOn(surface, folders: [folder.path])
    try await host.run("look")
    try folder.write("look.lua", "on('a.b', function() print('new') end)")
    try await host.reload("look")
    surface.emit("a.b", [:])
    try await until("the new one has answered") { try !host.logLines("look").isEmpty }
    #expect(try host.logLines("look").map(\.text) == ["new"])
    #expect(try host.info("look").timers == 0)
    await host.shutDown()
}

@Test func `persist goes over to the next generation`() async throws {
    let folder = try Folder(["look.lua": "persist.n = (persist.n or 0) + 1 print(persist.n, script.generation) every('1h', print)"])
    let host = hostOn(FakeSurface(), folders: [folder.path])
    try await host.run("look")
    try await host.reload("look")
    #expect(try host.logLines("look").map(\.text) == ["1\t1", "2\t2"])
    await host.shutDown()
}

@Test func `a script that waits in its main chunk has loaded by then`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    let info = try await host.run(source: "camera.exposure.gain = 4 sleep('1h') camera.exposure.gain = 8", name: "slow")
    #expect(info.state == .running)
    #expect(try surface.read("exposure.gain") == 4.0)
    await host.shutDown()
}

@Test func `writes of the main chunk are one change`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    try await host.run(source: "camera.exposure.auto = false camera.exposure.time = '20ms' camera.exposure.gain = 2", name: "manual")
    #expect(surface.changes.map(\.values) == [["exposure.auto": false, "exposure.time": 20000, "exposure.gain": 2.0]])
}

@Test func `only a running script can be reloaded`() async throws {
    let host = hostOn(FakeSurface())
    try await host.run(source: "print(1)", name: "done")
    let problem = await #expect(throws: Problem.self) { try await host.reload("done") }
    #expect(problem?.sentence == "script 'done' is not running; run it")
}
