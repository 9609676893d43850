internal import ArgumentParser
internal import Catalog
internal import Foundation
internal import Rehearsal
internal import Scripting

/// `luneta sim`: a day of scripts in a second.
struct Sim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Rehearse scripts: a day in a second, under a virtual sky.",
        discussion: """
            Runs scripts with the engine and the simulated camera of the service on virtual time, and prints a line for everything they \
            decide: when, how light it was, who, what, and what became of it. Nothing reaches servers, and no picture is made without \
            --pictures. The same options give the same timeline. Ends with 0, with 1 when a script failed or logged an error, and with 64 \
            when an option makes no sense.
            """)

    @Argument(help: "Scripts, in the order they start: names of the script folder or of those that come with Luneta, or Lua files.")
    var scripts: [String] = []

    @OptionGroup var world: SimWorld

    @Option(name: .customLong("arg"), help: "A parameter, as NAME=VALUE or SCRIPT.NAME=VALUE; any number of times.")
    var arguments: [String] = []

    @Flag(help: "Write JSON, an object for each line.")
    var json = false

    @Option(help: "A journal that the service has kept: its light in place of a virtual sky.")
    var replay: String?

    @Option(name: .customLong("script"), help: "A script, as those without a name of an option.")
    var more: [String] = []

    @Flag(help: "With --replay: show where the scripts decide otherwise than what was recorded, and nothing else.")
    var diff = false

    @Option(help: "Draw the day into this SVG file.")
    var chart: String?

    @Option(help: "Make the pictures that scripts take, in this folder.")
    var pictures: String?

    @Option(help: "A YAML file; `luneta.yaml` of this folder is read without being named.")
    var config: String?

    func run() async throws {
        let isGood: Bool
        do throws(Exit) {
            let settings = try await Settings.read(flags: [:], file: config, environment: ProcessInfo.processInfo.environment)
            isGood = try rehearse(settings)
        } catch {
            throw error.report()
        }
        if !isGood { throw ExitCode.failure }
    }

    private func rehearse(_ settings: Settings) throws(Exit) -> Bool {
        var plan = try world.plan(settings)
        plan.pictures = pictures
        var seconds = try world.seconds
        let started = ContinuousClock.now
        if let replay { seconds = try SimReplay(replay, world, plan).apply(to: &plan, seconds: seconds) }
        let given = try SimScript.read(scripts + more, arguments: arguments, folders: plan.folders)
        guard !given.isEmpty else { throw Exit(.usage, "no script was named; 'luneta sim day_night' rehearses that one") }
        guard !diff || replay != nil else { throw Exit(.usage, "--diff compares with a recorded night; name one with --replay") }
        plan.folders += given.compactMap(\.folder)
        let rehearsal = try Exit.data { () throws(Problem) in try Rehearsal(plan) }
        var report = SimReport(rehearsal, isJSON: json, isQuiet: diff)
        report.begin(given.map(\.name))
        for script in given {
            do throws(Problem) {
                try rehearsal.load(script.name, source: script.source, args: script.args)
            } catch {
                report.show()
                throw Exit(.data, error.sentence)
            }
        }
        report.run(for: seconds)
        report.end()
        if diff { report.showDifference(given.map(\.name)) }
        if let chart { try OutputFile(path: chart).write(rehearsal.chart(given.map(\.name).joined(separator: " + "))) }
        Sim.tell("\(Sim.words(seconds)) rehearsed in \(Sim.words((ContinuousClock.now - started) / .seconds(1)))")
        return report.isGood
    }

    private static func words(_ seconds: Double) -> String {
        if seconds >= 7200 { return "\(Value.plain((seconds / 360).rounded() / 10)) h" }
        return "\(Value.plain((seconds * 100).rounded() / 100)) s"
    }

    private static func tell(_ sentence: String) { FileHandle.standardError.write(Data("\(sentence)\n".utf8)) }
}
