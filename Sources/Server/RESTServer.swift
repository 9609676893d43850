internal import CLinux
internal import Catalog
internal import Glibc
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle

/// Makes the REST server of a control surface.
/// - Parameter onServerRunning: told the port once requests are taken.
public func makeServer(
    _ configuration: ServerConfiguration, _ backends: Backends, logger: Logger,
    onServerRunning: @escaping @Sendable (Int) async -> Void = { _ in }
) -> some Service {
    RESTServer(configuration: configuration, backends: backends, logger: logger, onServerRunning: onServerRunning)
}

/// Serves until its service group shuts down.
struct RESTServer: Service, CustomStringConvertible {
    let configuration: ServerConfiguration
    let backends: Backends
    let logger: Logger
    let onServerRunning: @Sendable (Int) async -> Void
    private let streams = OpenStreams()

    init(
        configuration: ServerConfiguration, backends: Backends, logger: Logger, onServerRunning: @escaping @Sendable (Int) async -> Void
    ) {
        self.configuration = configuration
        self.backends = backends
        self.logger = logger
        self.onServerRunning = onServerRunning
    }

    /// The configuration has the key, and a service group logs its services.
    var description: String { "RESTServer" }

    // Two threads answer more requests than a small board's network carries and leave the other cores to video. They live as long as the
    // process: connections that are still closing need them after the server has ended.
    private static let threads = MultiThreadedEventLoopGroup(numberOfThreads: 2)

    /// Video goes before REST where cores are few; on Linux this is one thread alone, and lowering needs no right.
    private static let niceness: Int32 = 1

    /// Serves requests.
    /// - Throws: a ``Problem`` when it cannot listen.
    func run() async throws {
        for loop in RESTServer.threads.makeIterator() {
            loop.execute { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, RESTServer.niceness) }
        }
        do {
            try await withGracefulShutdownHandler {
                try await serve()
            } onGracefulShutdown: { [streams] in
                streams.end()
            }
        } catch let error as IOError {
            throw cannotListen(error)
        } catch let error as SocketAddressError {
            throw cannotListen("\(error)")
        }
    }

    private func serve() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let application = try self.application
            group.addTask { try await application.run() }
            group.addTask { [streams] in
                var crowd = Crowd()
                while (try? await Task.sleep(for: RESTServer.heartbeat)) != nil {
                    streams.beat()
                    // The allocator keeps what a crowd needed (19 MB of 500 streams) until it is told.
                    if crowd.hasGone(leaving: streams.count) { malloc_trim(0) }
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Proxies give up on connections that are silent for a minute; half a minute is told to be safe for browsers too.
    private static let heartbeat = Duration.seconds(15)

    private var application: any ApplicationProtocol {
        get throws {
            let plain = HTTPServerBuilder.http1(
                configuration: .init(
                    additionalChannelHandlers: [ConnectionGuard()], idleTimeout: .seconds(75),
                    httpDecoderConfiguration: .init(maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)))
            guard let tls = configuration.tls else { return serving(plain) }
            return serving(try .tls(plain, tlsConfiguration: try TLSFiles(tls).configuration))
        }
    }

    /// More connections wait until one ends.
    private static let connections = 1500

    private func serving(_ server: HTTPServerBuilder) -> some ApplicationProtocol {
        Application(
            responder: Responder(configuration, backends, streams: streams),
            server: server,
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(RESTServer.connections)),
            onServerRunning: { [onServerRunning] channel in await onServerRunning(channel.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(RESTServer.threads), logger: logger)
    }

    private func cannotListen(_ error: IOError) -> Problem {
        switch error.errnoCode {
        case EADDRINUSE: cannotListen("the port is in use by another program; stop that or choose another with '--port'")
        case EACCES: cannotListen("only root may take a port below 1024; choose another with '--port'")
        case EADDRNOTAVAIL: cannotListen("this is no address of this machine; choose another with '--host'")
        default: cannotListen(error.description)
        }
    }

    private func cannotListen(_ reason: String) -> Problem {
        Problem(.unavailable, "cannot listen on '\(configuration.host)' port \(configuration.port): \(reason)", key: "port")
    }
}
