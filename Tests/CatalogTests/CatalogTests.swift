import Testing

@testable import Catalog

struct CatalogTests {
    @Test func `every control accepts its own standard value`() throws {
        for control in Catalog.controls {
            #expect(try control.type.check(control.standard, key: control.key) == control.standard, "\(control.key)")
        }
    }

    @Test func `every condition names a control and values that it accepts`() throws {
        for control in Catalog.controls {
            guard let effective = control.effective else { continue }
            let other = try Catalog.control(effective.key)
            for value in effective.values { #expect(throws: Never.self) { try other.type.check(value, key: other.key) } }
        }
    }

    @Test func `every key is topic dot name in snake case and every sentence ends with a full stop`() {
        for (key, about) in Catalog.controls.map({ ($0.key, $0.about) }) + Catalog.commands.map({ ($0.key, $0.about) }) {
            #expect(key.wholeMatch(of: /[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*/) != nil, "\(key)")
            #expect(about.hasSuffix("."), "\(key)")
        }
    }

    @Test func `an unknown control is answered with the nearest one`() {
        let problem = #expect(throws: Problem.self) { try Catalog.control("exposure.tim") }
        #expect(problem?.sentence == "there is no control 'exposure.tim'; did you mean 'exposure.time'?")
    }

    @Test func `a change is checked whole`() {
        #expect(throws: Problem.self) {
            try Catalog.check(["exposure.time": 20000, "exposure.gain": 900]) { _ in .null }
        }
    }

    @Test func `the lower limit must stay below the upper one, also against the value in effect`() throws {
        let effective: (String) -> Value = { $0 == "exposure.max_time" ? 33333 : 100 }
        let problem = #expect(throws: Problem.self) { try Catalog.check(["exposure.min_time": 50000], effective: effective) }
        #expect(problem?.code == .contradiction)
        #expect(throws: Never.self) { try Catalog.check(["exposure.min_time": 50000, "exposure.max_time": 0], effective: effective) }
    }

    @Test func `a command's arguments are checked by name and type`() throws {
        #expect(try Catalog.command("script.stop", ["name": "low_light"]) == ["name": "low_light"])
        #expect(throws: Problem.self) { try Catalog.command("script.stop", [:]) }
        #expect(throws: Problem.self) { try Catalog.command("script.stop", ["name": "a", "now": true]) }
    }

    @Test func `a change is checked against the camera's own controls where they are told`() throws {
        let raw = Control("raw.ColourGains", "", .list(.number(0...32, .none), count: 2...2), standard: nil)
        let find = { (key: String) throws(Problem) -> Control in key == raw.key ? raw : try Catalog.control(key) }
        let checked = try Catalog.check(["raw.ColourGains": [1, 2], "exposure.gain": 2], find: find) { _ in .null }
        #expect(checked == ["raw.ColourGains": [1.0, 2.0], "exposure.gain": 2.0])
        #expect(throws: Problem.self) { try Catalog.check(["raw.ColourGains": [1, 2]]) { _ in .null } }
    }

    @Test func `the stubs and the reference name every control`() {
        let stubs = LuaStubs.render()
        let pages = Reference.render()["controls.md"] ?? ""
        #expect(stubs.contains("---@class luneta.raw") && stubs.contains("---@field raw luneta.raw") && pages.contains("camera.raw."))
        for control in Catalog.controls {
            #expect(stubs.contains("---@field \(control.name) "), "\(control.key)")
            #expect(pages.contains("`\(control.key)`"), "\(control.key)")
        }
    }
}
