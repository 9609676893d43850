internal import Catalog
internal import Scripting
internal import Timing

/// What scripts keep, as long as the rehearsal lasts: over reloads and power cuts.
final class RehearsedBook: PersistBook {
    private struct State {
        var values: [String: [String: Value]] = [:]
        var refusal: Problem?
    }

    private let state = Mutex(State())

    /// Makes every write fail; nil lets them succeed again.
    func refuse(_ problem: Problem?) { state.withLock { $0.refusal = problem } }

    func values(of script: String) throws(Problem) -> [String: Value] { state.withLock { $0.values[script] ?? [:] } }

    func write(_ changes: [String: Value], of script: String) throws(Problem) {
        try state.withLock { state throws(Problem) in
            if let refusal = state.refusal { throw refusal }
            state.values[script, default: [:]].merge(changes) { $1 }
            state.values[script] = state.values[script]?.filter { $0.value != .null }
        }
    }
}
