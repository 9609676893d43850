import Catalog
import Support
import Testing

@testable import Scripting

/// A host in a next process: what was held before is held again, then the scripts go on.
private func successor(of host: ScriptHost, on before: FakeSurface) async throws -> (ScriptHost, FakeSurface) {
    let surface = FakeSurface()
    for (name, values) in before.all { try surface.define(name, values) }
    for name in before.active { try surface.push(name) }
    for control in Catalog.controls {
        for holding in try before.why(control.key).reversed() { try surface.apply(Change(holding.owner, [control.key: holding.value])) }
    }
    let next = hostOn(surface)
    for legacy in host.legacies { try await next.resume(legacy) }
    return (next, surface)
}

@Test func `a running script goes on with its arguments, its generation and what it persists`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    let source = """
        ---@param lux number 5
        persist.starts = (persist.starts or 0) + 1
        print(persist.starts, script.args.lux)
        every("1h", print)
        """
    try await host.run(source: source, name: "count", args: ["lux": 7])
    try await host.reload("count")
    let (next, _) = try await successor(of: host, on: surface)
    let info = try next.info("count")
    #expect(info.state == .running && info.generation == 2 && info.args == ["lux": 7.0] && info.timers == 1)
    #expect(try next.logLines("count").map(\.text) == ["3\t7.0"])
    await next.shutDown()
}

@Test func `what its main chunk sets does not go over what others set since`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    try await host.run(source: "camera.exposure.gain = 4 profile.define('p', {['image.contrast'] = 2}) on('x', print)", name: "look")
    try surface.apply(Change(.rest, ["exposure.gain": 8]))
    try surface.define("p", ["image.contrast": 1.5])
    let (next, after) = try await successor(of: host, on: surface)
    #expect(try after.why("exposure.gain").map(\.owner) == [.rest, .script("look")])
    #expect(after.all == ["p": ["image.contrast": 1.5]])
    try await next.stop("look")
    #expect(try after.why("exposure.gain").map(\.owner) == [.rest])
}

@Test func `what a handler set is held and goes back with the script`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    let source = """
        profile.define("dark", { ["image.contrast"] = 2 })
        on("go", function() camera.exposure.gain = 4 profile.push("dark") end)
        """
    try await host.run(source: source, name: "dusk")
    surface.emit("go", [:])
    try await until("it holds") { host.legacies.first?.profiles == ["dark"] }
    let (next, after) = try await successor(of: host, on: surface)
    #expect(try after.read("exposure.gain") == 4.0 && after.active == ["dark"])
    try await next.stop("dusk")
    #expect(try after.why("exposure.gain").isEmpty && after.active == [])
}

@Test func `awaiting a change while loading goes on`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    let source = "local o = camera:apply{['exposure.gain'] = 2}:await('5s') print(type(o)) on('x', print)"
    try await host.run(source: source, name: "waits")
    let (next, _) = try await successor(of: host, on: surface)
    try await until("it printed") { try next.logLines("waits").map(\.text) == ["table"] }
    await next.shutDown()
}

@Test func `a done script is not run again and gives back what it holds when it is stopped`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    try await host.run(source: "camera.exposure.gain = 4 print('ran')", name: "look")
    try await until("it is done") { try host.info("look").state == .done }
    let (next, after) = try await successor(of: host, on: surface)
    #expect(try next.info("look").state == .done && next.logLines("look").isEmpty)
    #expect(try after.read("exposure.gain") == 4.0)
    try await next.stop("look")
    #expect(try after.why("exposure.gain").isEmpty)
}

@Test func `a stopped script stays stopped and keeps what it persists`() async throws {
    let host = hostOn(FakeSurface())
    try await host.run(source: "persist.x = 1 every('1h', print)", name: "idle")
    try await host.stop("idle")
    let (next, _) = try await successor(of: host, on: FakeSurface())
    #expect(try next.info("idle").state == .stopped)
    #expect(next.legacies.first?.persisted == ["x": 1])
}

@Test func `a script that does not load again gives back what it held`() async throws {
    let surface = FakeSurface()
    try surface.apply(Change(.script("look"), ["exposure.gain": 4]))
    let host = hostOn(surface)
    let legacy = ScriptLegacy(name: "look", source: "error('no')", state: .running, keys: ["exposure.gain"])
    await #expect(throws: Problem.self) { try await host.resume(legacy) }
    #expect(try surface.why("exposure.gain").isEmpty)
    #expect(try host.info("look").state == .failed)
    #expect(host.legacies.first?.keys == [])
}

@Test func `a one-off without a name takes none that is there`() async throws {
    let host = hostOn(FakeSurface())
    try await host.resume(ScriptLegacy(name: "eval-1", source: "every('1h', print)", state: .running))
    #expect(try await host.run(source: "print(1)").name == "eval-2")
    await host.shutDown()
}
