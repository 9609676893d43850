import Testing

@testable import LuaSource

struct ValueTests {
    @Test(arguments: [
        ("camera.exposure.auto = 5", "1:24 error 'exposure.auto' must be true or false, got 5"),
        ("camera.exposure.gain = 'high'", "1:24 error 'exposure.gain' must be a number, got 'high'"),
        ("camera.exposure.gain = -1", "1:24 error 'exposure.gain' must be 1 to 64 ×, got -1"),
        ("camera.exposure.gain = nil", "1:24 error 'exposure.gain' must be a number, got nothing"),
        ("camera.exposure.time = '20mss'", "1:24 error 'exposure.time' must be a time such as '20ms' or '1/50s', got '20mss'"),
        ("camera.exposure.time = 1 / 50", "1:24 error 'exposure.time' must be 1 to 240000000 µs, got 0.02"),
        (
            "camera.exposure.mode = 'shrot'",
            "1:24 error 'exposure.mode' must be one of 'normal', 'short', 'long', 'custom', got 'shrot'; did you mean 'short'?"
        ),
        ("camera.geometry.rotation = 90", "1:28 error 'geometry.rotation' must be one of 0, 180, got 90"),
        (
            "stream.size = { 641, 480 }",
            "1:15 error 'stream.size' must have an even width and height, because 4:2:0 video halves both, got [641, 480]"
        ),
        ("camera.exposure.gain = function() end", "1:24 error 'exposure.gain' takes a value, not a function"),
        ("local e = camera.exposure e.auto = 1", "1:36 error 'exposure.auto' must be true or false, got 1"),
        ("local most <const> = 100 camera.exposure.gain = most", "1:49 error 'exposure.gain' must be 1 to 64 ×, got 100"),
        ("x, camera.exposure.auto = 1, 2", "1:30 error 'exposure.auto' must be true or false, got 2"),
    ])
    func `a literal that a control does not take is found`(_ source: String, _ finding: String) {
        #expect(findings(source) == [finding])
    }

    @Test(arguments: [
        "camera.exposure.time = '20ms'", "camera.exposure.time = 20000", "camera.exposure.gain = 2 * 3.5", "camera.exposure.value = -1.5",
        "stream.size = '1280x720'", "camera.geometry.roi = { 0.25, 0.25, 0.5, 0.5 }", "local g = 2 g = g + 100 camera.exposure.gain = g",
        "camera.exposure.gain = script.args.gain", "camera.exposure.gain = f and 1 or 2 f = 1",
        "camera.geometry.roi = { x(), 5 } x = print",
        "local t = {} t[1] = 0 camera.geometry.roi = t", "camera.raw.Anything = 'odd'", "camera.exposure.time = camera.exposure.time * 2",
    ])
    func `a value that fits, or that nobody can tell, is left alone`(_ source: String) {
        #expect(messages(source) == [])
    }

    @Test(arguments: ["camera:apply", "camera:ramp", "profile.define"]) func `tables of values are checked key by key`(_ name: String) {
        let over = name == "camera:ramp" ? ", over = '1s'" : ""
        let values = "{ ['exposure.tme'] = 1, ['exposure.gain'] = 900, ['raw.X'] = 5, ['exposure.auto'] = nil\(over) }"
        let call = name == "profile.define" ? "profile.define('n', \(values))" : "\(name)(\(values))"
        #expect(
            messages(call) == [
                "there is no control 'exposure.tme'; did you mean 'exposure.time'?", "'exposure.gain' must be 1 to 64 ×, got 900",
            ])
    }

    @Test func `a table in a local is followed until somebody changes it`() {
        #expect(messages("local v = { ['exposure.tme'] = 1 } camera:apply(v)").count == 1)
        #expect(messages("local v = { ['exposure.gain'] = 0 } v['exposure.gain'] = 2 camera:apply(v)") == [])
        #expect(messages("local v = { ['exposure.gain'] = 0 } v = {} camera:apply(v)") == [])
    }

    @Test func `a ramp needs its time`() {
        #expect(
            messages("camera:ramp{ ['exposure.gain'] = 8 }") == [
                "bad argument #1 to 'ramp' ('over' is missing: how long it takes, such as over = '20m')"
            ])
        #expect(
            messages("camera:ramp{ over = '20x' }") == ["bad argument #1 to 'ramp' ('over' a time such as 5 or '5m' expected, got '20x')"])
        #expect(messages("camera:ramp{ [script.name] = 8 }") == [])
    }

    @Test func `a list is no table of values`() {
        #expect(messages("camera:apply{ 1, 2 }") == ["bad argument #1 to 'apply' (table with names expected, got a list)"])
        #expect(messages("camera:apply(5)") == ["bad argument #1 to 'apply' (table expected, got number)"])
    }

    @Test func `arguments of a command are checked by name`() {
        let found = LuaSource.analyse("still.take{ quality = 900, qualty = 1, fit = 'crpo', path = p } p = 1", needs: ["still"])
        #expect(
            found.map(\.message) == [
                "'quality' must be 1 to 100, got 900", "there is no argument 'qualty'; did you mean 'quality'?",
                "'fit' must be one of 'crop', 'fit', 'stretch', got 'crpo'; did you mean 'crop'?",
            ])
        #expect(found.map(\.suggestion) == [nil, "quality", "crop"])
    }

    @Test func `a command says what it needs and that it takes a table`() {
        #expect(messages("script.stop()", needs: ["script"]) == ["'script.stop' needs 'name': its name"])
        #expect(messages("script.stop{}", needs: ["script"]) == ["'script.stop' needs 'name': its name"])
        #expect(messages("script.stop('x')", needs: ["script"]) == ["'script.stop' takes a table of arguments by name, got a string"])
        #expect(messages("script.stop(t) t = {}", needs: ["script"]) == [])
    }
}
