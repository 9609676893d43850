internal import Scripting
internal import Timing

/// One thread on which everything happens that threads do in production: scripts, tasks and the device queue, in an order that is the same
/// in every run.
final class Stage: ScriptDriver {
    /// A script and its next turn.
    private final class Role {
        let name: String
        let inbox: Inbox
        private let begin: @Sendable () -> () -> ScriptTurn
        private var turn: (() -> ScriptTurn)?
        private(set) var due: Instant?
        private(set) var isOver = false

        init(_ name: String, _ inbox: Inbox, _ begin: @escaping @Sendable () -> () -> ScriptTurn) {
            self.name = name
            self.inbox = inbox
            self.begin = begin
        }

        /// Has its turn if there is a reason for one; false when there is none.
        func play(at now: Instant) -> Bool {
            guard let turn else {
                let first = begin()
                turn = first
                take(first())
                return true
            }
            let isCalled = inbox.wait(0)
            guard isCalled || due.map({ $0 <= now }) ?? false else { return false }
            take(turn())
            return true
        }

        private func take(_ next: ScriptTurn) {
            switch next {
            case .wait(let due): self.due = due
            case .over: (due, isOver, turn) = (nil, true, nil)
            }
        }
    }

    // All of it is used by the one thread that rehearses.
    private nonisolated(unsafe) var roles: [Role] = []
    private nonisolated(unsafe) var playing: Role?

    private let clock: VirtualClock
    let tasks = StageExecutor()
    let queue = StageQueue()

    init(clock: VirtualClock) { self.clock = clock }

    var executor: (any TaskExecutor)? { tasks }

    func drive(_ name: String, _ inbox: Inbox, _ begin: @escaping @Sendable () -> () -> ScriptTurn) {
        roles.append(Role(name, inbox, begin))
    }

    /// The script whose turn it is.
    var player: String? { playing?.name }

    /// When the next script has something to do.
    var due: Instant? { roles.lazy.compactMap(\.due).min() }

    /// Lets everybody do what there is to do now.
    func settle() {
        let now = clock.now
        var isBusy = true
        while isBusy {
            isBusy = false
            while tasks.runNext() { isBusy = true }
            while queue.runNext() { isBusy = true }
            for role in roles {
                playing = role
                if role.play(at: now) { isBusy = true }
            }
            playing = nil
            if isBusy { roles.removeAll(where: \.isOver) }
        }
    }

    /// Forgets every script, in the middle of whatever it does, as a power cut does.
    func cut() { roles = [] }

    /// Does asynchronous work and lets everybody play until it is done; `wait` lets time pass when nothing else is left to do.
    func finish<Answer: Sendable>(_ work: @escaping @Sendable () async -> Answer, wait: () -> Void) -> Answer {
        let answer = Mutex<Answer?>(nil)
        Task(executorPreference: tasks) {
            let result = await work()
            answer.withLock { $0 = result }
        }
        while true {
            settle()
            if let done = answer.withLock({ $0 }) { return done }
            wait()
        }
    }
}
