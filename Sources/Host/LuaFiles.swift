internal import Foundation

/// Lua files of a command line.
enum LuaFiles {
    /// Files as they are, and those of folders and what is below them.
    /// - Throws: ``Exit`` for a path that is not there.
    static func below(_ paths: [String]) throws(Exit) -> [String] {
        var files: [String] = []
        for path in paths { files += try below(path) }
        return files
    }

    private static func below(_ path: String) throws(Exit) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Exit(.noInput, "there is no '\(path)'")
        }
        guard isFolder.boolValue else { return [path] }
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".lua") && !"/\($0)".contains("/types/") }.sorted().map { "\(path)/\($0)" }
    }

    /// The text of a file.
    /// - Throws: ``Exit`` for a file that cannot be read.
    static func text(_ path: String) throws(Exit) -> String {
        guard let data = FileManager.default.contents(atPath: path) else { throw Exit(.noInput, "'\(path)' cannot be read") }
        guard let text = String(data: data, encoding: .utf8) else { throw Exit(.noInput, "'\(path)' is not text in UTF-8") }
        return text
    }
}
