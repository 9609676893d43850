/// Somebody who watches: the bytes of a fragmented MP4, from its init segment on, a frame at a time.
///
/// A viewer that is slow skips to a key frame; a new size sends a new init segment in between. Letting go of it ends it.
public final class LiveView: Sendable {
    private let mailbox: LiveMailbox
    private let leave: @Sendable () -> Void

    init(_ mailbox: LiveMailbox, leave: @escaping @Sendable () -> Void) {
        self.mailbox = mailbox
        self.leave = leave
    }

    deinit { leave() }

    /// What plays it, such as `avc1.42C01F`; nil before the first bytes.
    public var codecs: String? { mailbox.header?.codecs }

    /// The next bytes, as soon as there are some; nil when it is over or the task is cancelled. For one task at a time.
    public func next() async -> [UInt8]? { await mailbox.take() }

    /// Ends it: ``next()`` answers nil from now on. Any thread, any number of times.
    public func end() { leave() }
}

extension LiveView: AsyncSequence {
    /// Hands out the bytes of one viewer.
    public struct Iterator: AsyncIteratorProtocol {
        let view: LiveView

        /// The next bytes; nil when it is over.
        public mutating func next() async -> [UInt8]? { await view.next() }
    }

    /// All iterators share the viewer: each byte goes to one of them.
    public func makeAsyncIterator() -> Iterator { Iterator(view: self) }
}
