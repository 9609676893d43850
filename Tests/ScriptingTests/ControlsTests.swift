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
    let lines = try printed("print(pcall(function() return camera.exposure.tim end))")
    #expect(lines == ["false\ttest:1: there is no control 'exposure.tim'; did you mean 'exposure.time'?"])
}

@Test func `what is raised carries a code, a key and the limits`() throws {
    let lines = try printed(
        "local ok, p = pcall(function() camera.exposure.gain = 99 end) print(p.code, p.key, p.allowed.max, p.given, 'so: ' .. p)")
    #expect(lines == ["out_of_range\texposure.gain\t64.0\t99\tso: test:1: 'exposure.gain' must be 1 to 64 ×, got 99"])
}

@Test func `a value of the host is read only`() throws {
    let lines = try printed(
        """
        for _, write in ipairs{ function() camera.frame.lux = 1 end, function() camera.info = 1 end, function() camera.apply = 1 end,
                                function() script.name = 1 end, function() stream.start = 1 end } do
          print(select(2, pcall(write)).code)
        end
        """)
    #expect(lines == Array(repeating: "read_only", count: 5))
}

@Test func `camera.frame shows the newest frame and nil for what it does not say`() throws {
    let bench = try Bench(
        "after(1, function() print(camera.frame.lux, camera.frame.gain, pcall(function() return camera.frame.luxx end)) end)")
    bench.begin()
    bench.surface.show { $0.lux = 3.5 }
    bench.run(for: 1)
    #expect(bench.lines == ["3.5\tnil\tfalse\ttest:1: there is no name 'camera.frame.luxx'; did you mean 'camera.frame.lux'?"])
}

@Test func `camera.info is the camera's table`() throws {
    let bench = try Bench("after(1, function() print(camera.info.model, #camera.info.modes) end)")
    bench.surface.configure(info: ["model": "imx708", "modes": [1, 2, 3]])
    bench.begin()
    bench.run(for: 1)
    #expect(bench.lines == ["imx708\t3"])
}

@Test func `pairs lists the controls of a topic with their values`() throws {
    let lines = try printed(
        "local n = 0 for name, value in pairs(camera.white_balance) do n = n + 1 if name == 'mode' then print(value) end end print(n)")
    #expect(lines == ["auto", "4"])
}

@Test func `apply sends one change and await tells what became of each key`() throws {
    let bench = try Bench(
        """
        local outcome = camera:apply{ ["exposure.auto"] = false, ["exposure.time"] = 20000 }:await("1s")
        local time = outcome["exposure.time"]
        print(time.state, time.asked, time.applied, time.frame > 0, outcome["exposure.auto"].applied)
        """)
    bench.begin()
    bench.run(for: 0)
    #expect(bench.lines == ["applied\t20000\t20000\ttrue\tfalse"])
    #expect(bench.surface.changes.count == 1)
}

@Test func `await gives up with a problem when nothing proves the change in time`() throws {
    let bench = try Bench("local o, p = camera:apply{ ['exposure.gain'] = 2 }:await('1s') print(o, p.code, p)")
    bench.surface.settlesAtOnce = false
    bench.begin()
    bench.run(for: 0.9)
    #expect(bench.lines.isEmpty)
    bench.run(for: 0.2)
    #expect(bench.lines == ["nil\ttimeout\tno frame proved it within 1 s"])
}

@Test func `await shows a clamped value with its reason`() throws {
    let bench = try Bench(
        """
        sleep(0)
        local gain = camera:apply{ ['exposure.gain'] = 40 }:await()['exposure.gain']
        print(gain.state, gain.applied, gain.reason)
        """)
    bench.surface.settlesAtOnce = false
    bench.begin()
    bench.run(for: 0.1)
    let clamped = Outcome(.clamped, asked: 40, applied: 16, frame: 7, reason: "the sensor ends there")
    bench.surface.settle(Ticket(id: 1), ["exposure.gain": clamped])
    bench.run(for: 0)
    #expect(bench.lines == ["clamped\t16\tthe sensor ends there"])
}

@Test func `release gives one key back and why tells who holds it`() throws {
    let bench = try Bench(
        """
        camera.exposure.gain = 2
        after(1, function()
          print(#camera:why('exposure.gain'), camera:why('exposure.gain')[1].owner, camera:why('exposure.gain')[1].value)
          camera:release('exposure.gain')
          print(#camera:why('exposure.gain'))
        end)
        """)
    bench.begin()
    bench.run(for: 1)
    #expect(bench.lines == ["1\tscript:test\t2.0", "0"])
}

@Test func `a method called with a dot says how to call it`() throws {
    let lines = try printed("print(pcall(function() camera.apply{ ['exposure.gain'] = 2 } end))")
    #expect(lines == ["false\ttest:1: bad argument #1 to 'apply' (call it with a colon: camera:apply{ ... })"])
}

@Test func `a command waits for its answer and fails with nil and a problem`() throws {
    let bench = try Bench("print(stream.start()) print(stream.stop())")
    bench.surface.commandReply = .success(["state": "live"])
    #expect(bench.begin() == nil)
    #expect(bench.runner.waits.count == 1)
}

@Test func `a still is a command with a table of its arguments`() throws {
    let bench = try Bench(#"still.take{ path = "%H.jpg", width = 640, focus = true }"#)
    #expect(bench.begin() == nil)
    #expect(bench.runner.waits.count == 1)
    let problem = try #require(try Bench("still.take{ width = 5 }").begin())
    #expect(problem.sentence.contains("'width' must be 16 to 4608 px, got 5"))
    #expect(try printed("print(pcall(function() return still.tak end))").first?.contains("did you mean 'still.take'") ?? false)
}

@Test(arguments: ["mqtt.publish('x')", "gpio.output('x', 1)"])
func `a name of a later version says so`(_ source: String) throws {
    let problem = try #require(try Bench(source).begin())
    #expect(problem.sentence.contains("this version of luneta has no '"))
}

@Test func `a global that was never set is nil`() throws {
    #expect(try printed("if not settings then settings = {} end print(type(settings), undefined)") == ["table\tnil"])
}

@Test func `a script finds every function of the catalog`() throws {
    let names =
        Catalog.functions.map { $0.name.replacing(":", with: ".") }
        + Catalog.commands.map { command in
            let isGlobal = (Catalog.tables + ["script"]).contains { command.key.hasPrefix("\($0).") }
            return isGlobal ? command.key : "camera.\(command.key)"
        }
    let lines = try printed(names.map { "print('\($0)', type(\($0)))" }.joined(separator: "\n"))
    #expect(lines == names.map { "\($0)\tfunction" })
}
