internal import Catalog
internal import Timing

extension ScriptRunner {
    /// Carries out orders, replies, events and timers that are due.
    /// - Returns: when to call again if nothing comes before; nil for never.
    func pump() -> Instant? {
        carryOutOrders()
        if phase == .live { handleNews() }
        if phase == .live { runDue() }
        guard phase == .live else { return nil }
        if !spec.isSession && schedule.entries.isEmpty && wallTimers.isEmpty && handlers.isEmpty && waits.count == 0 { end(.done) }
        return schedule.next
    }

    // MARK: Orders

    private func carryOutOrders() {
        for letter in inbox.takeLetters() {
            var problem: Problem?
            switch letter.order {
            case .takeOver(let before): problem = takeOver(from: before)
            case .resume(let before): problem = resume(holding: before)
            case .pause: if phase == .live { phase = .paused }
            case .goOn: if phase == .paused { phase = .live }
            case .end: end(.ended)
            case .evaluate(let code, let answer): evaluate(code, answer)
            }
            carriedOut.append { letter.done(problem) }
        }
    }

    /// What tells those who gave orders that they were carried out. The driver calls it once others can see the result.
    func takeAnswers() -> () -> Void {
        let answers = carriedOut
        carriedOut = []
        return { for answer in answers { answer() } }
    }

    // MARK: Replies and events

    private func handleNews() {
        let news = inbox.takeNews()
        for (wait, reply) in news.replies where phase == .live { answer(wait, reply) }
        for event in news.events where phase == .live { deliver(event) }
        guard news.lost > 0, phase == .live else { return }
        let sentence = "'\(spec.name)' left more than \(services.limits.events) events waiting; \(news.lost) were lost"
        end(.failed(Problem(.budget, sentence, key: spec.name)))
    }

    private func answer(_ wait: Int, _ reply: Inbox.Reply) {
        tasks[wait] = nil
        guard let kind = waits[wait]?.kind else { return }
        switch (reply, kind) {
        case (.outcomes(let outcomes), .outcomes(let keys)): resume(wait, .value(describe(outcomes, keys)))
        case (.command(.success(let value)), _): resume(wait, .value(value == .null ? true : value))
        case (.command(.failure(let problem)), _): resume(wait, .failure(problem))
        default: break
        }
    }

    private func deliver(_ event: Event) {
        if event.topic == ScriptRunner.steps { clockStepped() }
        let value = Value.table(
            event.fields.merging(["topic": .text(event.topic), "time": .number(event.time)]) { field, _ in field })
        for wait in waits.waiting(for: event.topic) where phase == .live { resume(wait, .value(value)) }
        for (id, handler) in handlers.sorted(by: { $0.key > $1.key }) where handler.topic == event.topic && phase == .live {
            // A handler that ran before may have cancelled this one.
            if handlers[id] != nil { run(handler.function, with: value) }
        }
    }

    // MARK: Timers

    private func runDue() {
        // What becomes due while this runs waits for the next call, so that orders and events have their turn.
        let now = now
        while phase == .live, let entry = schedule.takeDue(at: now) {
            switch entry.what {
            case .wake(let wait): timeOut(wait)
            case .run(let function):
                fire(entry.id, function)
                if entry.interval == nil { state?.drop(function) }
            case .look(let timer): lookAtWallTimer(timer)
            }
        }
    }

    private func timeOut(_ wait: Int) {
        guard let ended = waits[wait] else { return }
        guard ended.kind != .time else { return resume(wait, .nothing) }
        let what = if case .event(let topic) = ended.kind { "no '\(topic)' came" } else { "no frame proved it" }
        resume(wait, .failure(Problem(.timeout, "\(what) within \(Value.plain(ended.seconds ?? 0)) s")))
    }

    /// Runs a timer's function, unless its last run still waits: then this firing is left out.
    func fire(_ timer: Int, _ function: Int64) {
        guard !busyTimers.values.contains(timer) else { return }
        run(function, with: nil, timer: timer)
    }

    // MARK: Runs

    private func run(_ function: Int64, with argument: Value?, timer: Int? = nil) {
        guard let run = state?.start(function, argument) else { return }
        finish(run)
        if case .waiting(let thread) = run { busyTimers[thread] = timer }
    }

    /// Ends a wait and lets its coroutine go on.
    private func resume(_ wait: Int, _ answer: LuaAnswer) {
        guard let ended = waits.end(wait), let thread = ended.thread, let state else { return }
        if let timeout = ended.timeout { schedule.cancel(timeout) }
        if case .event = ended.kind { updateTopics() }
        let run = state.resume(thread, answer)
        if case .waiting = run {} else { busyTimers[thread] = nil }
        if let turn = turns[thread], run.isOver {
            turns[thread] = nil
            return conclude(turn, run)
        }
        if thread == mainThread, run.isOver {
            mainThread = nil
            if case .failed(let failure) = run {
                tidyUp()
                return end(.failed(describe(failed(failure))))
            }
        }
        finish(run)
    }

    private func finish(_ run: LuaRun) {
        switch run {
        case .done: break
        case .waiting(let thread): park(thread)
        case .failed(let failure): report(failure)
        case .spent(let failure, let budget): end(.failed(describe(spent(failure, budget))))
        }
        tidyUp()
    }

    /// Notes which coroutine the wait that was just begun belongs to.
    func park(_ thread: Int64) { waits.park(thread) }

    /// Lets in the events somebody listens to.
    func updateTopics() {
        inbox.topics = Set(handlers.values.map(\.topic)).union(waits.topics).union(wallTimers.isEmpty ? [] : [ScriptRunner.steps])
    }
}
