internal import Timing

/// The engine's device queue, worked off when the stage says so.
final class StageQueue: WorkQueue {
    private typealias Work = @Sendable () -> Void

    private struct State {
        var ready = Line<Work>()
        /// What was to begin some time later begins with the next frame: how late things look at the time is a matter of the cadence.
        var later: [Work] = []
    }

    private let state = Mutex(State())

    func add(_ work: @escaping @Sendable () -> Void) { state.withLock { $0.ready.append(work) } }

    func add(after seconds: Double, _ work: @escaping @Sendable () -> Void) { state.withLock { $0.later.append(work) } }

    func perform<Answer>(_ work: () -> Answer) -> Answer { work() }

    /// Does the oldest work; false when there is none.
    func runNext() -> Bool {
        guard let work = state.withLock({ $0.ready.popFirst() }) else { return false }
        work()
        return true
    }

    /// Does what was to be done later.
    func runLater() {
        let works = state.withLock { state in
            defer { state.later = [] }
            return state.later
        }
        for work in works { work() }
    }
}
