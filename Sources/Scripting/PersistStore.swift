public import Catalog
internal import Timing

/// Where what scripts keep outlives the process.
public protocol PersistBook: Sendable {
    /// What a script keeps, by name.
    /// - Throws: why it cannot be read.
    func values(of script: String) throws(Problem) -> [String: Value]

    /// Writes what has changed, all of it or nothing; `.null` deletes a name. It is on the disk when this returns.
    /// - Throws: why it cannot be written; nothing has changed then.
    func write(_ changes: [String: Value], of script: String) throws(Problem)
}

/// What a script keeps from one generation to the next, and with a book from one process to the next.
///
/// What the book cannot take, on a full disk for instance, stays in memory and is offered again with the next change. A book that cannot be
/// read is not written either: what it has is not lost.
final class PersistStore: Sendable {
    private struct State {
        var values: [String: Value] = [:]
        /// What the book has; nil before it was read.
        var written: [String: Value]?
        /// Why the book could not be read.
        var refusal: Problem?
    }

    private let script: String
    private let book: (any PersistBook)?
    private let state = Mutex(State())

    /// Creates a store with what the book has; without a book it begins empty.
    init(_ script: String = "", book: (any PersistBook)? = nil) {
        self.script = script
        self.book = book
    }

    /// The values kept now.
    var values: [String: Value] {
        state.withLock { state in
            read(&state)
            return state.values
        }
    }

    /// Whether what is kept outlives the process.
    var isDurable: Bool {
        state.withLock { state in
            read(&state)
            return book != nil && state.refusal == nil
        }
    }

    /// Why what is kept does not outlive the process; nil when it does or is not meant to.
    var refusal: Problem? { state.withLock { $0.refusal } }

    /// Keeps these values instead; with a book they are on the disk when this returns.
    /// - Throws: why they are not; they are kept in memory all the same.
    func keep(_ values: [String: Value]) throws(Problem) {
        try state.withLock { state throws(Problem) in
            read(&state)
            // Also what was only read is handed in; what the book refused before is offered again.
            guard values != state.values || state.written != values else { return }
            state.values = values
            guard let book, let written = state.written else { return }
            let gone = written.filter { values[$0.key] == nil }.mapValues { _ in Value.null }
            let changes = values.filter { written[$0.key] != $0.value }.merging(gone) { $1 }
            guard !changes.isEmpty else { return }
            try book.write(changes, of: script)
            state.written = values
        }
    }

    private func read(_ state: inout State) {
        guard let book, state.written == nil, state.refusal == nil else { return }
        do throws(Problem) {
            state.values = try book.values(of: script)
            state.written = state.values
        } catch {
            state.refusal = error
        }
    }
}
