internal import Timing

/// A bounded hand-over of chunks from any thread to one reader; the oldest goes when it is full, counted.
public final class ByteFeed: ByteStream {
    private let chunks: AsyncStream<[UInt8]>
    private let continuation: AsyncStream<[UInt8]>.Continuation
    private let lost = Mutex(0)
    private let heartbeat: [UInt8]

    /// Creates a feed that keeps `capacity` chunks, sends `heartbeat` when there is nothing else, and calls `ended` once it is over.
    public init(capacity: Int, heartbeat: [UInt8] = [], ended: @escaping @Sendable () -> Void = {}) {
        (chunks, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(capacity))
        self.heartbeat = heartbeat
        continuation.onTermination = { _ in ended() }
    }

    /// How many chunks the reader was too slow for.
    public var dropped: Int { lost.withLock { $0 } }

    /// Hands a chunk over. Any thread; never blocks.
    public func push(_ chunk: [UInt8]) {
        if case .dropped = continuation.yield(chunk) { lost.withLock { $0 += 1 } }
    }

    public func end() { continuation.finish() }

    public func beat() {
        if !heartbeat.isEmpty { push(heartbeat) }
    }

    public func makeAsyncIterator() -> AsyncStream<[UInt8]>.Iterator { chunks.makeAsyncIterator() }
}
