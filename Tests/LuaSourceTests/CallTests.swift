import Testing

@testable import LuaSource

struct CallTests {
    @Test(arguments: [
        ("every('5x', print)", "1:7 error bad argument #1 to 'every' (a time such as 5 or '5m' expected, got '5x')"),
        ("every(0, print)", "1:7 error bad argument #1 to 'every' (at least '1ms' expected, got 0.0 s)"),
        ("after(true, print)", "1:7 error bad argument #1 to 'after' (a time such as 5 or '5m' expected, got boolean)"),
        ("sleep(-5)", "1:7 error bad argument #1 to 'sleep' (a time from 0 to ten years expected, got -5.0 s)"),
        ("wait('garden.gate', '3q')", "1:21 error bad argument #2 to 'wait' (a time such as 5 or '5m' expected, got '3q')"),
        ("sleep()", "1:1 error bad argument #1 to 'sleep' (a time such as 5 or '5m' expected, got no value)"),
        ("profile.push('n', { over = '2x' })", "1:28 error bad argument #2 to 'push' ('over' a time such as 5 or '5m' expected, got '2x')"),
        ("profile.push('n', { ovr = '2m' })", "1:21 error there is no option 'ovr'; did you mean 'over'?"),
        ("camera:release('exposure.gain', 'exposure.tme')", "1:33 error there is no control 'exposure.tme'; did you mean 'exposure.time'?"),
        ("camera:why('exposure.gian')", "1:12 error there is no control 'exposure.gian'; did you mean 'exposure.gain'?"),
        ("log.warning('x')", "1:5 error there is no function 'log.warning'; did you mean 'log.warn'?"),
        (
            "at('25:99', print)",
            "1:4 error bad argument #1 to 'at' (time of day '25:99' must be '0:00' to '23:59', with seconds if you like, such as '22:30:15')"
        ),
        (
            "cron('* * *', print)",
            "1:6 error bad argument #1 to 'cron' (cron '* * *' must have 5 fields, got 3: write minute, hour, day of month, month and day of week, such as '*/10 6-18 * * mon-fri')"
        ),
        (
            "sun.next('dawn')",
            "1:10 error bad argument #1 to 'next' ('dawn' is none of sunrise, sunset, civil_dawn, civil_dusk, nautical_dawn, nautical_dusk, "
                + "astronomical_dawn, astronomical_dusk, noon, midnight)"
        ),
        ("sun.next(5)", "1:10 error bad argument #1 to 'next' (string expected, got number)"),
        ("every('1s')", "1:1 error bad argument #2 to 'every' (function expected, got no value)"),
        ("every('1s', 'tick')", "1:13 error bad argument #2 to 'every' (function expected, got string)"),
        ("camera.exposure.time('20ms')", "1:17 error 'exposure.time' is a control, not a function: read it, or assign to it"),
        ("camera.apply{}", "1:8 error call it with a colon: camera:apply"), ("log:info('x')", "1:5 error call it with a dot: log.info"),
        ("camera.focus:trigger()", "1:14 error call it with a dot: focus.trigger"),
    ])
    func `an argument that a function does not take is found`(_ source: String, _ finding: String) {
        #expect(findings(source) == [finding])
    }

    @Test(arguments: [
        "every(5, print)", "every('1/2s', print)", "sleep(0)", "wait('garden.gate', nil)", "wait('garden.gate')", "after(t(), print) t = 1",
        "every(table.unpack({ 1, print }))", "camera:release()", "camera:why('raw.X')", "camera.apply(camera, {})", "emit('garden.gate')",
        "profile.push('n', { over = '20m' })", "local c = camera c:release()", "log.info('x', { a = 1 })",
    ])
    func `a call that fits is left alone`(_ source: String) {
        #expect(messages(source) == [])
    }

    @Test(arguments: [
        ("on('light.chnged', print)", "1:4 warning the host has no event 'light.chnged'; did you mean 'light.changed'?"),
        ("wait('stream.ended')", "1:6 warning the host has no event 'stream.ended'"),
        ("on('Garden gate', print)", "1:4 error bad argument #1 to 'on' (a topic such as 'garden.gate' expected, got 'Garden gate')"),
        ("on(5, print)", "1:4 error bad argument #1 to 'on' (string expected, got number)"),
        ("emit('light.changed')", "1:6 error 'light.changed' is an event of the host; a script emits under names of its own"),
    ])
    func `a topic that the host does not have is found`(_ source: String, _ finding: String) {
        #expect(findings(source) == [finding])
    }

    @Test(arguments: ["on('light.changed', print)", "on('garden.gate', print)", "wait('knock')", "emit('light.mine')"])
    func `topics of scripts are theirs`(_ source: String) {
        #expect(messages(source) == [])
    }

    @Test func `a result in place of a function is noticed`() {
        let found = LuaSource.analyse("local function tick() print(1) end\nevery('1s', tick())")
        #expect(
            found == [
                Finding(
                    line: 2, column: 13, severity: .warning,
                    message: "'every' gets the result of 'tick()', which is no function; did you mean 'tick'?", suggestion: "tick")
            ])
    }

    @Test(arguments: [
        "function tick() return 5 end every('1s', tick())", "local tick = function() end on('knock', tick())", "every('1s', log.info('x'))",
        "every('1s', print('x'))", "after(1, stream.status())",
    ])
    func `a call that gives no function is noticed`(_ source: String) {
        #expect(messages(source).count == 1)
        #expect(messages(source).first?.contains("which is no function; did you mean") == true)
    }

    @Test(arguments: [
        "local function make() return function() end end every('1s', make())", "local g = require('g') every('1s', g.make())",
        "local function make() return other() end function other() end every('1s', make())", "local f f = function() end every('1s', f())",
        "local function pass(fn) return fn end every('1s', pass(print))",
    ])
    func `a call that may give a function is left alone`(_ source: String) {
        #expect(messages(source) == [])
    }
}
