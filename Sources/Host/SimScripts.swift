internal import Catalog
internal import Foundation
internal import Scripting

/// A script of a rehearsal, and what it is started with.
struct SimScript {
    let name: String
    /// Its text, when it was named as a file.
    let source: String?
    let args: [String: Value]
    /// Where a script that was named as a file finds its modules.
    let folder: String?

    /// Reads the scripts and arguments of a command line.
    /// - Parameters:
    ///   - arguments: `NAME=VALUE` for the only script, or `SCRIPT.NAME=VALUE`.
    ///   - folders: where names are looked for.
    /// - Throws: ``Exit`` for a file that is not there, or an argument nobody takes.
    static func read(_ names: [String], arguments: [String], folders: [String]) throws(Exit) -> [SimScript] {
        let words = try arguments.map { (argument) throws(Exit) in try Word(argument, scripts: names) }
        return try names.map { (name) throws(Exit) in
            let isFile = name.hasSuffix(".lua") || name.contains("/")
            let called = called(name)
            let own = words.filter { $0.script == called }.reduce(into: [:]) { $0[$1.name] = $1.value }
            let path = isFile ? name : folders.map { "\($0)/\(name).lua" }.first { FileManager.default.fileExists(atPath: $0) }
            let source = try path.map { (path) throws(Exit) in try LuaFiles.text(path) }
            let header = try source.map { (text) throws(Exit) in try Exit.data { () throws(Problem) in try ScriptHeader.read(text) } }
            return SimScript(
                name: called, source: isFile ? source : nil, args: header?.arguments(words: own) ?? [:],
                folder: isFile ? URL(fileURLWithPath: name).deletingLastPathComponent().path : nil)
        }
    }

    private static func called(_ name: String) -> String { URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent }

    /// An argument of the command line.
    private struct Word {
        let script: String
        let name: String
        let value: String

        init(_ text: String, scripts: [String]) throws(Exit) {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let names = parts[0].split(separator: ".", maxSplits: 1).map(String.init)
            let known = scripts.map(SimScript.called)
            guard parts.count == 2, let last = names.last, names.count == 2 || scripts.count == 1 else {
                throw Exit(.usage, "--arg takes NAME=VALUE, and SCRIPT.NAME=VALUE for more than one script, got '\(text)'")
            }
            script = names.count == 2 ? names[0] : known[0]
            guard known.contains(script) else { throw Exit(.usage, "--arg \(text): there is no script '\(script)' here") }
            (name, value) = (last, parts[1])
        }
    }
}
