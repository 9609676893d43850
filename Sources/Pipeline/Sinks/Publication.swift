internal import CMedia

/// One connection to a server, from announcing to goodbye.
///
/// `@unchecked Sendable`: only the publisher's thread calls it, save for ``cancel()``, which CMedia allows from any thread.
final class Publication: @unchecked Sendable {
    /// Milliseconds an attempt to connect may take: shorter than people wait, long enough for a server far away.
    private static let connectLimit: Int32 = 1500
    /// Milliseconds a write may take before the connection counts as dead.
    private static let writeLimit: Int32 = 2000
    /// Milliseconds for a goodbye.
    private static let goodbyeLimit: Int32 = 200

    /// What was announced.
    let header: StreamHeader
    private let handle: OpaquePointer
    private var isSound = true

    /// Prepares a connection; nothing is sent yet.
    init(to url: String, _ header: StreamHeader) throws(PublisherError) {
        self.header = header
        var made: OpaquePointer?
        let status = header.parameters.withUnsafeBufferPointer { bytes in
            var stream = cmed_stream(
                width: Int32(header.width), height: Int32(header.height), header: bytes.baseAddress, header_size: bytes.count)
            return cmed_publisher_create(url, &stream, &made)
        }
        guard let made else { throw PublisherError(status) }
        handle = made
    }

    deinit { cmed_publisher_destroy(handle, isSound ? Publication.goodbyeLimit : 0) }

    /// Connects and announces the stream.
    func connect() throws(PublisherError) { try check(cmed_publisher_connect(handle, Publication.connectLimit)) }

    /// Writes a packet.
    func write(_ packet: Packet) throws(PublisherError) {
        try check(cmed_publisher_write(handle, packet.handle, Publication.writeLimit))
    }

    /// Says that the connection is dead, so that nobody waits for a goodbye.
    func giveUp() { isSound = false }

    /// Ends a call in progress within 100 ms. Any thread.
    func cancel() { cmed_publisher_cancel(handle) }

    /// What the kernel says about the connection; nil where it cannot be known.
    var figures: ConnectionHealth.Figures? {
        var state = cmed_socket()
        guard cmed_publisher_socket(handle, &state) == 0 else { return nil }
        return .init(isOpen: state.is_open != 0, acknowledged: state.acknowledged, unsent: state.unsent, received: state.received)
    }

    /// Asks for a sign of life; whether the question went out.
    func ping() -> Bool { cmed_publisher_ping(handle) == 0 }

    private func check(_ status: Int32) throws(PublisherError) {
        if status < 0 {
            giveUp()
            throw PublisherError(status)
        }
    }
}

/// Why a connection failed.
struct PublisherError: Error, Equatable {
    /// For the next attempt; nil when it was cancelled.
    let failure: PublisherState.Failure?

    /// Translates a status of CMedia.
    init(_ status: Int32) {
        let reason = Status.explain(status)
        failure =
            switch cmed_cause_of(status) {
            case CMED_REFUSED: .init(kind: .refused, reason: reason)
            case CMED_TIMED_OUT: .init(kind: .timedOut, reason: reason)
            case CMED_CANCELLED: nil
            default: .init(kind: .unreachable, reason: reason)
            }
    }

    /// A connection that was found dead.
    init(dead reason: String) { failure = .init(kind: .unreachable, reason: reason) }
}
