internal import Catalog

/// What a loading generation wants done, held back until it takes over.
struct EarlyActions {
    enum Action {
        /// Values as one change; the changes it answers, by number.
        case apply([String: Value], changes: [Int])
        /// Anything else, and the change it answers.
        case perform(change: Int?, (ScriptRunner) throws(Problem) -> Ticket?)
    }

    /// A change that a script can await before it was sent.
    struct Change {
        /// Its keys; nil means all of the ticket.
        let keys: Set<String>?
        var ticket: Ticket?
    }

    /// In the order they were asked for; writes that follow one another are one change.
    private(set) var actions: [Action] = []
    private(set) var changes: [Change] = []
    /// The values the script has set so far.
    private(set) var values: [String: Value] = [:]

    /// The profiles it defined.
    var defined: Set<String> = []

    /// How many changes there are.
    var count: Int { changes.count }

    /// Holds values back; the number of the change.
    mutating func apply(_ new: [String: Value]) -> Int {
        values.merge(new) { $1 }
        let number = addChange(Set(new.keys))
        if case .apply(let old, let changes)? = actions.last {
            actions[actions.count - 1] = .apply(old.merging(new) { $1 }, changes: changes + [number])
        } else {
            actions.append(.apply(new, changes: [number]))
        }
        return number
    }

    /// Forgets values that were given back before they were sent.
    mutating func forget(_ keys: [String]?) {
        for key in keys ?? Array(values.keys) { values[key] = nil }
    }

    /// Holds something else back; the number of the change.
    mutating func perform(_ action: @escaping (ScriptRunner) throws(Problem) -> Ticket?) -> Int {
        let number = addChange(nil)
        actions.append(.perform(change: number, action))
        return number
    }

    /// Holds something back that is no change.
    mutating func add(_ action: @escaping (ScriptRunner) -> Void) {
        actions.append(
            .perform(change: nil) { runner in
                action(runner)
                return nil
            })
    }

    /// Takes everything that is held back.
    mutating func takeActions() -> [Action] {
        defer { actions = [] }
        return actions
    }

    /// The change was sent.
    mutating func sent(_ change: Int, as ticket: Ticket) { changes[change].ticket = ticket }

    private mutating func addChange(_ keys: Set<String>?) -> Int {
        changes.append(Change(keys: keys, ticket: nil))
        return changes.count - 1
    }
}
