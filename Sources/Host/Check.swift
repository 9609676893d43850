internal import ArgumentParser
internal import Foundation
internal import LuaSource
internal import Scripting

/// `luneta check`: what is wrong in scripts, without running them.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find mistakes in scripts without running them.",
        discussion: """
            Names that do not exist, values that a control does not take, needs that the header does not name: each with its place, as \
            FILE:LINE:COLUMN, and what to write instead. Without files, every script of the script folder is looked at. Ends with 0 when \
            there is no error, with 1 when there is one, and with 66 when a file cannot be read.
            """)

    @Argument(help: "Lua files, or folders of them.")
    var files: [String] = []

    @Option(help: "A YAML file; `luneta.yaml` of this folder is read without being named.")
    var config: String?

    func run() async throws {
        var findings: [Finding] = []
        let paths: [String]
        do throws(Exit) {
            paths = try await self.paths()
            for path in paths { findings += try report(path) }
        } catch {
            throw error.report()
        }
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count - errors
        print("\(count(paths.count, "script")), \(count(errors, "error")), \(count(warnings, "warning"))")
        if errors > 0 { throw ExitCode.failure }
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// Prints what is wrong in one file.
    private func report(_ path: String) throws(Exit) -> [Finding] {
        let text = try LuaFiles.text(path)
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        let findings = ScriptCheck.findings(in: text, name: name, isTest: path.hasSuffix("_test.lua"))
        for finding in findings {
            print("\(path):\(finding.line):\(finding.column): \(finding.severity.rawValue): \(finding.message)")
        }
        return findings
    }

    private func paths() async throws(Exit) -> [String] {
        guard files.isEmpty else { return try LuaFiles.below(files) }
        let settings = try await Settings.read(flags: [:], file: config, environment: ProcessInfo.processInfo.environment)
        return try LuaFiles.below([settings["luneta.scripts"]])
    }
}
