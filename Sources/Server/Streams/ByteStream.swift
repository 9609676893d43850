/// Bytes that go out as they come, until there are no more or nobody wants them.
///
/// It is read by one reader. Whoever produces never waits for the reader: what is too much is dropped and counted by the producer.
public protocol ByteStream: AsyncSequence, Sendable where Element == [UInt8], Failure == Never {
    /// Ends it: the reader gets nil. Any thread, any number of times.
    func end()

    /// Sends something without a meaning, so that proxies and clients see that the connection lives; nothing by default.
    func beat()
}

extension ByteStream {
    public func beat() {}
}
