import Catalog
import JSON
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Support

@testable import Server

/// A server without a socket: requests go straight to the responder.
struct RESTClient {
    let surface: any ControlSurface
    let scripts: FakeScripts
    let streams = OpenStreams()
    private let responder: Responder

    init(
        _ surface: any ControlSurface = FakeSurface(), scripts: FakeScripts = FakeScripts(), pictures: any PictureControl = NoPictures(),
        key: String? = nil, hosts: [String] = [], patience: Duration = .milliseconds(50), log: ServiceLog = ServiceLog(),
        live: (any LivePicture)? = nil
    ) {
        self.surface = surface
        self.scripts = scripts
        let configuration = ServerConfiguration(apiKey: key, allowedHosts: hosts, version: "1.2.3", patience: patience)
        let backends = Backends(surface: surface, scripts: scripts, pictures: pictures, log: log, live: live)
        responder = Responder(configuration, backends, streams: streams)
    }

    /// Sends a request as a client on `address` would; `body` is declared as JSON unless told otherwise.
    func send(
        _ method: String, _ path: String, _ body: String? = nil, type: String? = "application/json", headers: [String: String] = [:],
        host: String? = "127.0.0.1:8000", from address: String = "127.0.0.1"
    ) async -> RESTReply {
        var fields = HTTPFields()
        if body != nil, let type { fields[.contentType] = type }
        for (name, value) in headers { fields[HTTPField.Name(name)!] = value }
        return await RESTReply(await respond(method, path, body, fields, host, address))
    }

    private func respond(
        _ method: String, _ path: String, _ body: String?, _ fields: HTTPFields, _ host: String?, _ address: String
    ) async -> Response {
        let head = HTTPRequest(method: .init(method)!, scheme: "http", authority: host, path: path, headerFields: fields)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
        return await responder.respond(to: request, context: Caller(address: address, logger: Logger(label: "test")))
    }

    /// Opens a stream, does something, reads so many chunks and ends the stream as a shutdown does.
    func follow(_ path: String, headers: [String: String] = [:], chunks count: Int, _ act: () -> Void = {}) async -> RESTStream {
        var fields = HTTPFields()
        for (name, value) in headers { fields[HTTPField.Name(name)!] = value }
        let response = await respond("GET", path, nil, fields, "127.0.0.1:8000", "127.0.0.1")
        let (chunks, queue) = AsyncStream.makeStream(of: String.self)
        let reading = Task {
            try? await response.body.write(RESTStream.Sink(queue: queue))
            queue.finish()
        }
        act()
        var read: [String] = []
        for await chunk in chunks {
            read.append(chunk)
            if read.count == count { break }
        }
        streams.end()
        await reading.value
        return RESTStream(status: response.status.code, headers: response.headers, chunks: read)
    }

    func get(_ path: String) async -> RESTReply { await send("GET", path) }
    func post(_ path: String, _ body: String? = nil) async -> RESTReply { await send("POST", path, body) }
}

/// What a client has seen of a stream.
struct RESTStream {
    let status: Int
    let headers: HTTPFields
    let chunks: [String]

    final class Sink: ResponseBodyWriter {
        private let queue: AsyncStream<String>.Continuation
        init(queue: AsyncStream<String>.Continuation) { self.queue = queue }
        func write(_ buffer: ByteBuffer) async throws { queue.yield(String(buffer: buffer)) }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

/// A reply as a client sees it.
struct RESTReply {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]
    var text: String { String(decoding: bytes, as: UTF8.self) }

    init(_ response: Response) async {
        status = response.status.code
        headers = response.headers
        let sink = Sink()
        try? await response.body.write(sink)
        bytes = sink.bytes
    }

    /// The body as a value; `.null` when it is not JSON.
    var json: Value { (try? Value(json: bytes)) ?? .null }

    /// A member of the body.
    subscript(name: String) -> Value? { json.table?[name] }

    /// The sentence of a refusal; empty when the detail is a list.
    var detail: String { self["detail"]?.string ?? "" }

    /// The first breach of a refusal.
    var violation: [String: Value] { self["detail"]?.list?.first?.table ?? [:] }

    // @unchecked Sendable: one task writes it and reads it afterwards.
    private final class Sink: ResponseBodyWriter, @unchecked Sendable {
        var bytes: [UInt8] = []
        func write(_ buffer: ByteBuffer) async throws { bytes += buffer.readableBytesView }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
