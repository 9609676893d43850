internal import AsyncHTTPClient
public import Catalog
internal import Foundation
internal import JSON
internal import NIOCore
internal import NIOHTTP1
public import Scripting

/// Reaches servers by HTTP and HTTPS, with the system's certificates.
public final class Web: WebClient {
    /// Finds a file of the media folder by its path.
    public typealias Files = @Sendable (String) async throws(Problem) -> WebFile

    private let following: HTTPClient
    private let staying: HTTPClient
    private let files: Files
    private let agent: String

    /// Creates a client; ``end()`` has to be called before it is let go of.
    /// - Parameter agent: what it calls itself, such as `Luneta/0.1.0`.
    public init(agent: String, files: @escaping Files) {
        self.agent = agent
        self.files = files
        following = Web.client { $0.redirectConfiguration = .follow(max: 5, allowCycles: false) }
        staying = Web.client { $0.redirectConfiguration = .disallow }
    }

    private static func client(_ configure: (inout HTTPClient.Configuration) -> Void) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.timeout.connect = .seconds(10)
        // A refusal is an answer: by itself the library tries again until the deadline.
        configuration.connectionPool.retryConnectionEstablishment = false
        configure(&configuration)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Ends what is under way and lets nothing in any more.
    public func end() async {
        try? await following.shutdown()
        try? await staying.shutdown()
    }

    public func send(_ request: WebRequest) async throws(Problem) -> WebReply {
        let order = try await self.order(request)
        let client = request.follows ? following : staying
        do {
            return try await Web.within(request.timeout) {
                let reply = try await client.execute(order, deadline: .distantFuture)
                let body = try await reply.body.collect(upTo: request.longestAnswer)
                return WebReply(Int(reply.status.code), reply.headers, Array(buffer: body))
            }
        } catch {
            throw Problem(web: error, request)
        }
    }

    /// The client's own deadline ends with the head of an answer; this one is for the whole.
    private static func within<Answer: Sendable>(_ seconds: Double, _ work: @escaping @Sendable () async throws -> Answer) async throws
        -> Answer
    {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private func order(_ request: WebRequest) async throws(Problem) -> HTTPClientRequest {
        var order = HTTPClientRequest(url: request.url)
        order.method = HTTPMethod(rawValue: request.method)
        order.headers.add(name: "user-agent", value: agent)
        switch request.body {
        case .none: break
        case .text(let text): order.set("text/plain; charset=utf-8", .bytes(ByteBuffer(string: text)))
        case .json(let value): order.set("application/json", .bytes(ByteBuffer(bytes: value.document.json)))
        case .form(let fields): order.set("application/x-www-form-urlencoded", .bytes(ByteBuffer(string: Web.form(fields))))
        case .file(let path):
            let file = try await files(path)
            order.set(file.mediaType, .stream(WebFile.Pieces(file: file).map { ByteBuffer(bytes: $0) }, length: .known(Int64(file.size))))
        }
        for (name, value) in request.headers { order.headers.replaceOrAdd(name: name, value: value) }
        return order
    }

    /// Fields as `application/x-www-form-urlencoded` has them (WHATWG URL, 5.2).
    static func form(_ fields: [String: String]) -> String {
        let allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._")
        let encode = { (text: String) in text.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }
        return fields.sorted { $0.key < $1.key }.map { "\(encode($0.key))=\(encode($0.value))" }.joined(separator: "&")
    }
}

extension HTTPClientRequest {
    fileprivate mutating func set(_ mediaType: String, _ body: Body) {
        headers.add(name: "content-type", value: mediaType)
        self.body = body
    }
}

extension WebReply {
    fileprivate init(_ status: Int, _ headers: HTTPHeaders, _ body: [UInt8]) {
        let names = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" }
        let isJSON = names["content-type"].map { $0.contains("/json") || $0.contains("+json") } ?? false
        self.init(
            status: status, headers: names, body: String(decoding: body, as: UTF8.self), json: isJSON ? try? Value(json: body) : nil)
    }
}

extension Problem {
    fileprivate init(web error: any Error, _ request: WebRequest) {
        let url = URL(string: request.url)
        let place = (url?.host() ?? request.url) + (url?.port.map { ":\($0)" } ?? "")
        switch error {
        case let problem as Problem: self = problem
        case is NIOTooManyBytesError:
            self.init(.outOfRange, "'\(place)' answered with more than \(request.longestAnswer >> 10) KiB; raise 'max_bytes'")
        case let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout || error == .readTimeout:
            self.init(.timeout, "'\(place)' did not answer within \(Value.plain(request.timeout)) s")
        case let error as HTTPClientError: self.init(.unavailable, "'\(place)': \(error.shortDescription)")
        case is CancellationError: self.init(.conflict, "the script was stopped meanwhile")
        case is SocketAddressError: self.init(.unavailable, "'\(place)' cannot be reached: there is no host of that name")
        case let error as IOError:
            self.init(.unavailable, "'\(place)' cannot be reached: \(String(cString: strerror(error.errnoCode)).lowercased())")
        default: self.init(.unavailable, "'\(place)' cannot be reached: \(error)")
        }
    }
}
