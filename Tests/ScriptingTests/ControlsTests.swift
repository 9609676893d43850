import Catalog
import Support
import Testing

@testable import Scripting

@Test func `a property reads and writes its control`() throws {
    let bench = try Bench(#"camera.exposure.time = "20ms"  print(camera.exposure.time, camera.exposure.auto)"#)
    #expect(bench.begin() == nil)
    #expect(bench.lines == ["20000\ttrue"])
    #expect(bench.surface.changes.map(\.values) == [["exposure.time": 20000]])
}

@Test func `a bad value raises where it was written, with the catalog's sentence`() throws {
    let bench = try Bench("\n\ncamera.exposure.gain = 99")
    let problem = try #require(bench.begin())
    #expect(problem.sentence.hasPrefix("test:3: 'exposure.gain' must be 1 to 64 ×, got 99"))
    #expect(bench.surface.changes.isEmpty)
}

@Test func `an unknown control raises and names the nearest one`() throws {
    #expect(try printed("print(pcall(function() return camera.exposure.tim end))") == [
        "false\ttest:1: there is no control 'exposure.tim'; did you mean 'exposure.time'?"
    ])
}
