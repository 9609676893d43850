internal import Catalog
internal import Timing

/// What reaches a script from other threads. Events are bounded, because nobody else bounds them; replies are as many as waits.
package final class Inbox: Sendable {
    /// An order of the host to the thread of a generation.
    enum Order: Sendable {
        /// Sends what was held back while loading and runs; what `from` holds and the newcomer did not set is released.
        case takeOver(from: Holdings)
        /// Forgets what was held back while loading, and goes on with what is held already.
        case resume(holding: Holdings)
        /// Runs nothing until told to go on.
        case pause
        case goOn
        /// Ends without releasing anything.
        case end
        /// Runs code, and tells what came of it.
        case evaluate(String, @Sendable (Evaluation) -> Void)
    }

    /// What a wait was for.
    enum Reply: Sendable {
        case outcomes([String: Outcome])
        case command(Result<Value, Problem>)
    }

    /// An order, and whom to tell when it was carried out.
    struct Letter: Sendable {
        let order: Order
        let done: @Sendable (Problem?) -> Void
    }

    /// Everything that came since the last look.
    struct Content: Sendable {
        var letters: [Letter] = []
        var replies: [(wait: Int, Reply)] = []
        var events: [Event] = []
        /// Events that found the queue full.
        var lost = 0
    }

    private struct State {
        var content = Content()
        var topics: Set<String> = []
        var isClosed = false
    }

    private let capacity: Int
    private let state = Mutex(State())
    private let signal = MonotonicSemaphore()

    /// Creates an inbox for at most so many waiting events.
    init(capacity: Int) { self.capacity = capacity }

    /// The topics whose events are let in.
    var topics: Set<String> {
        get { state.withLock { $0.topics } }
        set { state.withLock { $0.topics = newValue } }
    }

    /// Lets the events of one more topic in.
    func admit(_ topic: String) { state.withLock { _ = $0.topics.insert(topic) } }

    /// Puts in an event of a wanted topic; one that finds the queue full is lost and counted.
    func post(_ event: Event) {
        let isNews = state.withLock { state in
            guard !state.isClosed, state.topics.contains(event.topic) else { return false }
            if state.content.events.count < capacity { state.content.events.append(event) } else { state.content.lost += 1 }
            return true
        }
        if isNews { signal.signal() }
    }

    /// Puts in what a wait waits for.
    func post(_ reply: Reply, to wait: Int) {
        state.withLock { if !$0.isClosed { $0.content.replies.append((wait, reply)) } }
        signal.signal()
    }

    /// Puts in an order; false when nobody reads any more.
    func post(_ letter: Letter) -> Bool {
        let isOpen = state.withLock { state in
            if !state.isClosed { state.content.letters.append(letter) }
            return !state.isClosed
        }
        signal.signal()
        return isOpen
    }

    /// Takes the orders only.
    func takeLetters() -> [Letter] {
        state.withLock { state in
            defer { state.content.letters = [] }
            return state.content.letters
        }
    }

    /// Takes replies and events, and what was lost.
    func takeNews() -> Content {
        state.withLock { state in
            var content = Content()
            swap(&content, &state.content)
            swap(&content.letters, &state.content.letters)
            return content
        }
    }

    /// Lets nothing in any more and returns the orders nobody will carry out.
    func close() -> [Letter] {
        state.withLock { $0.isClosed = true }
        return takeLetters()
    }

    /// Blocks until something comes, or for so many seconds; nil means for good. Whether something came.
    @discardableResult package func wait(_ seconds: Double?) -> Bool { signal.wait(seconds: seconds) }
}
