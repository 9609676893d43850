import Catalog
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Support
import Testing

@testable import Server

/// The server on a real socket.
@Suite(.timeLimit(.minutes(1))) struct RESTServerTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Serves on a free port while `body` runs.
    private func serving<Result: Sendable>(
        _ surface: FakeSurface = FakeSurface(), _ body: @Sendable @escaping (Int) async throws -> Result
    ) async throws -> Result {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = makeServer(
            ServerConfiguration(port: 0, version: "1"), Backends(surface: surface, scripts: FakeScripts()), logger: RESTServerTests.quiet,
            onServerRunning: { continuation.yield($0) })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await server.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let result = try await body(port)
            group.cancelAll()
            return result
        }
    }

    /// Sends bytes and reads until the server closes.
    private func exchange(_ port: Int, _ request: String) async throws -> String {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connect(host: "127.0.0.1", port: port) {
            channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var text = ""
            for try await buffer in inbound { text += String(buffer: buffer) }
            return text
        }
    }

    private func request(_ method: String, _ path: String, _ body: String = "", connection: String = "close") -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: \(connection)\r\n\r\n\(body)"
    }

    @Test func `a reply goes over the wire as JSON with its length`() async throws {
        let text = try await serving { port in try await exchange(port, request("POST", "/v1/camera/hdr", #"{"mode":"off"}"#)) }
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(text.lowercased().contains("content-type: application/json\r\n"))
        #expect(text.contains(#"{"status":"ok","#))
    }

    @Test func `a reply to HEAD does not spoil the connection for the next request`() async throws {
        let both = request("HEAD", "/health", connection: "keep-alive") + request("GET", "/health")
        let text = try await serving { port in try await exchange(port, both) }
        #expect(text.hasPrefix("HTTP/1.1 405 "))
        #expect(text.components(of: "HTTP/1.1 200 OK").count == 2)
        #expect(text.components(of: "detail").count == 1)
    }

    @Test func `a body that never says its length is cut at the limit`() async throws {
        let chunk = "10000\r\n" + String(repeating: " ", count: 0x10000) + "\r\n"
        let head =
            "POST /v1/camera/hdr HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        let text = try await serving { port in try await exchange(port, head + String(repeating: chunk, count: 17) + "0\r\n\r\n") }
        #expect(text.hasPrefix("HTTP/1.1 413 "))
    }

    @Test func `what is no HTTP is refused and the server lives on`() async throws {
        let texts = try await serving { port in
            [try await exchange(port, "\u{1}\u{2} nonsense\r\n\r\n"), try await exchange(port, request("GET", "/health"))]
        }
        #expect(texts[0].hasPrefix("HTTP/1.1 400 "))
        #expect(texts[1].hasPrefix("HTTP/1.1 200 "))
    }

    // Weakness 1: three ordinary calls kill the service. Weakness 14: a stop is lost.
    @Test func `two hundred calls at once, in any order, are all answered`() async throws {
        let surface = SensorFixtures.surface(SensorFixtures.imx708(wide: true))
        let statuses = try await serving(surface) { port in
            try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<200 {
                    let call = RESTServerTests.mixed[index % RESTServerTests.mixed.count]
                    group.addTask { try await exchange(port, request(call.method, call.path, call.body)) }
                }
                return try await group.reduce(into: [String: Int]()) { $0[String($1.prefix(12)), default: 0] += 1 }
            }
        }
        #expect(statuses == ["HTTP/1.1 200": 200])
        #expect(surface.performed.filter { $0.0 == "stream.stop" }.count == 50)
    }

    private static let mixed: [(method: String, path: String, body: String)] = [
        ("POST", "/v1/streaming/stop", ""), ("GET", "/v1/camera/status", ""), ("POST", "/v1/streaming/start", ""), ("GET", "/health", ""),
        ("POST", "/v1/camera/framerate", #"{"framerate":20,"restart_streaming":false}"#), ("GET", "/v1/camera/capabilities", ""),
        ("POST", "/v1/camera/exposure_value?wait=applied", #"{"ev":1}"#), ("GET", "/v1/controls", ""),
    ]

    @Test func `a taken port is one sentence that names the remedy`() async throws {
        let problem = try await serving { port -> Problem? in
            let second = makeServer(
                ServerConfiguration(port: port, version: "1"), Backends(surface: FakeSurface(), scripts: FakeScripts()),
                logger: RESTServerTests.quiet
            )
            do { try await second.run() } catch { return error as? Problem }
            return nil
        }
        #expect(problem?.code == .unavailable)
        #expect(problem?.sentence.hasPrefix("cannot listen on '127.0.0.1' port ") == true)
        #expect(
            problem?.sentence.hasSuffix("is in use by another program; stop that or choose another with '--port'") == true,
            "\(problem?.sentence ?? "")")
    }

    @Test func `an address of another machine is one sentence too`() async throws {
        let server = makeServer(
            ServerConfiguration(host: "203.0.113.9", port: 0, version: "1"), Backends(surface: FakeSurface(), scripts: FakeScripts()),
            logger: RESTServerTests.quiet)
        let problem = await #expect(throws: Problem.self) { try await server.run() }
        #expect(problem?.sentence.contains("203.0.113.9") == true)
    }
}

extension String {
    /// The pieces between the occurrences of a word.
    fileprivate func components(of word: String) -> [Substring] { split(separator: word, omittingEmptySubsequences: false) }
}
