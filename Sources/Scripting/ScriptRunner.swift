internal import Catalog
internal import LuaSource
internal import Timing

/// One generation of a script: its Lua state, its timers, handlers and waits.
///
/// Not bound to a thread: whoever drives it calls ``load()`` once and then ``pump()`` again and again, at the moment the last call named
/// or when something is in the inbox. In production that is a ``Generation``'s thread; a simulation does the same on virtual time.
///
/// **Loading** runs the main chunk to its end or to its first wait, then `selftest()` if there is one. Nothing of that is seen outside:
/// values are checked at once, so that a bad one raises where it is written, but they are sent when the generation takes over.
final class ScriptRunner {
    /// Whether the outside sees it yet.
    enum Phase: Equatable {
        case loading
        case live
        case paused
        case over(Ending)
    }

    /// A function that runs for each event of a topic.
    struct Handler {
        let topic: String
        let function: Int64
    }

    let spec: ScriptSpec
    let services: ScriptServices
    let inbox: Inbox
    private let flag: StopFlag
    /// Set once in `init`; optional only because the state needs its host first.
    private(set) var state: LuaState?

    var phase = Phase.loading
    var schedule = Schedule()
    var wallTimers = WallTimers()
    /// By the number of their handle, which is negative: timers have the numbers above zero.
    var handlers: [Int: Handler] = [:]
    var lastHandler = 0
    /// Functions nothing refers to any more; given up after the run, since a call from a script must not call back into its state.
    var dropped: [Int64] = []
    var waits = Waits()
    var holdings = Holdings()
    var early = EarlyActions()
    /// What the main chunk keeps until it takes over.
    var earlyPersist: [String: Value]?
    /// What is probably wrong with its text.
    private var doubts: [Finding] = []
    /// The coroutine of the main chunk while it waits: the script fails with it.
    var mainThread: Int64?
    /// The files it has read with `require`, as they were then.
    var modules: [String: FileStamp] = [:]
    var emitRate: RateLimit
    /// Commands on their way, by wait.
    var tasks: [Int: Task<Void, Never>] = [:]
    /// Turns of a session that wait, by coroutine.
    var turns: [Int64: Turn] = [:]
    /// Timers whose last run still waits, by coroutine.
    var busyTimers: [Int64: Int] = [:]
    var statistics = ScriptStatistics()
    /// Answers to orders that were carried out in this call of ``pump()``.
    var carriedOut: [() -> Void] = []
    private var reportRate = RateLimit(perSecond: 10)
    /// Why what the script keeps was last not written to the disk.
    private var lastRefusal: String?
    private var subscription: Subscription?

    /// Creates a generation that has run nothing yet.
    /// - Throws: `budget` when the memory limit is too small for the libraries.
    init(_ spec: ScriptSpec, _ services: ScriptServices, inbox: Inbox, flag: StopFlag) throws(Problem) {
        self.spec = spec
        self.services = services
        self.inbox = inbox
        self.flag = flag
        emitRate = RateLimit(perSecond: services.limits.emitsPerSecond)
        let state = try LuaState(services.limits, flag, seed: services.seed, host: self)
        try state.setGlobals(Surroundings.globals(spec), fallback: Surroundings.common.fallback)
        for kind in ObjectClass.allCases { try state.setClass(kind.rawValue, kind.name, Surroundings.methods(kind)) }
        guard state.setPersist(services.persist.values) else {
            throw Problem(.budget, "what '\(spec.name)' keeps does not fit into its memory")
        }
        self.state = state
    }

    var surface: any ControlSurface { services.surface }
    var now: Instant { services.clock.now }

    /// Whether nothing will ever run again.
    var isOver: Bool { if case .over = phase { true } else { false } }

    // MARK: Loading

    /// Compiles and runs the script as far as its first wait, and its `selftest`.
    /// - Returns: why it is no good, with a traceback; it is over then.
    func load() -> Problem? {
        guard let state else { return nil }
        do {
            try checkText()
            let main = try state.load(spec.source, name: spec.name)
            try finishLoading(state.start(main), of: "the script")
            state.drop(main)
            if let selftest = state.globalFunction("selftest") {
                try runSelftest(selftest, in: state)
            }
            return nil
        } catch {
            let problem = describe(error)
            end(.failed(problem))
            return problem
        }
    }

    /// A need that the text uses and the header does not name would be refused when the script comes to it; better now, while the
    /// generation before still runs. What else will not work is said once the script is in service: at night, perhaps, nobody looks.
    private func checkText() throws(LuaFailure) {
        guard let header = spec.header else { return }
        doubts = ScriptCheck.doubts(in: spec.source, header)
        guard let missing = doubts.first(where: \.lacksNeed) else { return }
        throw LuaFailure(problem: Problem(.script, missing.sentence(in: spec.name), key: spec.name), traceback: "")
    }

    private func finishLoading(_ run: LuaRun, of what: String) throws(LuaFailure) {
        switch run {
        case .done: break
        case .waiting(let thread):
            park(thread)
            mainThread = thread
        case .failed(let failure): throw failed(failure)
        case .spent(let failure, let budget): throw spent(failure, budget)
        }
        tidyUp()
    }

    private func runSelftest(_ selftest: Int64, in state: LuaState) throws(LuaFailure) {
        let run = state.start(selftest)
        if case .waiting = run { throw LuaFailure(problem: Problem(.script, "'selftest' may not wait", key: spec.name), traceback: "") }
        try finishLoading(run, of: "selftest")
        guard case .done(let results) = run, let first = results.first, first == .bool(false) || first == .null else { return }
        let reason = results.dropFirst().first.map { $0.string ?? $0.description } ?? "it returned \(first)"
        throw LuaFailure(problem: Problem(.script, "'selftest' failed: \(reason)", key: spec.name), traceback: "")
    }

