internal import ArgumentParser
internal import Catalog
internal import Foundation
internal import Rehearsal

/// `luneta test`: the tests that stand beside scripts.
struct TestScripts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests of scripts, each night of theirs in a second.",
        discussion: """
            A file NAME_test.lua beside NAME.lua says what the script is to do: test("a sentence", function(sim) ... end). Each test has a \
            camera, a sky and a clock of its own. Without paths, the tests of the script folder are run. Prints TAP; ends with 0 when all \
            went well, with 1 when a test failed, with 65 when a file does not load and with 66 when one cannot be read.
            """)

    @Argument(help: "Files, or folders of them.")
    var paths: [String] = []

    @Option(help: "Write a JUnit report into this file.")
    var junit: String?

    @Option(help: "Run only the tests whose name contains this.")
    var only: String?

    @Option(help: "A YAML file; `luneta.yaml` of this folder is read without being named.")
    var config: String?

    func run() async throws {
        let isGood: Bool
        do throws(Exit) {
            let settings = try await Settings.read(flags: [:], file: config, environment: ProcessInfo.processInfo.environment)
            isGood = try test(settings)
        } catch {
            throw error.report()
        }
        if !isGood { throw ExitCode.failure }
    }

    private func test(_ settings: Settings) throws(Exit) -> Bool {
        let files = try LuaFiles.below(paths.isEmpty ? [settings["luneta.scripts"]] : paths).filter { $0.hasSuffix("_test.lua") }
        guard !files.isEmpty else {
            throw Exit(
                .noInput, "there is no file '…_test.lua' in \(paths.isEmpty ? settings["luneta.scripts"] : paths.joined(separator: ", "))")
        }
        var suites: [(file: String, outcomes: [ScriptTests.Outcome])] = []
        var count = 0
        print("TAP version 14")
        for file in files {
            let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
            let text = try LuaFiles.text(file)
            let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
            let tests = try Exit.data { () throws(Problem) in
                try ScriptTests(text, name: name, folders: [folder, settings["luneta.scripts"], BundledScripts.folder])
            }
            var outcomes: [ScriptTests.Outcome] = []
            for place in tests.names.indices where only.map({ tests.names[place].contains($0) }) ?? true {
                count += 1
                outcomes.append(tests.run(place))
                TestReports.tap(outcomes[outcomes.count - 1], number: count, file: name).forEach { print($0) }
            }
            suites.append((name, outcomes))
        }
        print("1..\(count)")
        if let junit { try OutputFile(path: junit).write(TestReports.junit(suites)) }
        return suites.allSatisfy { $0.outcomes.allSatisfy { $0.failure == nil } }
    }
}
