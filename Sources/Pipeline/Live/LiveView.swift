internal import Timing

/// Somebody who watches: the bytes of a fragmented MP4, from its init segment on, a frame at a time.
///
/// A viewer that is slow skips to a key frame; a new size sends a new init segment in between. Letting go of it ends it.
public final class LiveView: Sendable {
    private let mailbox: LiveMailbox
    /// What was taken to learn the codec and is still to be handed out.
    private let first = Mutex<[UInt8]?>(nil)
    private let leave: @Sendable () -> Void

    init(_ mailbox: LiveMailbox, leave: @escaping @Sendable () -> Void) {
        self.mailbox = mailbox
        self.leave = leave
    }

    deinit { leave() }

    /// What plays it, such as `avc1.42C01F`, as soon as there is a picture; nil when it is over or the task is cancelled.
    ///
    /// Comes before the first ``next()``, which then has bytes at once.
    public func codecs() async -> String? {
        guard let bytes = await mailbox.take() else { return nil }
        first.withLock { $0 = bytes }
        return mailbox.header?.codecs
    }

    /// The next bytes, as soon as there are some; nil when it is over or the task is cancelled. For one task at a time.
    public func next() async -> [UInt8]? {
        let bytes = first.withLock { first in
            defer { first = nil }
            return first
        }
        if let bytes { return bytes }
        return await mailbox.take()
    }

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
