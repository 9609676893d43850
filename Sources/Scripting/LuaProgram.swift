package import Catalog

/// A Lua program that steers the host's own functions instead of a camera: the tests of scripts.
package final class LuaProgram {
    /// Carries out a function the program finds; its arguments are plain values.
    package typealias Performer = (_ name: String, _ arguments: [Value]) throws(Problem) -> Value

    /// Why the program failed: what was raised, and where.
    package struct Failure: Error {
        /// What was raised.
        package let sentence: String
        /// The lines it came from, the innermost first.
        package let traceback: String
    }

    private let host: Host
    private let state: LuaState

    /// Creates a program without text.
    /// - Parameters:
    ///   - table: the global that has the functions.
    ///   - names: what they are called.
    ///   - wall: the time of `os.time`.
    ///   - registers: is called with a name and the number of a function for each call of the global `test`.
    ///   - perform: carries a function out.
    package init(
        table: String, _ names: [String], wall: @escaping () -> Double, registers: @escaping (String, Int64) -> Void,
        perform: @escaping Performer
    ) throws(Problem) {
        var globals: [String: LuaMember] = ["test": .operation(Host.registration, index: 0)]
        let members = names.enumerated().map { index, name in (name, LuaMember.operation(Host.function, index: index)) }
        globals[table] = .table(Dictionary(uniqueKeysWithValues: members))
        globals["print"] = .operation(Host.line, index: 0)
        var limits = ScriptLimits.standard
        // What it waits for is its own doing; a test that never ends is ended all the same.
        limits.runSeconds = 600
        limits.memoryBytes = 256 << 20
        host = Host(names, wall, registers, perform)
        state = try LuaState(limits, StopFlag(), seed: 1, host: host)
        try state.setGlobals(globals, fallback: [:])
    }

    /// Runs a text; `name` is what positions show.
    package func run(_ source: String, name: String) throws(Failure) {
        do {
            let function = try state.load(source, name: name)
            try finish(state.start(function))
        } catch {
            throw Failure(sentence: error.problem.sentence, traceback: error.traceback)
        }
    }

    /// Calls a function that was registered, with a global as its argument.
    package func call(_ function: Int64) throws(Failure) {
        do { try finish(state.start(function)) } catch {
            throw Failure(sentence: error.problem.sentence, traceback: error.traceback)
        }
    }

    /// What was printed since the last call.
    package func takeLines() -> [String] {
        defer { host.lines = [] }
        return host.lines
    }

    private func finish(_ run: LuaRun) throws(LuaFailure) {
        switch run {
        case .done: return
        case .failed(let failure), .spent(let failure, _): throw failure
        case .waiting: throw LuaFailure(problem: Problem(.script, "a test cannot wait; 'sim.run' lets time pass"), traceback: "")
        }
    }

    /// What the state calls.
    private final class Host: LuaHost {
        static let function: Int32 = 1
        static let registration: Int32 = 2
        static let line: Int32 = 3

        private let names: [String]
        private let perform: Performer
        private let time: () -> Double
        private let registers: (String, Int64) -> Void
        var lines: [String] = []

        init(
            _ names: [String], _ time: @escaping () -> Double, _ registers: @escaping (String, Int64) -> Void,
            _ perform: @escaping Performer
        ) {
            self.names = names
            self.perform = perform
            self.time = time
            self.registers = registers
        }

        var wall: Double { time() }

        func call(_ operation: Int32, _ index: Int, _ tape: LuaTape) -> LuaAnswer {
            let arguments = Arguments(tape.takeArguments())
            do {
                switch operation {
                case Host.registration: registers(try arguments.text(1), try arguments.function(2))
                case Host.line: lines.append(try arguments.text(1))
                default:
                    let values = try (0..<arguments.count).map { (place) throws(Refusal) in try arguments.value(place + 1) }
                    return .value(try Refusal.ifRaised { () throws(Problem) in try perform(names[index], values) })
                }
                return .nothing
            } catch {
                switch error {
                case .misuse(let number, let text): return .misuse(number, text)
                case .problem(let problem): return .raise(problem)
                }
            }
        }
    }
}
