public import Catalog
internal import Timing

/// From a command's key to what carries it out.
public final class CommandTable: Sendable {
    /// Carries a command out; its arguments were checked by the Catalog.
    public typealias Handler = @Sendable (_ arguments: [String: Value], _ owner: Owner) async throws(Problem) -> Value

    private let handlers = Mutex<[String: Handler]>([:])

    init() {}

    /// Says who carries out a command of the Catalog.
    public func handle(_ key: String, _ handler: @escaping Handler) {
        precondition(Catalog.commandsByKey[key] != nil, "'\(key)' is not in the Catalog")
        handlers.withLock { $0[key] = handler }
    }

    func handler(_ key: String) -> Handler? { handlers.withLock { $0[key] } }
}
