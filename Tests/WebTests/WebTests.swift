import Catalog
import Foundation
import Hummingbird
import Scripting
import Support
import Testing

@testable import Web

/// The client against a real server on loopback.
struct WebTests {
    /// A server that echoes, is slow, is long and sends on; and a client.
    private func with(_ body: @Sendable (Web, String) async throws -> Void) async throws {
        let router = Router()
        router.on("/echo/**", method: .get) { request, _ in try await WebTests.echo(request) }
        router.on("/echo", method: .post) { request, _ in try await WebTests.echo(request) }
        router.on("/echo", method: .put) { request, _ in try await WebTests.echo(request) }
        router.get("/json") { _, _ in
            Response(
                status: .created, headers: [.contentType: "application/json; charset=utf-8"],
                body: .init(byteBuffer: .init(string: #"{"a":[1,2.5]}"#)))
        }
        router.get("/long") { _, _ in Response(status: .ok, body: .init(byteBuffer: .init(repeating: 0x78, count: 5000))) }
        router.get("/slow") { _, _ in
            Response(
                status: .ok,
                body: .init { writer in
                    try await writer.write(.init(string: "begun"))
                    try await Task.sleep(for: .seconds(60))
                    try await writer.finish(nil)
                })
        }
        router.get("/away") { _, _ in Response(status: .found, headers: [.location: "/json"]) }
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let server = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { told.yield($0.localAddress?.port ?? 0) })
        let running = Task { try await server.run() }
        let port = await ports.first { _ in true } ?? 0
        let web = Web(agent: "Luneta/test") { path throws(Problem) in
            guard path == "a.jpg" else { throw Problem(.denied, "'\(path)' leaves the media folder") }
            return WebFile(size: 100_000, mediaType: "image/jpeg") { _, count in [UInt8](repeating: 7, count: count) }
        }
        do {
            try await body(web, "http://127.0.0.1:\(port)")
        } catch {
            running.cancel()
            await web.end()
            throw error
        }
        running.cancel()
        await web.end()
    }

    private static func echo(_ request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: 1 << 20)
        let text = body.readableBytes > 1000 ? "\(body.readableBytes) bytes" : String(buffer: body)
        return Response(
            status: .ok,
            body: .init(
                byteBuffer: .init(
                    string: "\(request.method) \(request.headers[.contentType] ?? "-") \(request.headers[.userAgent] ?? "-") \(text)")))
    }

    private func request(_ method: String = "GET", _ url: String, _ change: (inout WebRequest) -> Void = { _ in }) -> WebRequest {
        var request = WebRequest(method: method, url: url)
        change(&request)
        return request
    }

    @Test func `what is sent arrives, each kind with its type`() async throws {
        try await with { web, place in
            let cases: [(WebRequest.Body, String)] = [
                (.text("é"), "POST text/plain; charset=utf-8 Luneta/test é"),
                (.json(["lux": 3.5, "on": true]), #"POST application/json Luneta/test {"lux":3.5,"on":true}"#),
                (.form(["a b": "c&d", "e": "é"]), "POST application/x-www-form-urlencoded Luneta/test a%20b=c%26d&e=%C3%A9"),
                (.file("a.jpg"), "POST image/jpeg Luneta/test 100000 bytes"),
            ]
            for (body, words) in cases {
                let reply = try await web.send(request("POST", place + "/echo") { $0.body = body })
                #expect(reply.body == words)
            }
            let own = try await web.send(
                request("PUT", place + "/echo") { ($0.body, $0.headers) = (.text("x"), ["Content-Type": "text/x"]) })
            #expect(own.body == "PUT text/x Luneta/test x")
        }
    }

    @Test func `a status is an answer and JSON is read`() async throws {
        try await with { web, place in
            let reply = try await web.send(request("GET", place + "/json"))
            #expect(reply.status == 201)
            #expect(reply.json == ["a": [1, 2.5]])
            let none = try await web.send(request("GET", place + "/none"))
            #expect(none.status == 404)
        }
    }

    @Test func `it goes where it is sent on to, unless it must not`() async throws {
        try await with { web, place in
            let followed = try await web.send(request("GET", place + "/away"))
            #expect(followed.json == ["a": [1, 2.5]])
            let stayed = try await web.send(request("GET", place + "/away") { $0.follows = false })
            #expect(stayed.status == 302)
        }
    }

    @Test func `an answer that is too long, too slow or not there is explained`() async throws {
        try await with { web, place in
            await #expect { try await web.send(request("GET", place + "/long") { $0.longestAnswer = 2048 }) } throws: {
                ($0 as? Problem)?.code == .outOfRange && "\($0)".contains("more than 2 KiB; raise 'max_bytes'")
            }
            await #expect { try await web.send(request("GET", place + "/slow") { $0.timeout = 0.2 }) } throws: {
                ($0 as? Problem)?.code == .timeout
            }
            await #expect { try await web.send(request("GET", "http://127.0.0.1:1/")) } throws: {
                ($0 as? Problem)?.code == .unavailable && "\($0)" == "'127.0.0.1:1' cannot be reached: connection refused"
            }
            await #expect { try await web.send(request("POST", place + "/echo") { $0.body = .file("../x") }) } throws: {
                ($0 as? Problem)?.code == .denied
            }
        }
    }
}
