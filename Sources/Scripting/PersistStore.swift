internal import Catalog
internal import Timing

/// What a script keeps from one generation to the next, in memory.
final class PersistStore: Sendable {
    private let state = Mutex<[String: Value]>([:])

    /// The values kept now.
    var values: [String: Value] {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
