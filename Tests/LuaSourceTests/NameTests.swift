import Testing

@testable import LuaSource

struct NameTests {
    @Test func `an unknown name is found with the nearest one`() {
        let found = LuaSource.analyse("\n  print(camra.frame.lux)")
        #expect(
            found == [
                Finding(line: 2, column: 9, severity: .error, message: "unknown name 'camra'; did you mean 'camera'?", suggestion: "camera")
            ])
    }

    @Test func `neighbours that changed places are one mistake`() {
        #expect(messages("evrey('1s', print)") == ["unknown name 'evrey'; did you mean 'every'?"])
    }

    @Test(arguments: [
        "count = 1 print(count)", "print(count) function count() end", "_G.count = 1 print(count)", "print(_G.count)",
        "setmetatable(_G, {}) print(count)", "local _ENV = { print = print } print(count)", "function f(camra) return camra.x end",
    ])
    func `a name that may have a value is left alone`(_ source: String) {
        #expect(messages(source) == [])
    }

    @Test func `a module may set globals, so an unknown name is less sure beside require`() {
        #expect(findings("require('garden') print(gate)") == ["1:25 warning unknown name 'gate'"])
        #expect(messages("local garden = require('garden') garden.anything.goes()") == [])
    }

    @Test(arguments: [
        ("io.open('x')", "scripts have no 'io': 'persist' keeps values, 'log' writes lines, 'still.take' writes pictures"),
        ("os.execute('ls')", "scripts have no 'os.execute': a script cannot start programs; 'emit' tells others what happened"),
        ("os.getenv('HOME')", "scripts have no 'os.getenv': 'script.args' has the arguments"),
        ("dofile('x')", "scripts have no 'dofile': 'require' loads another file of the script folder"),
        ("package.path = ''", "scripts have no 'package': 'require' finds the files of the script folder"),
        ("unpack({})", "scripts have no 'unpack': use 'table.unpack'"), ("x = math.pow(2, 3)", "scripts have no 'math.pow': write x ^ y"),
    ])
    func `what Lua has elsewhere is named with what there is instead`(_ source: String, _ message: String) {
        #expect(messages(source) == [message])
    }

    @Test func `asking whether a name is there is no use of it`() {
        #expect(messages("local unpack = table.unpack or unpack") == [])
        #expect(messages("if not io then print(1) end") == [])
        #expect(messages("local mqtt = mqtt and true").count == 1)
    }

    @Test func `a name of a later version says so`() {
        #expect(messages("record.start()") == ["this version of luneta has no 'record'; it is planned for a later one"])
    }

    @Test(arguments: [
        ("camera.exposure.tme = 5", "there is no control 'exposure.tme'; did you mean 'exposure.time'?"),
        ("print(camera.exposre)", "there is no name 'camera.exposre'; did you mean 'camera.exposure'?"),
        ("print(camera.frame.luxx)", "there is no name 'camera.frame.luxx'; did you mean 'camera.frame.lux'?"),
        ("stream.strat()", "there is no control 'stream.strat'; did you mean 'stream.start'?"),
        ("camera:aply{}", "there is no name 'camera.aply'; did you mean 'camera.apply'?"),
        ("profile.psh('x')", "there is no function 'profile.psh'; did you mean 'profile.push'?"),
        ("log.inof('x')", "there is no function 'log.inof'; did you mean 'log.info'?"),
        ("string.trimm('x')", "there is no function 'string.trimm'"),
        ("math.flor(2)", "there is no function 'math.flor'; did you mean 'math.floor'?"),
        ("camera['exposure'].tme = 1", "there is no control 'exposure.tme'; did you mean 'exposure.time'?"),
        ("_G.camera.exposure.tme = 1", "there is no control 'exposure.tme'; did you mean 'exposure.time'?"),
        ("print(script.nme)", "there is no name 'script.nme'; did you mean 'script.name'?"),
    ])
    func `an unknown name in a table of the host is found`(_ source: String, _ message: String) {
        #expect(messages(source) == [message])
    }

    @Test(arguments: [
        "camera.raw.AeFlickerPeriod = 5", "print(camera.raw.Anything, camera.info.model.name)", "print(script.args.dark)",
        "persist.x = persist.y",
        "function string.trim(s) return s end print(string.trim(' '))", "local s = string function s.trim() end s.trim()",
        "log.mine = 1 print(log.mine)", "print(('x'):anything())", "print(camera.focus.trigger)", "print(camera.stream.size)",
        "local key = 'x' print(camera.exposure[key])",
    ])
    func `what is open is left alone`(_ source: String) {
        #expect(messages(source) == [])
    }

    @Test func `a local that stands for a table of the host is followed`() {
        let unknown = "there is no control 'exposure.tme'; did you mean 'exposure.time'?"
        #expect(messages("local e = camera.exposure e.tme = 1") == [unknown])
        #expect(messages("local c = camera local e = c.exposure print(e.tme)") == [unknown])
        #expect(messages("local e <const> = camera.exposure local function f() e.tme = 1 end") == [unknown])
    }

    @Test(arguments: [
        "local e = camera.exposure e = {} e.tme = 1", "local camera = {} camera.exposre = 1",
        "local function f(camera) camera.exposre = 1 end",
        "for _, camera in pairs(t or {}) do camera.exposre = 1 end t = {}", "camera = {} camera.exposre = 1",
    ])
    func `what hides a name of the host is not the host's`(_ source: String) {
        #expect(messages(source) == [])
    }

    @Test(arguments: [
        ("camera.frame.lux = 1", "'camera.frame.lux' is read only"), ("camera.info = {}", "'camera.info' is read only"),
        ("camera.exposure = {}", "'camera.exposure' is read only"), ("stream.start = print", "'stream.start' is read only"),
        ("script.name = 'x'", "'script.name' is read only"),
    ])
    func `what only reads is not written`(_ source: String, _ message: String) {
        #expect(messages(source, needs: ["stream"]) == [message])
    }

    @Test func `a misspelt selftest is noticed`() {
        #expect(findings("function slftest() end") == ["1:10 warning nobody calls 'slftest'; did you mean 'selftest'?"])
        #expect(messages("function slftest() end slftest()") == [])
        #expect(messages("function selftest() end function selftests() end") == [])
    }
}
