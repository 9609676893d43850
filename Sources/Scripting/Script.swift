internal import Catalog
internal import Synchronization
internal import Timing

/// One script by name, over all its generations.
///
/// At most one of run, reload and stop is under way; a second one is refused rather than queued.
final class Script: Sendable {
    /// What a generation is made from.
    struct Text: Sendable {
        var source: String
        var path: String?
        var header: ScriptHeader
        /// The arguments as they were given; the header completes them.
        var given: [String: Value]
        var args: [String: Value]
    }

    private struct State {
        var phase = ScriptState.stopped
        var text: Text
        var generation: Generation?
        var number = 0
        var isBusy = false
        var problem: Problem?
        /// What a finished generation left in place.
        var kept = Holdings()
    }

    let name: String
    private let services: ScriptServices
    private let state: Mutex<State>

    init(_ name: String, _ text: Text, _ services: ScriptServices) {
        self.name = name
        self.services = services
        state = Mutex(State(text: text))
    }

    private var owner: Owner { .script(name) }

    /// Its log, oldest line first.
    var lines: [ScriptLogLine] { services.log.lines }

    /// Whether it can be forgotten: it neither runs nor holds anything.
    var isForgettable: Bool {
        state.withLock { !$0.isBusy && $0.kept.isEmpty && ($0.phase == .done || $0.phase == .stopped || $0.phase == .failed) }
    }

    /// Whether it has a generation in service.
    var isRunning: Bool { state.withLock { $0.phase == .running } }

    /// The script as others see it.
    var info: ScriptInfo {
        let state = state.withLock { (phase: $0.phase, text: $0.text, generation: $0.generation, number: $0.number, problem: $0.problem) }
        let statistics = state.generation?.statistics ?? ScriptStatistics()
        return ScriptInfo(
            name: name, state: state.phase, generation: state.number, header: state.text.header, args: state.text.args,
            timers: statistics.timers, handlers: statistics.handlers, waits: statistics.waits, memoryBytes: statistics.memoryBytes,
            cpuSeconds: statistics.cpuSeconds, errors: statistics.errors, lastProblem: state.problem ?? statistics.lastProblem,
            path: state.text.path)
    }

    /// What it was last run or reloaded from.
    var text: Text { state.withLock { $0.text } }

    // MARK: Life

    /// Starts it. What a finished generation left in place is taken over without a gap.
    /// - Throws: `conflict` when it runs, or why it does not load.
    func run(_ text: Text) async throws(Problem) {
        try begin { state throws(Problem) in
            guard state.phase != .running else {
                throw Problem(.conflict, "script '\(name)' is already running; stop it first, or reload it", key: name)
            }
            state.phase = .loading
            state.problem = nil
        }
        defer { finish() }
        let generation = makeGeneration(text)
        do throws(Problem) {
            try await generation.load { [self] in generationEnded(generation, $0) }
            put(generation, text)
            try await generation.takeOver(from: state.withLock { $0.kept })
        } catch {
            let kept = state.withLock { state in
                defer { state.kept = Holdings() }
                return state.kept
            }
            services.surface.release(kept, by: owner)
            services.surface.release(generation.holdings, by: owner)
            state.withLock { state in
                state.phase = .failed
                // Its numbers tell what it used.
                state.generation = generation
            }
            tellFailed(error)
            throw error
        }
        // A short script may have come to its end already.
        state.withLock { if $0.phase == .loading { $0.phase = .running } }
    }

    /// Replaces the running generation by a new one, which has to load first; until then the old one stands still and keeps what it holds.
    /// - Throws: `conflict` when it does not run, or why the new one does not load: then the old one goes on.
    func reload(_ text: Text) async throws(Problem) {
        let (old, oldText) = try begin { state throws(Problem) in
            guard state.phase == .running, let old = state.generation else {
                throw Problem(.conflict, "script '\(name)' is not running; run it", key: name)
            }
            return (old, state.text)
        }
        defer { finish() }
        await old.pause()
        let new = makeGeneration(text)
        do throws(Problem) {
            try await new.load { [self] in generationEnded(new, $0) }
            put(new, text)
            try await new.takeOver(from: old.holdings)
        } catch {
            put(old, oldText)
            state.withLock { $0.problem = error }
            services.log.write(.error, error.sentence)
            await old.goOn()
            throw error
        }
        await old.end(interrupting: false)
    }

    /// Stops it, in the middle of a run if need be, and gives back what it holds. Nothing changes when it does not run.
    func stop() async throws(Problem) {
        let old: (generation: Generation?, kept: Holdings, wasRunning: Bool) = try begin { state throws(Problem) in
            defer { state.kept = Holdings() }
            return (state.generation, state.kept, state.phase == .running)
        }
        defer { finish() }
        await old.generation?.end(interrupting: true)
        services.surface.release(old.generation?.holdings ?? Holdings(), by: owner)
        services.surface.release(old.kept, by: owner)
        state.withLock { state in
            if state.phase != .failed { state.phase = .stopped }
            state.generation = nil
        }
        if old.wasRunning { services.surface.emit("script.stopped", ["name": .text(name)]) }
    }

    // MARK: Steps

    private func begin<Result>(_ check: (inout sending State) throws(Problem) -> Result) throws(Problem) -> Result {
        try state.withLock { state throws(Problem) in
            guard !state.isBusy else { throw Problem(.conflict, "script '\(name)' is just being started, reloaded or stopped", key: name) }
            let result = try check(&state)
            state.isBusy = true
            return result
        }
    }

    private func finish() { state.withLock { $0.isBusy = false } }

    private func makeGeneration(_ text: Text) -> Generation {
        let number = state.withLock { $0.number + 1 }
        return Generation(ScriptSpec(name: name, generation: number, source: text.source, args: text.args), services)
    }

    private func put(_ generation: Generation, _ text: Text) {
        state.withLock { state in
            state.generation = generation
            state.number = generation.spec.generation
            state.text = text
            state.problem = nil
        }
    }

    /// On the generation's thread, after its last run.
    private func generationEnded(_ generation: Generation, _ ending: Ending) {
        let isCurrent = state.withLock { state in
            guard state.generation === generation else { return false }
            switch ending {
            case .done:
                state.phase = .done
                state.kept = generation.holdings
            case .failed(let problem):
                state.phase = .failed
                state.problem = problem
            case .ended: break
            }
            return ending != .ended
        }
        guard isCurrent else { return }
        if case .failed(let problem) = ending {
            services.surface.release(generation.holdings, by: owner)
            tellFailed(problem)
        } else {
            services.surface.emit("script.stopped", ["name": .text(name)])
        }
    }

    private func tellFailed(_ problem: Problem) {
        state.withLock { $0.problem = problem }
        services.log.write(.error, problem.sentence)
        services.surface.emit("script.failed", ["name": .text(name), "problem": .text(problem.sentence)])
    }
}
