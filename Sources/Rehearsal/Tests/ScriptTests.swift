package import Catalog
internal import Foundation
internal import Scripting

/// The tests of one file: `test("a sentence", function(sim) … end)`.
package final class ScriptTests {
    /// How a test ended.
    package struct Outcome: Sendable {
        /// What the test is called.
        package let name: String
        /// Why it failed; nil when it did not.
        package var failure: String?
        /// What happened around the moment it is about; empty for one that went well.
        package var timeline: [String] = []
        /// What it printed.
        package var lines: [String] = []
        /// Seconds that were rehearsed.
        package var rehearsed = 0.0
    }

    /// The names of the tests, in the order of the text.
    package var names: [String] { scene.tests.map(\.name) }

    /// What the program reaches, so that nothing holds itself.
    private final class Scene {
        var desk: TestDesk
        var tests: [(name: String, function: Int64)] = []

        init(_ desk: TestDesk) { self.desk = desk }
    }

    private let program: LuaProgram
    private let scene: Scene
    private let folders: [String]

    /// Reads the tests of a text; its main chunk runs.
    /// - Parameter folders: where scripts are found.
    /// - Throws: why it does not load.
    package init(_ source: String, name: String, folders: [String]) throws(Problem) {
        self.folders = folders
        let scene = Scene(try TestDesk(folders: folders))
        self.scene = scene
        program = try LuaProgram(table: "sim", TestDesk.names) {
            scene.desk.rehearsal?.clock.wall ?? 0
        } registers: { name, function in
            scene.tests.append((name, function))
        } perform: { name, values throws(Problem) in
            try scene.desk.perform(name, TestCall(values: values))
        }
        do throws(LuaProgram.Failure) {
            try program.run(Expectations.source, name: "expect")
            try program.run(source, name: name)
        } catch {
            throw Problem(.script, "\(error.sentence)\n\(error.traceback)", key: name)
        }
    }

    /// Runs one test, in a scene of its own.
    package func run(_ place: Int) -> Outcome {
        let test = scene.tests[place]
        var outcome = Outcome(name: test.name)
        do throws(Problem) { scene.desk = try TestDesk(folders: folders) } catch { outcome.failure = error.sentence }
        guard outcome.failure == nil else { return outcome }
        do throws(LuaProgram.Failure) { try program.call(test.function) } catch {
            outcome.failure = error.sentence
            outcome.timeline = excerpt
        }
        outcome.lines = program.takeLines()
        outcome.rehearsed = scene.desk.rehearsal.map { $0.time - $0.plan.begin } ?? 0
        return outcome
    }

    /// Lines of the timeline before and after the moment the test looked at last, or the last ones.
    private var excerpt: [String] {
        guard let rehearsal = scene.desk.rehearsal else { return [] }
        let text = TimelineText(zone: rehearsal.plan.zone)
        let entries = rehearsal.timeline.entries
        let middle = scene.desk.focus.flatMap { focus in entries.firstIndex { $0.time > focus } } ?? entries.count
        return entries[max(0, middle - 10)..<min(entries.count, middle + 5)].flatMap(text.lines)
    }
}
