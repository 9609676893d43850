internal import Catalog
internal import LuaSource
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
        /// Whether it lasts from turn to turn.
        var isSession = false
        /// What it may touch.
        var needs: Needs
        /// Its file, as it was when it was read.
        var stamp: FileStamp?

        var stamps: [String: FileStamp] { if let path, let stamp { [path: stamp] } else { [:] } }
    }

    private struct State: Sendable {
        var phase = ScriptState.stopped
        var text: Text
        var generation: Generation?
        var number = 0
        var isBusy = false
        /// Whether somebody is stopping it, and does not want it back.
        var isStopping = false
        var problem: Problem?
        /// What a finished generation left in place.
        var kept = Holdings()
        var backoff = Backoff()
        /// The files of the generation that was loaded last, also if it was no good, as they were then: a new text may mend it.
        var stamps: [String: FileStamp] = [:]
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
        let state = state.withLock { $0 }
        let statistics = state.generation?.statistics ?? ScriptStatistics()
        return ScriptInfo(
            name: name, state: state.phase, generation: state.number, header: state.text.header, args: state.text.args,
            timers: statistics.timers, nextTimer: statistics.nextTimer, handlers: statistics.handlers, waits: statistics.waits,
            memoryBytes: statistics.memoryBytes,
            cpuSeconds: statistics.cpuSeconds, errors: statistics.errors, lastProblem: state.problem ?? statistics.lastProblem,
            restartsIn: state.backoff.due.map { max(0, services.clock.now.seconds(to: $0)) }, path: state.text.path)
    }

    /// The files it is made of, as they were when they were read.
    var stamps: [String: FileStamp] { state.withLock { $0.stamps.merging($0.generation?.modules ?? [:]) { noted, _ in noted } } }

    /// Notes files as known, whatever became of their texts.
    func note(_ stamps: [String: FileStamp]) { state.withLock { $0.stamps.merge(stamps) { $1 } } }

    /// Whether a new text of its files would matter: it runs, or has failed.
    var isWatched: Bool { state.withLock { $0.text.path != nil && ($0.phase == .running || $0.phase == .failed) } }

    /// Whether it is just being started, reloaded or stopped.
    var isBusy: Bool { state.withLock { $0.isBusy } }

    /// What it was last run or reloaded from.
    var text: Text { state.withLock { $0.text } }

    /// What it takes along to a next process; nil while nothing of it was ever in service.
    var legacy: ScriptLegacy? {
        let state = state.withLock { (phase: $0.phase, text: $0.text, generation: $0.generation, number: $0.number, kept: $0.kept) }
        // One that is being run again is what it was before: done.
        let phase = state.phase == .loading ? .done : state.phase
        guard state.phase != .loading || !state.kept.isEmpty else { return nil }
        let holdings = phase == .running ? state.generation?.holdings ?? Holdings() : state.kept
        return ScriptLegacy(
            name: name, source: state.text.source, path: state.text.path, given: state.text.given, state: phase, generation: state.number,
            keys: holdings.keys, profiles: holdings.profiles, persisted: services.persist.values)
    }

    /// Hands every line it logs from now on to `deliver`.
    func followLog(_ deliver: @escaping @Sendable (ScriptLogLine) -> Void) -> Subscription { services.log.follow(deliver) }

    private func keep(_ values: [String: Value]) {
        do throws(Problem) {
            try services.persist.keep(values)
        } catch {
            services.log.write(.error, error.sentence)
        }
    }

    // MARK: Life

    /// Puts it back to where it was in a process before.
    /// - Throws: `conflict` when it runs, or why it does not load.
    func resume(_ legacy: ScriptLegacy) async throws(Problem) {
        // With a book, what is on the disk is the newest.
        if !services.persist.isDurable { keep(legacy.persisted) }
        state.withLock { state in
            if legacy.state == .failed, state.text.header.restarts { _ = state.backoff.fail(at: services.clock.now) }
            state.number = legacy.state == .running ? legacy.generation - 1 : legacy.generation
            state.kept = legacy.holdings
            state.phase = legacy.state == .running ? .stopped : legacy.state
        }
        guard legacy.state == .running else { return }
        do throws(Problem) {
            try await run(text, isResumed: true)
        } catch {
            state.withLock { $0.kept = Holdings() }
            throw error
        }
    }

    /// Starts it. What a finished generation left in place is taken over without a gap, and stays when this one does not load.
    /// - Parameters:
    ///   - isResumed: whether it goes on with what is held in its name, as if it had set that itself.
    ///   - isRestart: whether the host starts it by itself, again and again if need be.
    ///   - due: the restart that was planned; nothing happens when it is not any more.
    /// - Throws: `conflict` when it runs, or why it does not load.
    func run(_ text: Text, isResumed: Bool = false, isRestart: Bool = false, due: Instant? = nil) async throws(Problem) {
        let before = try begin { state throws(Problem) in
            if let due, state.backoff.due != due {
                throw Problem(.conflict, "script '\(name)' was stopped or started meanwhile", key: name)
            }
            guard state.phase != .running else {
                throw Problem(.conflict, "script '\(name)' is already running; stop it first, or reload it", key: name)
            }
            defer { state.phase = .loading }
            if !isRestart { state.backoff.cancel() }
            return state
        }
        defer { finish() }
        let generation = makeGeneration(text)
        do throws(Problem) {
            try await replace(before, by: generation, text, holding: before.kept, isResumed: isResumed)
        } catch {
            state.withLock { state in
                state.phase = before.phase == .done ? .done : .failed
                // Its numbers tell what it used.
                state.generation = generation
                if isRestart, text.header.restarts { _ = state.backoff.fail(at: services.clock.now) }
            }
            tellFailed(error)
            throw error
        }
    }

    /// Starts it again when it has failed, its header asks for that, and its time has come.
    func restartIfDue() async {
        let (due, text) = state.withLock { ($0.phase == .failed ? $0.backoff.due : nil, $0.text) }
        guard let due, due <= services.clock.now else { return }
        // What is wrong is in its log, and when it is tried again in its state.
        try? await run(text, isRestart: true, due: due)
    }

    /// Replaces the running generation by a new one, which has to load first; until then the old one stands still and keeps what it holds.
    /// - Throws: `conflict` when it does not run, or why the new one does not load: then the old one goes on.
    /// - Parameter isNoted: whether a problem is kept and logged; who hands in the text is told anyway.
    func reload(_ text: Text, isNoted: Bool = true) async throws(Problem) {
        let before = try begin { state throws(Problem) in
            guard state.phase == .running else { throw Problem(.conflict, "script '\(name)' is not running; run it", key: name) }
            return state
        }
        defer { finish() }
        await before.generation?.pause()
        do throws(Problem) {
            try await replace(before, by: makeGeneration(text), text, holding: before.generation?.holdings ?? Holdings())
        } catch {
            if isNoted { note(error) }
            await before.generation?.goOn()
            throw error
        }
        await before.generation?.end(interrupting: false)
    }

    /// Stops it, in the middle of a run if need be, and gives back what it holds. Nothing changes when it does not run.
    func stop() async throws(Problem) {
        let before = try begin { state throws(Problem) in
            state.backoff.cancel()
            state.isStopping = true
            return state
        }
        defer { finish() }
        await before.generation?.end(interrupting: true)
        services.surface.release(before.generation?.holdings ?? Holdings(), by: owner)
        services.surface.release(before.kept, by: owner)
        state.withLock { state in
            state.phase = .stopped
            state.generation = nil
            state.isStopping = false
            state.kept = Holdings()
        }
        if before.phase == .running { services.surface.emit("script.stopped", ["name": .text(name)]) }
    }

    /// Runs a turn of a session; one that still waits after `patience` seconds is answered as waiting and goes on.
    func evaluate(_ code: String, patience: Double) async -> Evaluation {
        guard let generation = state.withLock({ $0.generation }) else {
            return Evaluation(problem: Problem(.conflict, "session '\(name)' has ended", key: name))
        }
        return await generation.evaluate(code, patience: patience)
    }

    // MARK: Steps

    /// Claims the script for one step at a time.
    private func begin(_ check: (inout State) throws(Problem) -> State) throws(Problem) -> State {
        try state.withLock { state throws(Problem) in
            guard !state.isBusy else { throw Problem(.conflict, "script '\(name)' is just being started, reloaded or stopped", key: name) }
            let before = try check(&state)
            state.isBusy = true
            return before
        }
    }

    private func finish() { state.withLock { $0.isBusy = false } }

    private func makeGeneration(_ text: Text) -> Generation {
        let number = state.withLock { $0.number + 1 }
        let spec = ScriptSpec(
            name: name, generation: number, source: text.source, args: text.args, isSession: text.isSession, needs: text.needs,
            header: text.isSession ? nil : text.header)
        var services = services
        services.limits = text.header.budget.limits(from: services.limits)
        services.log.limit(perSecond: services.limits.logLinesPerSecond)
        return Generation(spec, services)
    }

    /// Loads a generation and puts it into service.
    /// - Throws: why it does not load or cannot send what it wants; everything is as it was then.
    private func replace(_ before: State, by new: Generation, _ text: Text, holding: Holdings, isResumed: Bool = false)
        async throws(Problem)
    {
        defer { note(new.modules.merging(text.stamps) { $1 }) }
        try await new.load { [self] in generationEnded(new, $0) }
        put(new, text, number: new.spec.generation, phase: .running)
        do throws(Problem) {
            if isResumed { try await new.resume(holding: holding) } else { try await new.takeOver(from: holding) }
        } catch {
            services.surface.release(new.holdings.subtracting(holding), by: owner)
            put(before.generation, before.text, number: before.number, phase: before.phase)
            throw error
        }
    }

    private func put(_ generation: Generation?, _ text: Text, number: Int, phase: ScriptState) {
        state.withLock { state in
            state.generation = generation
            state.text = text
            state.number = number
            state.phase = phase
            state.problem = nil
            state.backoff.begin(at: services.clock.now)
        }
    }

    /// On the generation's thread, after its last run.
    private func generationEnded(_ generation: Generation, _ ending: Ending) {
        let claim = state.withLock { state -> (isCurrent: Bool, isOurs: Bool) in
            guard state.generation === generation, ending != .ended else { return (false, false) }
            // Nobody may start the next one before this one's values are back.
            defer { state.isBusy = true }
            return (true, !state.isBusy)
        }
        guard claim.isCurrent else { return }
        if case .failed = ending { services.surface.release(generation.holdings, by: owner) }
        let delay = state.withLock { state in
            state.phase = ending == .done ? .done : .failed
            state.kept = ending == .done ? generation.holdings : Holdings()
            if claim.isOurs { state.isBusy = false }
            guard case .failed = ending, !state.isStopping, state.text.header.restarts else { return nil as Double? }
            return state.backoff.fail(at: services.clock.now)
        }
        if case .failed(let problem) = ending {
            tellFailed(problem)
            if let delay { services.log.write(.warn, "'\(name)' is started again in \(Value.plain(delay)) s") }
        } else {
            services.surface.emit("script.stopped", ["name": .text(name)])
        }
    }

    /// Keeps and logs a problem that changes nothing for what runs.
    func note(_ problem: Problem) {
        state.withLock { $0.problem = problem }
        services.log.write(.error, problem.sentence)
    }

    private func tellFailed(_ problem: Problem) {
        note(problem)
        services.surface.emit("script.failed", ["name": .text(name), "problem": .text(problem.sentence)])
    }
}
