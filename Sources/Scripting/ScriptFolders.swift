internal import Catalog
internal import Foundation

/// Where scripts are found: the user's folder first, then the bundled one.
struct ScriptFolders: Sendable {
    /// A script's file.
    struct File: Sendable {
        let path: String
        let text: String
        /// What it was when it was read, or a moment before.
        let stamp: FileStamp
    }

    private let paths: [String]

    /// The longest script in bytes, the same as over REST.
    static let longest = 256 << 10

    init(_ paths: [String]) { self.paths = paths }

    /// Checks a name: lower-case letters, digits, `_` and `-`.
    static func check(_ name: String) throws(Problem) {
        let isValid = name.utf8.allSatisfy { $0 == 0x5F || $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        guard isValid, (1...100).contains(name.utf8.count) else {
            throw Problem(.notOneOf, "a script's name is made of a to z, 0 to 9, '_' and '-', got '\(name.prefix(100))'", key: "name")
        }
    }

    /// The script called `name` in the first folder that has it.
    /// - Throws: `unknown`, or why the file cannot be used.
    func find(_ name: String) throws(Problem) -> File {
        try ScriptFolders.check(name)
        for folder in paths {
            let path = "\(folder)/\(name).lua"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            return try ScriptFolders.read(path, name)
        }
        throw .unknown("script", name, among: names)
    }

    private static func read(_ path: String, _ name: String) throws(Problem) -> File {
        guard let stamp = FileStamp(path) else { throw Problem(.failed, "'\(path)' is not a file", key: name) }
        try check(bytes: stamp.size, name)
        guard let data = FileManager.default.contents(atPath: path) else { throw Problem(.failed, "'\(path)' cannot be read", key: name) }
        return File(path: path, text: try text(data, name), stamp: stamp)
    }

    /// The module that a script calls `lib.light`: the file `lib/light.lua`, in the first folder that has it.
    /// - Throws: `unknown`, or why the file cannot be used.
    func module(_ name: String) throws(Problem) -> File {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= 200, parts.allSatisfy(ScriptFolders.isModuleName) else {
            throw Problem(
                .notOneOf, "a module's name is made of letters, digits, '_' and '-', with '.' for a folder, got '\(name.prefix(100))'",
                key: name)
        }
        let file = parts.joined(separator: "/") + ".lua"
        guard let path = paths.map({ "\($0)/\(file)" }).first(where: FileManager.default.fileExists) else {
            throw Problem(
                .unknown, "there is no module '\(name)': no '\(file)' in \(paths.map { "'\($0)'" }.joined(separator: " or "))", key: name)
        }
        return try ScriptFolders.read(path, name)
    }

    private static func isModuleName(_ part: Substring) -> Bool {
        !part.isEmpty
            && part.utf8.allSatisfy { byte in
                byte == 0x5F || byte == 0x2D || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            }
    }

    /// The names of all scripts there are, in order; tests beside them are left out.
    var names: [String] {
        let files = paths.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
        let names = files.filter { $0.hasSuffix(".lua") && !$0.hasSuffix("_test.lua") }.map { String($0.dropLast(4)) }
        return Set(names.filter { (try? ScriptFolders.check($0)) != nil }).sorted()
    }

    /// Makes a script's new file in the user's folder ready, without touching the one there is.
    /// - Throws: `failed` when it cannot be written; nothing is left behind.
    func prepare(_ name: String, _ text: String) throws(Problem) -> DurableFile {
        guard let folder = paths.first else { throw Problem(.unavailable, "there is no folder for scripts", key: name) }
        return try DurableFile(text.utf8, to: "\(folder)/\(name).lua")
    }

    /// Deletes a script's file from the user's folder.
    /// - Throws: `denied` when it is not there, `failed` when it cannot be deleted.
    func delete(_ name: String) throws(Problem) {
        let path = paths.first.map { "\($0)/\(name).lua" } ?? ""
        guard FileManager.default.fileExists(atPath: path) else {
            throw Problem(.denied, "'\(name)' comes with Luneta; only scripts of your own folder can be deleted", key: name)
        }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw Problem(.failed, "'\(path)' cannot be deleted: \(error.localizedDescription)", key: name)
        }
    }

    private static func text(_ data: Data, _ name: String) throws(Problem) -> String {
        try check(bytes: data.count, name)
        guard let text = String(data: data, encoding: .utf8) else { throw Problem(.script, "'\(name)' is not text in UTF-8", key: name) }
        return text
    }

    /// Checks the length of a script.
    static func check(bytes: Int, _ name: String) throws(Problem) {
        guard bytes <= longest else {
            throw Problem(.outOfRange, "'\(name)' must be at most \(longest >> 10) KiB, got \(bytes >> 10) KiB", key: name)
        }
    }
}
