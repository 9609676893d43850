import Catalog
import Engine
import Foundation
import Scripting
import Testing

@testable import luneta

struct LegacyTests {
    private let settings = Settings(entries: [
        "camera.port": .init(text: "8123", source: "command line"), "camera.api_key": .init(text: "secret", source: ".env"),
    ])

    private func holding(_ owner: Owner, _ value: Value) -> Holding { Holding(owner: owner, value: value, time: 12.5) }

    private func script(_ name: String, _ state: ScriptState, _ values: [String: Value] = [:]) -> ScriptLegacy {
        ScriptLegacy(name: name, source: "-- \(name)", given: values, state: state, persisted: values)
    }

    private func back(_ legacy: Legacy) throws -> Legacy { try Legacy(json: legacy.json) }

    private func changed(_ legacy: Legacy, _ old: String, _ new: String) throws -> Data {
        Data(String(decoding: try legacy.json, as: UTF8.self).replacing(old, with: new).utf8)
    }

    @Test func `everything comes back as it was`() throws {
        let engine = EngineLegacy(
            holdings: [
                "image.contrast": [
                    holding(.configuration, 1.0), holding(.script("look"), 2), holding(.profile("a:b"), 1.5), holding(.repl(3), 1.25),
                    holding(.rest, 1.1),
                ]
            ],
            profiles: ["a:b": ["image.contrast": 1.5], "idle": [:]], active: ["a:b"], isStreamWanted: false, camera: "libcamera")
        var look = script("look", .done, ["lux": 3])
        look.path = "/scripts/look.lua"
        look.generation = 4
        look.keys = ["image.contrast"]
        look.profiles = ["a:b"]
        let legacy = Legacy(settings, engine, [look])
        #expect(try back(legacy) == legacy)
    }

    @Test(arguments: [
        Value.null, true, 2, 2.0, 0.1, .integer(.max), .number(.infinity), "", "\u{0}\"ü", [], [:], [1, 1.0, "1", nil],
        ["number": 1, "a": ["table": []]],
    ])
    func `a value keeps its case`(value: Value) throws {
        let legacy = Legacy(settings, EngineLegacy(), [script("keeps", .running, ["it": value])])
        #expect(try back(legacy).scripts.first?.persisted == ["it": value])
    }

    @Test(arguments: [ScriptState.stopped, .failed]) func `what a script held that is gone meanwhile is left out`(state: ScriptState) {
        let engine = EngineLegacy(holdings: [
            "image.contrast": [holding(.script("gone"), 2)], "image.saturation": [holding(.rest, 1), holding(.script("gone"), 2)],
        ])
        let legacy = Legacy(settings, engine, [script("gone", state)])
        #expect(legacy.engine.holdings == ["image.saturation": [holding(.rest, 1)]])
    }

    @Test(arguments: ["", "{", "[]", "{}", "\u{0}\u{1}"]) func `what is no document is refused`(text: String) {
        #expect(throws: (any Error).self) { try Legacy(json: Data(text.utf8)) }
    }

    @Test(arguments: [
        ("\"0.1.0\"", "\"0.0.9\""), ("\"rest\"", "\"somebody\""), ("\"running\"", "\"resting\""), ("\"8123\"", "\"http\""),
    ])
    func `a document of another program is refused`(old: String, new: String) throws {
        let engine = EngineLegacy(holdings: ["image.contrast": [holding(.rest, 1)]])
        let legacy = Legacy(settings, engine, [script("ear", .running)])
        #expect(try back(legacy) == legacy)
        #expect(throws: Exit.self) { try Legacy(json: changed(legacy, old, new)) }
    }
}
