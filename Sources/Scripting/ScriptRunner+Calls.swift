internal import Catalog
internal import Timing

extension ScriptRunner {
    /// Carries out what a script called. Every value it sent is read before anything else is done.
    func call(_ operation: Int32, _ index: Int, _ tape: LuaTape) -> LuaAnswer {
        do {
            // A property read is by far the most frequent call.
            if operation == Operation.read.rawValue { return try read(index) }
            guard let operation = Operation(rawValue: operation) else { preconditionFailure("there is no operation \(operation)") }
            return try call(operation, index, Arguments(tape.takeArguments()), tape)
        } catch {
            switch error {
            case .misuse(let argument, let text): return .misuse(argument, text)
            case .problem(let problem): return .raise(problem)
            }
        }
    }

    private func call(_ operation: Operation, _ index: Int, _ arguments: Arguments, _ tape: LuaTape) throws(Refusal) -> LuaAnswer {
        switch operation {
        case .read: try read(index)
        case .write: try write(index, arguments)
        case .missing: try missing(arguments)
        case .refused: try refused(arguments)
        case .readName: .value(try read(key(arguments)))
        case .writeName: try writeName(arguments)
        case .listNames: try listRawControls()
        case .module: try module(arguments)
        case .apply: try apply(arguments)
        case .ramp: try ramp(arguments)
        case .release: try release(arguments)
        case .why: try why(arguments)
        case .await: try awaitOutcomes(arguments, tape)
        case .perform: try perform(index, arguments, tape)
        case .define: try define(arguments)
        case .push: try push(arguments)
        case .pop: try pop(arguments)
        case .active: activeProfiles()
        case .on: try on(arguments)
        case .wait: try wait(arguments, tape)
        case .emit: try emit(arguments)
        case .at: try at(arguments)
        case .cron: try cron(arguments)
        case .sunOn: try sunOn(arguments)
        case .sunElevation: try sunElevation(arguments)
        case .sunNext: try sunNext(arguments)
        case .every: try addTimer(arguments, isRepeated: true)
        case .after: try addTimer(arguments, isRepeated: false)
        case .cancel: try cancel(arguments)
        case .sleep: try sleep(arguments, tape)
        case .timers: listTimers()
        case .log: try log(index, arguments)
        case .now: .value(.number(services.clock.wall))
        case .trusted: .value(.bool(services.clock.isTrusted))
        case .http: try http(index, arguments, tape)
        }
    }

    /// Begins a wait of the calling coroutine.
    func beginWait(_ kind: Waits.Kind, timeout: Double?, _ tape: LuaTape) throws(Refusal) -> Int {
        guard tape.canWait else {
            throw .problem(
                Problem(.conflict, "cannot wait inside a comparator of table.sort, a callback of string.gsub, a metamethod or a module"))
        }
        guard waits.count < services.limits.waits else {
            throw .problem(Problem(.budget, "'\(spec.name)' has \(waits.count) coroutines waiting; no more are allowed", key: spec.name))
        }
        let wait = waits.begin(kind)
        if let timeout {
            // Nothing may wait for less than this, or a loop that sleeps would keep a core busy.
            let seconds = max(timeout, 0.001)
            waits.setTimeout(wait, schedule.add(.wake(wait: wait), at: now.advanced(by: seconds)), after: timeout)
        }
        return wait
    }

    /// Does something now, or when this generation takes over.
    func whenLive(_ action: @escaping (ScriptRunner) -> Void) {
        if phase == .loading { early.add(action) } else { action(self) }
    }

    /// Makes a change now, or when this generation takes over; a script can await it either way.
    func change(as kind: ObjectClass = .change, _ action: @escaping (ScriptRunner) throws(Problem) -> Ticket?) throws(Refusal) -> LuaAnswer
    {
        guard phase == .loading else {
            let ticket = try Refusal.ifRaised { () throws(Problem) in try action(self) }
            return ticket.map { .object(kind.rawValue, Int($0.id)) } ?? .nothing
        }
        try checkEarlyCount()
        return .object(kind.rawValue, early.perform(action).asEarlyChange)
    }

    func checkEarlyCount() throws(Refusal) {
        guard early.count < 1000 else {
            throw .problem(Problem(.budget, "'\(spec.name)' changed more than 1000 things while loading", key: spec.name))
        }
    }

    /// Sends what was held back while loading.
    func sendEarlyActions() throws(Problem) {
        for action in early.takeActions() {
            switch action {
            case .apply(let values, let changes):
                let ticket = try send(values)
                for change in changes { early.sent(change, as: ticket) }
            case .perform(let change, let action):
                let ticket = try action(self)
                if let change, let ticket { early.sent(change, as: ticket) }
            }
        }
    }

    /// Leaves out every change that was held back; whoever awaits one gets an empty answer. Commands and events are sent.
    func forgetEarlyChanges() throws(Problem) {
        let nothing = try surface.release([], by: spec.owner)
        for action in early.takeActions() {
            switch action {
            case .apply(_, let changes):
                for change in changes { early.sent(change, as: nothing) }
            case .perform(let change?, _): early.sent(change, as: nothing)
            case .perform(nil, let action): _ = try action(self)
            }
        }
    }

    /// Sends values as one change.
    func send(_ values: [String: Value], over seconds: Double = 0) throws(Problem) -> Ticket {
        let ticket = try surface.apply(Change(spec.owner, values, over: seconds))
        holdings.keys.formUnion(values.keys)
        return ticket
    }
}

extension Int {
    /// How a change that is held back is told from one that was sent, which is known by its ticket: by a negative number. And back.
    var asEarlyChange: Int { -self - 1 }
}
