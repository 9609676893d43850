import Catalog
import Foundation
import Support
import Testing
import Timing

@testable import Scripting

/// The scripts that come with the product, read where they stand in the checkout.
private let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "scripts/lua").path

private func bundled(_ name: String, _ args: [String: Value] = [:]) throws -> Bench {
    let text = try String(contentsOfFile: "\(folder)/\(name).lua", encoding: .utf8)
    return try Bench(text, args: try HeaderParser.parse(text).arguments(args), name: name)
}

@Test(arguments: ["low_light", "low_light_motion", "normal", "day_night"])
func `a bundled script has a header that names it and says what it does`(_ name: String) throws {
    let header = try HeaderParser.parse(String(contentsOfFile: "\(folder)/\(name).lua", encoding: .utf8))
    #expect(header.script == name)
    #expect(!header.about.isEmpty && !header.needs.isEmpty && !header.parameters.isEmpty)
}

@Test func `low_light sets long, clean exposures with one change`() throws {
    let bench = try bundled("low_light", ["ev": 2])
    bench.begin()
    bench.run(for: 0)
    #expect(
        bench.surface.changes.map(\.values) == [
            [
                "exposure.auto": true, "exposure.mode": "long", "exposure.constraint": "shadows", "exposure.value": 2.0,
                "exposure.min_time": 100, "exposure.max_time": 1_000_000, "image.noise_reduction": "high_quality",
            ]
        ])
    #expect(bench.lines == ["low light is on"])
}

@Test func `low_light_motion fixes time and gain and leaves nothing of low_light`() throws {
    let bench = try bundled("low_light_motion")
    bench.begin()
    bench.run(for: 0)
    #expect(
        bench.surface.changes.map(\.values) == [
            [
                "exposure.auto": false, "exposure.time": 33333, "exposure.gain": 12.0, "exposure.mode": "normal",
                "exposure.constraint": "shadows", "exposure.value": 1.0, "exposure.min_time": 100, "exposure.max_time": 0,
                "image.noise_reduction": "high_quality",
            ]
        ])
}

@Test func `normal leaves the longest exposure to the frame rate`() throws {
    let bench = try bundled("normal")
    bench.begin()
    bench.run(for: 0)
    let values = try #require(bench.surface.changes.first?.values)
    #expect(values["exposure.max_time"] == 0)
    #expect(values["image.noise_reduction"] == "fast")
    #expect(values["stream.framerate"] == nil)
}

@Test func `a key that was not applied is logged with its reason`() throws {
    let bench = try bundled("normal", ["fps": 25])
    bench.surface.settlesAtOnce = false
    bench.begin()
    let outcome = Outcome(.unsupported, asked: "fast", reason: "no such stage")
    bench.surface.settle(Ticket(id: 1), ["image.noise_reduction": outcome])
    bench.run(for: 1)
    #expect(bench.lines == ["image.noise_reduction is unsupported", "normal is on"])
    #expect(bench.log.lines.first?.fields["reason"] == "no such stage")
}

/// Shows a light for so many seconds.
private func show(_ lux: Double, for seconds: Double, on bench: Bench) {
    bench.surface.show { $0.lux = lux }
    bench.run(for: seconds)
}

@Test func `day_night switches once at dusk and once at dawn`() throws {
    let bench = try bundled("day_night")
    bench.begin()
    show(100, for: 10, on: bench)
    show(4, for: 600, on: bench)
    #expect(bench.surface.active == ["night"])
    show(8, for: 600, on: bench)
    #expect(bench.surface.active == ["night"])
    show(50, for: 600, on: bench)
    #expect(bench.surface.active.isEmpty)
    #expect(bench.lines == ["night", "day"])
}

@Test func `day_night takes neither cars for a day nor a cloud for a night`() throws {
    let bench = try bundled("day_night")
    bench.begin()
    show(100, for: 16, on: bench)
    for _ in 0..<20 {
        show(4, for: 2, on: bench)
        show(100, for: 1, on: bench)
    }
    #expect(bench.lines.isEmpty)
    show(4, for: 800, on: bench)
    #expect(bench.surface.active == ["night"])
    show(100, for: 60, on: bench)
    #expect(bench.surface.active == ["night"])
    show(100, for: 120, on: bench)
    #expect(bench.surface.active.isEmpty)
}

@Test func `day_night refuses thresholds that cross`() throws {
    let problem = try #require(try bundled("day_night", ["dark": 12, "bright": 5]).begin())
    #expect(problem.sentence.contains("'selftest' failed: 'bright' must be above 'dark'"))
}

@Test func `day_night stays in the dark over a reload`() throws {
    let text = try String(contentsOfFile: "\(folder)/day_night.lua", encoding: .utf8)
    let store = PersistStore()
    try store.keep(["is_night": true])
    let bench = try Bench(text, args: try HeaderParser.parse(text).arguments([:]), persist: store)
    bench.begin()
    #expect(bench.surface.active == ["night"])
}

@Test func `a property read is measured`() throws {
    let nanoseconds = try ScriptBenchmark.nanosecondsPerRead(of: "exposure.gain", on: FakeSurface(), clock: SystemClock(), count: 20_000)
    print("a property read takes \(Int(nanoseconds)) ns in this build")
    #expect(nanoseconds > 0)
}
