import Catalog
import Support
import Testing

@testable import Scripting

@Test func `a profile is defined, pushed and popped`() throws {
    let bench = try Bench(
        """
        profile.define("night", { ["exposure.mode"] = "long" })
        profile.push("night")
        after(1, function() print(camera.exposure.mode, profile.active()[1]) profile.pop("night") print(camera.exposure.mode) end)
        """)
    bench.begin()
    bench.run(for: 1)
    #expect(bench.lines == ["long\tnight", "normal"])
}

@Test func `a bad value in a profile raises where it is defined`() throws {
    let problem = try #require(try Bench("profile.define('night', { ['exposure.mode'] = 'slow' })").begin())
    #expect(problem.sentence.hasPrefix("test:1: 'exposure.mode' must be one of"))
}

@Test func `an unknown profile raises with the nearest name`() throws {
    let problem = try #require(try Bench("profile.define('night', {}) profile.push('nigt')").begin())
    #expect(problem.sentence.contains("did you mean 'night'?"))
}

@Test func `a profile is pushed as slowly as 'over' says`() throws {
    let bench = try Bench("profile.define('night', { ['exposure.value'] = 1 }) profile.push('night', { over = '20m' })")
    bench.begin()
    #expect(bench.surface.changes.map(\.over) == [1200])
}

@Test func `an option that profiles do not have raises with the one they have`() throws {
    let problem = try #require(try Bench("profile.define('night', {}) profile.push('night', { ovr = '20m' })").begin())
    #expect(problem.sentence.contains("did you mean 'over'?"))
}

@Test func `a profile that was pushed goes when its script is stopped`() async throws {
    let surface = FakeSurface()
    let host = hostOn(surface)
    try await host.run(source: "profile.define('night', {}) profile.push('night') every('1h', print)", name: "dusk")
    #expect(surface.active == ["night"])
    try await host.stop("dusk")
    #expect(surface.active.isEmpty)
}
