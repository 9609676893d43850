internal import Catalog
internal import Engine
internal import Foundation
internal import JSON
internal import Scripting

/// All that a process needs to go on as the one before: its settings, who holds what, the profiles, the stream and the scripts.
struct Legacy: Sendable, Equatable {
    var settings: Settings
    var engine: EngineLegacy
    var scripts: [ScriptLegacy]

    /// Puts the parts together. They were taken one after the other: what a script held that is gone meanwhile is left out.
    init(_ settings: Settings, _ engine: EngineLegacy, _ scripts: [ScriptLegacy]) {
        self.settings = settings
        self.engine = engine
        self.scripts = scripts
        let holders = Set(scripts.filter { $0.state == .running || $0.state == .done }.map { Owner.script($0.name) })
        self.engine.holdings = engine.holdings.mapValues { stack in
            stack.filter { if case .script = $0.owner { holders.contains($0.owner) } else { true } }
        }.filter { !$0.value.isEmpty }
    }
}

// MARK: The document

extension Legacy {
    /// Reads what ``json`` wrote.
    /// - Throws: what is wrong with it.
    init(json: Data) throws {
        let document = try JSONDecoder.stored.decode(Document.self, from: json)
        guard document.version == Luneta.version else { throw Exit(.noInput, "it was written by version \(document.version)") }
        var entries: [String: Settings.Entry] = [:]
        for setting in Setting.all {
            guard let entry = document.settings[setting.name] else { continue }
            entries[setting.name] = Settings.Entry(text: try setting.check(entry.text, from: entry.source), source: entry.source)
        }
        let engine = EngineLegacy(
            holdings: try document.holdings.mapValues { try $0.map { try $0.holding } },
            profiles: document.profiles.mapValues { $0.mapValues(\.value) }, active: document.active, isStreamWanted: document.stream,
            camera: document.camera)
        self.init(Settings(entries: entries), engine, try document.scripts.map { try $0.legacy })
    }

    /// The document as JSON.
    var json: Data { get throws { try JSONEncoder.stored.encode(Document(self)) } }
}

/// The form of the document. Only the very same program reads it, so that it need not be stable.
private struct Document: Codable {
    struct Entry: Codable {
        let text: String
        let source: String
    }

    struct Holder: Codable {
        let owner: String
        let value: Stored
        let time: Double
    }

    struct Script: Codable {
        let name: String
        let source: String
        let path: String?
        let given: [String: Stored]
        let state: String
        let generation: Int
        let keys: [String]
        let profiles: [String]
        let persisted: [String: Stored]
    }

    let version: String
    let settings: [String: Entry]
    let holdings: [String: [Holder]]
    let profiles: [String: [String: Stored]]
    let active: [String]
    let stream: Bool
    let camera: String?
    let scripts: [Script]

    init(_ legacy: Legacy) {
        version = Luneta.version
        settings = legacy.settings.entries.mapValues { Entry(text: $0.text, source: $0.source) }
        holdings = legacy.engine.holdings.mapValues { $0.map(Holder.init) }
        profiles = legacy.engine.profiles.mapValues { $0.mapValues(Stored.init) }
        active = legacy.engine.active
        stream = legacy.engine.isStreamWanted
        camera = legacy.engine.camera
        scripts = legacy.scripts.map(Script.init)
    }
}

extension Document.Holder {
    init(_ holding: Holding) { self.init(owner: holding.owner.description, value: Stored(value: holding.value), time: holding.time) }

    var holding: Holding {
        get throws {
            guard let owner = Owner(owner) else { throw Exit(.noInput, "nobody is called '\(owner)'") }
            return Holding(owner: owner, value: value.value, time: time)
        }
    }
}

extension Document.Script {
    init(_ script: ScriptLegacy) {
        self.init(
            name: script.name, source: script.source, path: script.path, given: script.given.mapValues(Stored.init),
            state: script.state.rawValue, generation: script.generation, keys: script.keys.sorted(), profiles: script.profiles.sorted(),
            persisted: script.persisted.mapValues(Stored.init))
    }

    var legacy: ScriptLegacy {
        get throws {
            guard let state = ScriptState(rawValue: state) else { throw Exit(.noInput, "no script can be '\(state)'") }
            return ScriptLegacy(
                name: name, source: source, path: path, given: given.mapValues(\.value), state: state, generation: generation,
                keys: Set(keys), profiles: Set(profiles), persisted: persisted.mapValues(\.value))
        }
    }
}

extension Owner {
    /// The owner for its description; nil when nobody is called that.
    fileprivate init?(_ description: String) {
        let parts = description.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.dropFirst().first) {
        case ("configuration", nil): self = .configuration
        case ("rest", nil): self = .rest
        case ("script", let name?): self = .script(name)
        case ("profile", let name?): self = .profile(name)
        case ("repl", let number?):
            guard let number = Int(number) else { return nil }
            self = .repl(number)
        default: return nil
        }
    }
}
