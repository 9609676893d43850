internal import Catalog
internal import Timing

/// A generation of a script as the host sees it: orders go in, what it has and holds comes out; a driver gives it its turns.
final class Generation: Sendable {
    private struct State {
        var statistics = ScriptStatistics()
        var holdings = Holdings()
        var modules: [String: FileStamp] = [:]
    }

    let spec: ScriptSpec
    private let services: ScriptServices
    private let inbox: Inbox
    private let flag = StopFlag()
    private let state = Mutex(State())

    init(_ spec: ScriptSpec, _ services: ScriptServices) {
        self.spec = spec
        self.services = services
        inbox = Inbox(capacity: services.limits.events)
    }

    /// What it has and uses, as of its last run.
    var statistics: ScriptStatistics { state.withLock { $0.statistics } }
    /// What it holds, as of its last run.
    var holdings: Holdings { state.withLock { $0.holdings } }

    /// The files it has read with `require`, as they were then.
    var modules: [String: FileStamp] { state.withLock { $0.modules } }

    /// Has it driven and loads; `ended` is called by the driver at the very end, when the Lua state is gone.
    /// - Throws: why it does not load; it is over then.
    func load(ended: @escaping @Sendable (Ending) -> Void) async throws(Problem) {
        let problem: Problem? = await withCheckedContinuation { continuation in
            services.driver.drive(spec.name, inbox) { [self] in begin(ended: ended) { continuation.resume(returning: $0) } }
        }
        if let problem { throw problem }
    }

    /// Sends what was held back while loading and goes on from there.
    /// - Throws: why the camera host did not take it; the generation is over then.
    func takeOver(from holdings: Holdings) async throws(Problem) {
        if let problem = await order(.takeOver(from: holdings)) { throw problem }
    }

    /// Goes on with what is held in its name already, in place of what was held back while loading.
    /// - Throws: why it cannot; the generation is over then.
    func resume(holding holdings: Holdings) async throws(Problem) {
        if let problem = await order(.resume(holding: holdings)) { throw problem }
    }

    /// Lets the run under way end and runs nothing until ``goOn()``.
    func pause() async { _ = await order(.pause) }

    /// Ends a pause; what became due meanwhile runs now.
    func goOn() async { _ = await order(.goOn) }

    /// Ends without releasing anything, in the middle of a run when `interrupting`; returns when the Lua state is gone.
    func end(interrupting: Bool) async {
        if interrupting { flag.raise() }
        _ = await order(.end)
    }

    /// Runs a turn of a session.
    func evaluate(_ code: String, patience: Double) async -> Evaluation {
        let (answers, queue) = AsyncStream.makeStream(of: Evaluation.self, bufferingPolicy: .bufferingOldest(1))
        let isTaken = inbox.post(Inbox.Letter(order: .evaluate(code) { queue.yield($0) }) { _ in })
        if !isTaken { queue.yield(Evaluation(problem: Problem(.conflict, "session '\(spec.name)' has ended", key: spec.name))) }
        let late = Task(executorPreference: services.driver.executor) {
            try? await Task.sleep(for: .seconds(patience))
            queue.yield(Evaluation(isWaiting: true))
        }
        defer { late.cancel() }
        for await answer in answers { return answer }
        return Evaluation(isWaiting: true)
    }

    private func order(_ order: Inbox.Order) async -> Problem? {
        await withCheckedContinuation { continuation in
            let isTaken = inbox.post(Inbox.Letter(order: order) { continuation.resume(returning: $0) })
            if !isTaken { continuation.resume(returning: nil) }
        }
    }

    /// Loads it.
    ///
    /// Who loads it hears of a failure last of all, when its end is over: what he does next must not be mistaken for a part of it.
    /// - Returns: what to call for each turn.
    private func begin(ended: @escaping (Ending) -> Void, loaded: @escaping (Problem?) -> Void) -> () -> ScriptTurn {
        let runner: ScriptRunner
        do throws(Problem) {
            runner = try ScriptRunner(spec, services, inbox: inbox, flag: flag)
        } catch {
            finish(.failed(error), ended) { loaded(error) }
            return { .over }
        }
        let problem = runner.load()
        show(runner)
        if problem == nil { loaded(nil) }
        var living: ScriptRunner? = runner
        return { [self] in
            guard let (next, ending, answers) = living.map(turn) else { return .over }
            guard let ending else {
                answers()
                return .wait(until: next)
            }
            // Whoever is told of the end finds the Lua state gone.
            living = nil
            finish(ending, ended) {
                answers()
                if let problem { loaded(problem) }
            }
            return .over
        }
    }

    /// One turn: when the next one is due or how it ended, and what tells those whose orders were carried out.
    private func turn(_ runner: ScriptRunner) -> (next: Instant?, ending: Ending?, answers: () -> Void) {
        let next = runner.pump()
        show(runner)
        let answers = runner.takeAnswers()
        if case .over(let ending) = runner.phase { return (next, ending, answers) }
        return (next, nil, answers)
    }

    /// Tells of the end, and then those whose orders were the last.
    private func finish(_ ending: Ending, _ ended: (Ending) -> Void, _ answer: () -> Void) {
        let leftovers = inbox.close()
        ended(ending)
        answer()
        for letter in leftovers { letter.done(nil) }
    }

    /// Lets others see what the runner has and holds now.
    private func show(_ runner: ScriptRunner) {
        runner.measure()
        state.withLock { $0 = State(statistics: runner.statistics, holdings: runner.holdings, modules: runner.modules) }
    }
}
