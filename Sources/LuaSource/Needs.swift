public import Catalog

/// What a script may touch, from the `---@needs` lines of its header; the check of its text and the running host follow the same rule.
///
/// Reading, events, timers, profiles and its own log need nothing. A script that names no controls may set every one; a script that
/// names some may set only those. Stills, publishing, other scripts and the network have to be asked for.
public struct Needs: Sendable, Equatable {
    /// What the controls that may be set look like; nil for all of them.
    private(set) var controls: [Glob]?
    /// What the hosts that may be talked to look like; nil for none of them.
    private(set) var hosts: [Glob]?
    private var kinds: Set<Kind> = []

    /// Reads needs as the header lists them: the first word of each is the kind, the rest are patterns.
    /// - Throws: `script`, for a kind nobody knows or patterns that make no sense.
    public init(_ needs: [String] = []) throws(Problem) {
        for need in needs { try add(need) }
    }

    /// Everything there is: what people type may touch all of it.
    public static let everything: Needs = {
        var needs = Needs(controls: nil, hosts: [Glob("*")])
        needs.kinds = Set(Kind.allCases)
        return needs
    }()

    /// The needs of a header that asks for everything.
    public static let words = ["control *", "http", "script", "still", "stream"]

    private init(controls: [Glob]?, hosts: [Glob]?) {
        self.controls = controls
        self.hosts = hosts
    }

    /// Whether every host may be talked to, so that none has to be looked at.
    public var allowsEveryHost: Bool { hosts?.contains { $0.text == "*" } ?? false }

    /// Something a script does that may need to be asked for.
    public enum Use: Sendable, Hashable {
        /// It sets a control, itself or by a profile it defines.
        case control(String)
        /// It performs a command of the Catalog.
        case command(String)
        /// It talks to a host; nil when the text does not tell which.
        case http(host: String?)
    }

    /// Whether a control may be set.
    public func allows(control key: String) -> Bool { Needs.any(of: controls, fits: key) ?? true }

    /// Whether a command may be performed.
    public func allows(command key: String) -> Bool {
        switch Needs.requirement(of: key) {
        case .nothing: true
        case .control: allows(control: key)
        case .kind(let kind): kinds.contains(kind)
        case .unknown: false
        }
    }

    /// Whether a host may be talked to.
    public func allows(http host: String) -> Bool { Needs.any(of: hosts, fits: host.lowercased()) ?? false }

    /// Whether a use is allowed; a host that is not known counts as one that is.
    public func allows(_ use: Use) -> Bool {
        switch use {
        case .control(let key): allows(control: key)
        case .command(let key): allows(command: key)
        case .http(let host?): allows(http: host)
        case .http(nil): hosts != nil
        }
    }

    /// What to say when a use is not allowed: `'image.contrast' needs '---@needs control image.*' in the header`; nil when it is.
    public func problem(with use: Use) -> Problem? {
        guard !allows(use) else { return nil }
        let name = Needs.name(of: use)
        return Problem(.denied, "'\(name)' needs '\(Needs.line(for: use))' in the header", key: name)
    }

    /// The line of the header that allows a use: `---@needs control image.*`.
    public static func line(for use: Use) -> String {
        switch use {
        case .control(let key): "---@needs control \(topic(key)).*"
        case .command(let key): requirement(of: key) == .control ? "---@needs control \(topic(key)).*" : "---@needs \(topic(key))"
        case .http(let host): host.map { "---@needs http \($0)" } ?? "---@needs http"
        }
    }
}

extension Needs {
    /// The first words of a need.
    enum Kind: String, CaseIterable {
        case control, http, script, still, stream
    }

    private mutating func add(_ need: String) throws(Problem) {
        let words = need.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let word = words.first else { return }
        guard let kind = Kind(rawValue: word) else { throw Needs.unknown(word) }
        let patterns = Array(words.dropFirst())
        if kind == .control || kind == .http, let other = patterns.first(where: { Kind(rawValue: $0) != nil }) {
            throw Needs.wrong("'\(other)' is a need of its own; separate needs with ';', as in '\(word) ; \(other)'")
        }
        switch kind {
        case .control:
            guard !patterns.isEmpty else {
                throw Needs.wrong("'control' names what may be set, such as 'control exposure.*'; all is 'control *'")
            }
            controls = try Needs.joined(controls, patterns)
        case .http:
            if let place = patterns.first(where: { $0.contains("/") || $0.count(where: { $0 == ":" }) == 1 }) {
                throw Needs.wrong("'http' takes hosts without scheme, port or path, such as 'http example.org', got '\(place)'")
            }
            hosts = try Needs.joined(hosts, patterns.isEmpty ? ["*"] : patterns.map { $0.lowercased() })
        case .script, .still, .stream:
            guard patterns.isEmpty else { throw Needs.wrong("'\(word)' stands alone, got '\(need)'; needs are separated by ';'") }
        }
        kinds.insert(kind)
    }

    /// More patterns nobody reads, and every use is compared with all of them.
    private static let mostPatterns = 50

    private static func joined(_ globs: [Glob]?, _ patterns: [String]) throws(Problem) -> [Glob] {
        let all = (globs ?? []) + patterns.map(Glob.init)
        guard all.count <= mostPatterns else { throw wrong("a header has at most \(mostPatterns) patterns of one kind, got \(all.count)") }
        return all
    }

    private static func any(of globs: [Glob]?, fits name: String) -> Bool? {
        guard let globs else { return nil }
        let bytes = Array(name.utf8)
        return globs.contains { $0.matches(bytes) }
    }

    private static func unknown(_ word: String) -> Problem {
        let names = Kind.allCases.map(\.rawValue)
        if word.last == "," || word.last == ":" {
            return wrong("there is no need '\(word)'; separate needs with ';', as in 'still ; http example.org'")
        }
        let near = suggestion(for: word, among: names).map { "; did you mean '\($0)'?" } ?? ""
        return wrong("there is no need '\(word)', only \(names.map { "'\($0)'" }.joined(separator: ", "))\(near)")
    }

    /// `focus` and `exposure.time` are controls, `stream.start` belongs to `stream`.
    private static func suggestion(for word: String, among names: [String]) -> String? {
        let topic = topic(word)
        if names.contains(topic) { return topic }
        return Catalog.topics.contains(topic) ? "control \(topic).*" : Spelling.nearest(word, among: names)
    }

    private static func wrong(_ sentence: String) -> Problem { Problem(.script, sentence) }

    // MARK: Commands

    private enum Requirement: Equatable {
        case nothing
        /// The command counts as a control of its topic.
        case control
        case kind(Kind)
        /// A command, or a need, this rule has not heard of: nothing allows it.
        case unknown
    }

    private static func requirement(of key: String) -> Requirement {
        guard let command = Catalog.commandsByKey[key] else { return .unknown }
        switch command.need {
        case nil: return .nothing
        case "control"?: return .control
        case let need?: return Kind(rawValue: need).map(Requirement.kind) ?? .unknown
        }
    }

    private static func topic(_ key: String) -> String { String(key.prefix { $0 != "." }) }

    private static func name(of use: Use) -> String {
        switch use {
        case .control(let key), .command(let key): key
        case .http(let host): host ?? "http"
        }
    }
}
