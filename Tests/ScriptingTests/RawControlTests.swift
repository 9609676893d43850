import Catalog
import Support
import Testing

@testable import Scripting

struct RawControlTests {
    private static let controls = [
        Control("raw.AeFlickerPeriod", "", .integer(100...1_000_000, .none), standard: nil),
        Control("raw.AfWindows", "", .list(.rectangle(0...4608), count: 0...4), standard: []),
        Control("raw.ColourGains", "", .list(.number(0...32, .none), count: 2...2), standard: [1, 1]),
    ]

    private func bench(_ source: String) throws -> Bench {
        let bench = try Bench(source)
        bench.surface.configure(raw: RawControlTests.controls)
        return bench
    }

    private func printed(_ source: String) throws -> [String] {
        let bench = try bench(source)
        if let problem = bench.begin() { return ["failed: \(problem)"] }
        return bench.lines
    }

    @Test func `a raw control is read and written by libcamera's name`() throws {
        let bench = try bench("print(camera.raw.AeFlickerPeriod) camera.raw.AeFlickerPeriod = 10000.0 print(camera.raw.AeFlickerPeriod)")
        #expect(bench.begin() == nil)
        #expect(bench.lines == ["nil", "10000"])
        #expect(bench.surface.changes.map(\.values) == [["raw.AeFlickerPeriod": 10000]])
    }

    @Test func `lists and lists of rectangles are Lua sequences both ways`() throws {
        let bench = try bench(
            """
            camera.raw.ColourGains = { 1.5, 2 }
            camera.raw.AfWindows = { { 0, 0, 100, 100 }, { 200, 200, 50, 50 } }
            after(1, function()
              local gains, windows = camera.raw.ColourGains, camera.raw.AfWindows
              print(#gains, gains[1], gains[2], #windows, table.concat(windows[2], ","))
              camera.raw.AfWindows = {}
              print(#camera.raw.AfWindows)
            end)
            """)
        #expect(bench.begin() == nil)
        bench.run(for: 1)
        #expect(bench.lines == ["2\t1.5\t2.0\t2\t200,200,50,50", "0"])
        #expect(bench.surface.changes.last?.values == ["raw.AfWindows": []])
    }

    @Test func `raw and other controls are one change, all or nothing`() throws {
        let bench = try bench(
            """
            local outcome = camera:apply{ ["raw.AeFlickerPeriod"] = 8333, ["image.contrast"] = 2 }:await("1s")
            print(outcome["raw.AeFlickerPeriod"].state, outcome["image.contrast"].state)
            print(pcall(camera.apply, camera, { ["raw.AeFlickerPeriod"] = 10000, ["image.contrast"] = 99 }))
            print(camera.raw.AeFlickerPeriod)
            """)
        bench.begin()
        bench.run(for: 0)
        #expect(bench.surface.changes.map(\.values) == [["raw.AeFlickerPeriod": 8333, "image.contrast": 2.0]])
        #expect(bench.lines.first == "applied\tapplied")
        #expect(bench.lines.last == "8333")
    }

    @Test(arguments: [
        ("camera.raw.ColourGains = { 1, 99 }", "test:1: element 2 of 'raw.ColourGains' must be 0 to 32, got 99"),
        ("camera.raw.ColourGains = 3", "test:1: 'raw.ColourGains' must be a list of 2 numbers, got 3"),
        ("camera.raw.AeFlickerPeriod = 0.5", "test:1: 'raw.AeFlickerPeriod' must be 100 to 1000000, got 0.5"),
        ("camera.raw.AeFlickerPeriod = print", "test:1: a function cannot be a value of 'camera.raw.AeFlickerPeriod'"),
        ("camera.raw.ColorGains = { 1, 1 }", "test:1: there is no control 'raw.ColorGains'; did you mean 'raw.ColourGains'?"),
        ("print(camera.raw.ColorGains)", "test:1: there is no control 'raw.ColorGains'; did you mean 'raw.ColourGains'?"),
        ("camera:release('raw.ColorGains')", "test:1: there is no control 'raw.ColorGains'; did you mean 'raw.ColourGains'?"),
        ("camera.raw = {}", "test:1: 'camera.raw' is read only"),
    ])
    func `what cannot be is raised where it was written`(source: String, sentence: String) throws {
        let bench = try bench(source)
        let problem = try #require(bench.begin())
        #expect(problem.sentence.hasPrefix(sentence), "\(problem.sentence)")
        #expect(bench.surface.changes.isEmpty)
    }

    @Test func `why tells who holds a raw control, release gives it back`() throws {
        let bench = try bench(
            """
            camera.raw.AeFlickerPeriod = 10000
            after(1, function()
              print(camera:why("raw.AeFlickerPeriod")[1].owner)
              camera:release("raw.AeFlickerPeriod")
              print(#camera:why("raw.AeFlickerPeriod"), camera.raw.AeFlickerPeriod)
            end)
            """)
        bench.begin()
        bench.run(for: 1)
        #expect(bench.lines == ["script:test", "0\tnil"])
    }

    @Test func `a profile holds raw values`() throws {
        let bench = try bench(
            #"profile.define("mains", { ["raw.AeFlickerPeriod"] = 10000 }) profile.push("mains") after(1, function() print(camera.raw.AeFlickerPeriod) end)"#
        )
        #expect(bench.begin() == nil)
        bench.run(for: 1)
        #expect(bench.lines == ["10000"])
        #expect(try self.bench(#"profile.define("mains", { ["raw.AeFlickerPeriod"] = "50 Hz" })"#).begin()?.code == .script)
    }

    @Test func `pairs lists what the camera reports and says the value of`() throws {
        let lines = try printed("for name, value in pairs(camera.raw) do print(name, type(value)) end print(#camera.raw)")
        #expect(Set(lines) == ["AfWindows\ttable", "ColourGains\ttable", "0"])
    }

    @Test func `the table itself cannot be changed or looked into`() throws {
        let lines = try printed(
            """
            print(getmetatable(camera.raw), pcall(setmetatable, camera.raw, {}))
            print(pcall(rawset, camera.raw, "x", 1))
            print(pcall(function() return camera.raw[1] end))
            print(pcall(function() camera.raw[{}] = 1 end))
            """)
        #expect(lines.first?.hasPrefix("false\tfalse") == true)
        #expect(lines.suffix(2).allSatisfy { $0.contains("there is no control 'raw.") }, "\(lines)")
    }
}
