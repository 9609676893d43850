internal import Hummingbird
internal import Logging
internal import NIOCore

/// Who sent a request.
struct Caller: InitializableFromSource, Sendable {
    /// The address at the other end of the connection, as text; nil for a socket without one.
    let address: String?
    /// Carries the request's id.
    let logger: Logger
    private let channel: (any Channel)?

    init(source: ApplicationRequestContextSource) {
        self.init(address: source.channel.remoteAddress?.ipAddress, logger: source.logger, channel: source.channel)
    }

    init(address: String?, logger: Logger, channel: (any Channel)? = nil) {
        self.address = address
        self.logger = logger
        self.channel = channel
    }

    /// Calls back once the client is gone, on any thread.
    func onClose(_ call: @escaping @Sendable () -> Void) { channel?.closeFuture.whenComplete { _ in call() } }

    /// Ends the connection.
    func close() { channel?.close(promise: nil) }

    /// Whether the request came from this machine.
    var isLocal: Bool {
        guard let address else { return false }
        return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