    // MARK: Failures

    /// A failure that says which budget was used up.
    func spent(_ failure: LuaFailure, _ budget: LuaRun.Budget) -> LuaFailure {
        let limits = services.limits
        let sentence =
            switch budget {
            case .time: "'\(spec.name)' used more than \(Value.plain(limits.runSeconds * 1000)) ms of CPU time without waiting"
            case .memory: "'\(spec.name)' needed more than \(limits.memoryBytes >> 10) KiB of memory"
            case .interrupted: "'\(spec.name)' was stopped while it ran"
            }
        let code: Problem.Code = budget == .interrupted ? .conflict : .budget
        return LuaFailure(problem: Problem(code, sentence, key: spec.name), traceback: failure.traceback)
    }

    /// A failure of the script itself, whatever kind of problem it has raised.
    func failed(_ failure: LuaFailure) -> LuaFailure {
        LuaFailure(problem: Problem(.script, failure.problem.sentence, key: spec.name), traceback: failure.traceback)
    }

    /// The failure as one problem whose sentence ends with the traceback.
    func describe(_ failure: LuaFailure) -> Problem {
        var problem = failure.problem
        if !failure.traceback.isEmpty { problem.sentence += "\n\(failure.traceback)" }
        return problem
    }

    /// Reports an error that ended a handler; the script goes on.
    func report(_ failure: LuaFailure) {
        let problem = describe(failed(failure))
        statistics.errors += 1
        statistics.lastProblem = problem
        services.log.write(.error, problem.sentence)
        if reportRate.admit(at: now) { surface.emit("script.failed", ["name": .text(spec.name), "problem": .text(problem.sentence)]) }
    }

    /// Ends the generation; nothing runs any more, what it holds stays until somebody releases it.
    func end(_ ending: Ending) {
        guard !isOver else { return }
        phase = .over(ending)
        if case .failed = ending { statistics.errors += 1 }
        subscription = nil
        for task in tasks.values { task.cancel() }
        tasks = [:]
        schedule = Schedule()
        wallTimers = WallTimers()
        handlers = [:]
        waits = Waits()
        abandonTurns()
    }

    // MARK: Becoming live

    /// Sends what was held back, releases what the generation before held and this one does not, and begins to listen.
    /// - Returns: why the camera host did not take it; it is over then.
    func takeOver(from before: Holdings) -> Problem? {
        becomeLive { runner throws(Problem) in
            try runner.sendEarlyActions()
            runner.release(before.subtracting(runner.holdings))
        }
    }

    /// Goes on as the script was in a process before: it holds what it held, as it was held, and what the main chunk set is forgotten.
    /// - Returns: why it cannot; it is over then.
    func resume(holding before: Holdings) -> Problem? {
        becomeLive { runner throws(Problem) in
            try runner.forgetEarlyChanges()
            runner.holdings = before
        }
    }

    private func becomeLive(_ step: (ScriptRunner) throws(Problem) -> Void) -> Problem? {
        guard phase == .loading else { return Problem(.conflict, "'\(spec.name)' is in service already", key: spec.name) }
        phase = .live
        do throws(Problem) {
            try step(self)
        } catch {
            end(.ended)
            return error
        }
        if let earlyPersist { keep(earlyPersist) }
        for doubt in doubts.prefix(10) { services.log.write(.warn, doubt.sentence(in: spec.name)) }
        subscription = surface.subscribe(to: nil) { [inbox] event in inbox.post(event) }
        wakeRestingTimers()
        surface.emit("script.started", ["name": .text(spec.name), "generation": .integer(spec.generation)])
        return nil
    }

    /// Gives back what a script held.
    func release(_ holdings: Holdings) { surface.release(holdings, by: spec.owner) }

    // MARK: After a run

    /// Gives up functions that were cancelled and writes back what the script keeps, when it touched it.
    func tidyUp() {
        for function in dropped { state?.drop(function) }
        dropped = []
        do {
            guard let values = try state?.takePersist() else { return }
            if phase == .loading { earlyPersist = values } else { keep(values) }
        } catch {
            services.log.write(.error, error.sentence)
        }
    }

    /// Keeps what the script keeps; what the disk does not take is said once.
    private func keep(_ values: [String: Value]) {
        var refusal = services.persist.refusal
        do throws(Problem) {
            try services.persist.keep(values)
        } catch {
            refusal = error
        }
        if let refusal, refusal.sentence != lastRefusal {
            services.log.write(.error, "what 'persist' keeps is in memory only: \(refusal.sentence)")
        }
        lastRefusal = refusal?.sentence
    }

    /// Brings the numbers of the statistics up to date.
    func measure() {
        statistics.timers = schedule.timerCount + wallTimers.count
        let counting = schedule.nextTimer.map { services.clock.wall + now.seconds(to: $0) }
        statistics.nextTimer = (wallTimers.timers.values.compactMap(\.next) + (counting.map { [$0] } ?? [])).min()
        statistics.handlers = handlers.count
        statistics.waits = waits.count
        statistics.memoryBytes = state?.memory ?? 0
        statistics.cpuSeconds = state?.cpuSeconds ?? 0
    }
}

extension ScriptRunner: LuaHost {
    var wall: Double { services.clock.wall }
}

extension ControlSurface {
    /// Gives back what a script held. That it is no longer held is not a problem.
    func release(_ holdings: Holdings, by owner: Owner) {
        if !holdings.keys.isEmpty { _ = try? release(holdings.keys.sorted(), by: owner) }
        for profile in holdings.profiles.sorted() { _ = try? profiles.pop(profile) }
    }
}
