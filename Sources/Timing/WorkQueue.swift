internal import Dispatch

/// Work that is done one after the other, in the order it came.
public protocol WorkQueue: Sendable {
    /// Adds work; never waits for it.
    func add(_ work: @escaping @Sendable () -> Void)

    /// Adds work that begins so many seconds from now.
    func add(after seconds: Double, _ work: @escaping @Sendable () -> Void)

    /// Does work in its turn, and returns when it is done. Not from within work of this queue.
    func perform<Answer>(_ work: () -> Answer) -> Answer
}

/// A queue with a thread of its own.
public struct SerialQueue: WorkQueue {
    private let queue: DispatchQueue

    /// Creates an empty queue.
    public init(_ name: String) { queue = DispatchQueue(label: name, qos: .userInitiated) }

    public func add(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

    public func add(after seconds: Double, _ work: @escaping @Sendable () -> Void) {
        queue.asyncAfter(deadline: .now() + seconds, execute: work)
    }

    public func perform<Answer>(_ work: () -> Answer) -> Answer { queue.sync(execute: work) }
}
