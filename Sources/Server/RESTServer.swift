public import Catalog
internal import Hummingbird
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle

/// Makes the REST server of a control surface.
/// - Parameter onServerRunning: told the port once requests are taken.
public func makeServer(
    _ configuration: ServerConfiguration, surface: any ControlSurface, scripts: any ScriptControl, logger: Logger,
    onServerRunning: @escaping @Sendable (Int) async -> Void = { _ in }
) -> some Service {
    RESTServer(configuration: configuration, surface: surface, scripts: scripts, logger: logger, onServerRunning: onServerRunning)
}

/// Serves until its service group shuts down.
struct RESTServer: Service {
    let configuration: ServerConfiguration
    let surface: any ControlSurface
    let scripts: any ScriptControl
    let logger: Logger
    let onServerRunning: @Sendable (Int) async -> Void

    /// Serves requests.
    /// - Throws: a ``Problem`` when it cannot listen.
    func run() async throws {
        // Two threads answer more requests than a small board's network carries and leave the other cores to video.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let result: Result<Void, any Error>
        do {
            result = .success(try await application(group).run())
        } catch let error as IOError {
            result = .failure(cannotListen(String(describing: error)))
        } catch let error as SocketAddressError {
            result = .failure(cannotListen("'\(configuration.host)' is not an address of this machine (\(error))"))
        } catch {
            result = .failure(error)
        }
        try await group.shutdownGracefully()
        try result.get()
    }

    private func application(_ group: MultiThreadedEventLoopGroup) -> some ApplicationProtocol {
        Application(
            responder: Responder(configuration, surface: surface, scripts: scripts),
            server: .http1(configuration: .init(idleTimeout: .seconds(75))),
            configuration: .init(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { [onServerRunning] channel in await onServerRunning(channel.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(group), logger: logger)
    }

    private func cannotListen(_ reason: String) -> Problem {
        Problem(
            .unavailable, "cannot listen on '\(configuration.host)' port \(configuration.port): \(reason); choose another with '--host' and '--port'",
            key: "port", given: .integer(configuration.port))
    }
}
