internal import Timing

/// The coroutines of a script that wait, by number; a number is never used twice, so a late reply finds nobody.
struct Waits {
    /// What a coroutine waits for.
    enum Kind: Equatable {
        case time
        case event(String)
        /// The outcomes of these keys, or of all that a ticket has.
        case outcomes(Set<String>?)
        case command
    }

    struct Wait: Equatable {
        let kind: Kind
        /// The coroutine; nil until it has really yielded.
        var thread: Int64?
        /// Its entry in the schedule.
        var timeout: Int?
        /// What it waits for at most, for the sentence about it.
        var seconds: Double?
    }

    private var waits: [Int: Wait] = [:]
    private var last = 0
    /// The wait that was begun by the run that is under way.
    private(set) var begun: Int?

    var count: Int { waits.count }

    /// Begins a wait; ``park(_:)`` says which coroutine it is.
    mutating func begin(_ kind: Kind) -> Int {
        last += 1
        waits[last] = Wait(kind: kind)
        begun = last
        return last
    }

    /// Sets the entry in the schedule that ends a wait.
    mutating func setTimeout(_ wait: Int, _ entry: Int, after seconds: Double) {
        waits[wait]?.timeout = entry
        waits[wait]?.seconds = seconds
    }

    /// The run that began a wait has yielded.
    mutating func park(_ thread: Int64) {
        guard let begun else { return }
        waits[begun]?.thread = thread
        self.begun = nil
    }

    /// Ends a wait.
    mutating func end(_ wait: Int) -> Wait? { waits.removeValue(forKey: wait) }

    /// The waits for an event of a topic, oldest first.
    func waiting(for topic: String) -> [Int] { waits.filter { $0.value.kind == .event(topic) }.keys.sorted() }

    /// The topics somebody waits for.
    var topics: Set<String> {
        Set(waits.values.compactMap { if case .event(let topic) = $0.kind { topic } else { nil } })
    }

    /// What a wait is for.
    subscript(wait: Int) -> Wait? { waits[wait] }
}
