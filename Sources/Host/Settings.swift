internal import Catalog
internal import Configuration
internal import Foundation
internal import SystemPackage
internal import Yams

/// The configuration as it was read: flags over environment over `.env` over `luneta.yaml` over the standard values.
struct Settings: Sendable, Equatable {
    /// A value and where it came from.
    struct Entry: Sendable, Equatable {
        let text: String
        let source: String
    }

    let entries: [String: Entry]

    /// The text of a setting; empty when it has none.
    subscript(_ name: String) -> String { entries[name]?.text ?? "" }
    /// The number of a setting that was checked to be one.
    func integer(_ name: String) -> Int { Int(self[name]) ?? 0 }
    /// The truth of a setting that was checked to be one.
    func bool(_ name: String) -> Bool { self[name] == "true" }
    /// Whether somebody set it.
    func isSet(_ name: String) -> Bool { entries[name].map { $0.source != "standard" } ?? false }
    /// The words of a list separated by commas.
    func list(_ name: String) -> [String] {
        self[name].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// Reads and checks every setting.
    /// - Parameters:
    ///   - flags: what the command line says, by setting name.
    ///   - file: a YAML file that must exist; nil takes `luneta.yaml` of this folder if it is there.
    ///   - environment: the process's environment; names count in any case.
    /// - Throws: ``Exit`` for an unreadable file or a bad value.
    static func read(flags: [String: String], file: String?, environment: [String: String], folder: String = ".") async throws(Exit)
        -> Settings
    {
        let sources = try await providers(flags: flags, file: file, environment: environment, folder: folder)
        var entries: [String: Entry] = [:]
        for setting in Setting.all {
            if let (text, source) = try first(setting, sources) {
                entries[setting.name] = Entry(text: try setting.check(text, from: source), source: source)
            } else if let standard = setting.standard {
                entries[setting.name] = Entry(text: standard, source: "standard")
            }
        }
        return Settings(entries: entries)
    }

    private typealias Source = (name: String, provider: any ConfigProvider)

    private static func first(_ setting: Setting, _ sources: [Source]) throws(Exit) -> (String, String)? {
        let key = AbsoluteConfigKey(ConfigKey(setting.name))
        for source in sources {
            do {
                if case .string(let text)? = try source.provider.value(forKey: key, type: .string).value?.content {
                    return (text, source.name)
                }
                // The reference service reads its names in any case.
                let file = source.provider as? EnvironmentVariablesProvider
                if let text = try file?.environmentValue(forName: setting.variable.lowercased()) { return (text, source.name) }
            } catch {
                throw Exit(.configuration, "'\(setting.name)' in \(source.name) must be a plain value")
            }
        }
        return nil
    }

    private static func providers(flags: [String: String], file: String?, environment: [String: String], folder: String)
        async throws(Exit) -> [Source]
    {
        let given = Dictionary(
            uniqueKeysWithValues: flags.map { (AbsoluteConfigKey(ConfigKey($0.key)), ConfigValue(.string($0.value), isSecret: false)) })
        let upper = Dictionary(environment.map { ($0.key.uppercased(), $0.value) }) { first, _ in first }
        var sources: [Source] = [
            ("command line", InMemoryProvider(name: "flags", values: given)),
            ("environment", EnvironmentVariablesProvider(environmentVariables: upper)),
        ]
        sources.append((".env", try await environmentFile("\(folder)/.env")))
        let path = file ?? "\(folder)/luneta.yaml"
        if file != nil && !FileManager.default.fileExists(atPath: path) {
            throw Exit(.noInput, "there is no configuration file '\(path)'")
        }
        if FileManager.default.fileExists(atPath: path) { sources.append((path, try await yaml(path))) }
        return sources
    }

    /// A name that is misspelt would count for nothing.
    private static func refuseUnknown(in path: String) throws(Exit) {
        // What is no YAML is refused by the reader, with the place.
        guard let text = try? String(contentsOfFile: path, encoding: .utf8), let tree = try? Yams.compose(yaml: text) else { return }
        let known = Setting.all.map(\.name)
        for (name, line) in names(in: tree, below: "") where !known.contains(name) {
            let inside = known.first { $0.hasSuffix(".\(name)") }
            let sentence =
                inside.map { "there is no setting '\(name)'; did you mean '\($0)'?" }
                ?? Problem.unknown("setting", name, among: known).sentence
            throw Exit(.configuration, "\(path):\(line): \(sentence)")
        }
    }

    /// Every plain value of a tree by its path, with its line.
    private static func names(in tree: Node, below path: String) -> [(String, Int)] {
        guard case .mapping(let mapping) = tree else { return [(path, tree.mark?.line ?? 1)] }
        return mapping.flatMap { key, value in
            let name = (path.isEmpty ? "" : path + ".") + (key.string ?? "")
            if case .mapping = value { return names(in: value, below: name) }
            return [(name, key.mark?.line ?? 1)]
        }
    }

    private static func environmentFile(_ path: String) async throws(Exit) -> any ConfigProvider {
        do {
            return try await EnvironmentVariablesProvider(environmentFilePath: FilePath(path), allowMissing: true)
        } catch {
            throw Exit(.configuration, "'\(path)' cannot be read: \(error)")
        }
    }

    private static func yaml(_ path: String) async throws(Exit) -> any ConfigProvider {
        try refuseUnknown(in: path)
        do {
            return try await FileProvider<YAMLSnapshot>(filePath: FilePath(path))
        } catch {
            throw Exit(.configuration, "'\(path)' is not a YAML mapping: \(error)")
        }
    }
}
