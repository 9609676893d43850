public import Catalog

/// What one turn of a session came to.
public struct Evaluation: Sendable {
    /// What the code returned; functions and things of the host as words.
    public var results: [Value] = []
    /// What it printed and logged meanwhile.
    public var output: [ScriptLogLine] = []
    /// Why it ended early, with the traceback; nil when it came to its end.
    public var problem: Problem?
    /// Whether it waits for something still, and goes on by itself.
    public var isWaiting = false

    /// The turn as a table, for replies.
    public var value: Value {
        var fields: [String: Value] = [
            "ok": .bool(problem == nil), "results": .list(results), "output": .list(output.map(\.value)), "waiting": .bool(isWaiting),
        ]
        fields["problem"] = problem.map { ["code": .text($0.code.rawValue), "sentence": .text($0.sentence)] }
        return .table(fields)
    }
}

/// A turn that was asked for and whom to tell.
struct Turn {
    let answer: @Sendable (Evaluation) -> Void
    /// How many lines had been logged when it began.
    let mark: Int
}

extension ScriptRunner {
    /// Runs code in the state of a session: as an expression if it is one, as statements otherwise.
    func evaluate(_ code: String, _ answer: @escaping @Sendable (Evaluation) -> Void) {
        let turn = Turn(answer: answer, mark: services.log.count)
        guard let state, phase == .live else {
            return answer(Evaluation(problem: Problem(.conflict, "'\(spec.name)' is not in service", key: spec.name)))
        }
        do {
            let function = try compile(code, state)
            let run = state.start(function)
            state.drop(function)
            if case .waiting(let thread) = run {
                park(thread)
                turns[thread] = turn
                tidyUp()
            } else {
                conclude(turn, run)
            }
        } catch {
            tell(turn, problem: describe(error))
        }
    }

    private func compile(_ code: String, _ state: LuaState) throws(LuaFailure) -> Int64 {
        if let expression = try? state.load("return \(code)", name: spec.name) { return expression }
        return try state.load(code, name: spec.name)
    }

    /// Answers a turn whose run is over.
    func conclude(_ turn: Turn, _ run: LuaRun) {
        tidyUp()
        switch run {
        case .done(let results): tell(turn, results)
        case .failed(let failure): tell(turn, problem: describe(failed(failure)))
        case .spent(let failure, let budget):
            let problem = describe(spent(failure, budget))
            end(.failed(problem))
            tell(turn, problem: problem)
        case .waiting: break
        }
    }

    /// Answers the turns that wait when nothing runs any more.
    func abandonTurns() {
        for turn in turns.values {
            tell(turn, problem: Problem(.conflict, "'\(spec.name)' was ended before this came to its end", key: spec.name))
        }
        turns = [:]
    }

    private func tell(_ turn: Turn, _ results: [Value] = [], problem: Problem? = nil) {
        let evaluation = Evaluation(results: results, output: services.log.lines(since: turn.mark), problem: problem)
        // Told once others can see what it has led to.
        carriedOut.append { turn.answer(evaluation) }
    }
}
