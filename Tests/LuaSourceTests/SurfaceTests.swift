import Catalog
import Testing

@testable import LuaSource

struct SurfaceTests {
    @Test(arguments: Catalog.functions.map(\.name) + Catalog.commands.map(\.key)) func `what the Catalog offers is known`(_ name: String) {
        let isBelowCamera = Catalog.topics.contains(String(name.prefix { $0 != "." })) && !name.hasPrefix("stream")
        #expect(messages("local x = \((isBelowCamera ? "camera." : "") + name.replacing(":", with: "."))", needs: all) == [])
    }

    @Test(arguments: Catalog.functions.map(\.example)) func `every example of the Catalog passes`(_ example: String) {
        #expect(messages(example, needs: all) == [])
    }

    @Test(arguments: Catalog.controls) func `the standard value of every control passes`(_ control: Control) {
        let path = Catalog.tables.contains(control.topic) ? control.key : "camera.\(control.key)"
        #expect(messages("\(path) = \(lua(control.standard)) camera:apply{ ['\(control.key)'] = \(lua(control.standard)) }") == [])
    }

    @Test(arguments: ["camera", "profile", "every", "persist", "require", "string", "print", "_G"])
    func `the names of the host and of the safe library are there`(_ name: String) {
        #expect(ScriptSurface.standard.names.contains(name))
    }

    @Test(arguments: ["io", "debug", "dofile", "collectgarbage", "mqtt"]) func `the others are not`(_ name: String) {
        #expect(!ScriptSurface.standard.names.contains(name))
    }

    @Test func `a function that the Catalog gets is known at once`() {
        #expect(messages("tide.on('flood', print) tide.ask('Hamburg')", surface: .extended) == [])
        #expect(messages("tide.onn('flood', print)", surface: .extended) == ["there is no function 'tide.onn'; did you mean 'tide.on'?"])
        #expect(messages("tide.on('flood', 5)", surface: .extended) == ["bad argument #2 to 'on' (function expected, got number)"])
        #expect(messages("moon.on()", surface: .extended) == ["this version of luneta has no 'moon'; it is planned for a later one"])
    }

    @Test(arguments: [
        ("{ within = '5m', like = 'any', offset = '-5m' }", []),
        ("{ like = { within = 5 }, offst = 5 }", ["there is no option 'offst'; did you mean 'offset'?"]),
        ("{ within = '-5x' }", ["bad argument #2 to 'ask' ('within' a time such as 5 or '5m' expected, got '-5x')"]),
        ("{ within = -5 }", ["bad argument #2 to 'ask' ('within' a time from 0 to ten years expected, got -5.0 s)"]),
    ])
    func `options are checked by their types`(_ options: String, _ found: [String]) {
        #expect(messages("tide.ask('Hamburg', \(options))", surface: .extended) == found)
    }

    @Test func `a surface may have names of its own`() {
        var surface = ScriptSurface.standard
        surface.globals["test"] = .open
        #expect(messages("test('x', print)", surface: surface) == [])
    }

    private let all = ["control *", "still", "stream", "script", "http"]

    private func lua(_ value: Value) -> String {
        guard let list = value.list else { return value.description }
        return "{ " + list.map(\.description).joined(separator: ", ") + " }"
    }
}
