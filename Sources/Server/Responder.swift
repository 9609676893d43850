internal import Catalog
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Timing

/// Takes every request through the checks, in the order the wire contract fixes, and to its answer.
struct Responder: HTTPResponder {
    private let routes = Routes(Catalog.operations)
    private let origins: OriginGuard
    private let key: KeyGuard
    private let answers: Answers
    private let streams: OpenStreams
    private let requests = RequestMetrics()
    private let clock: any HostClock

    /// Creates the responder of a server.
    init(_ configuration: ServerConfiguration, _ backends: Backends, streams: OpenStreams = OpenStreams()) {
        origins = OriginGuard(configuration.allowedHosts + [configuration.host])
        key = KeyGuard(configuration.apiKey, readOnly: configuration.readOnlyKey)
        clock = backends.clock
        answers = Answers(
            backends, version: configuration.version, patience: configuration.patience, requests: requests, streams: streams)
        self.streams = streams
    }

    func respond(to request: Request, context caller: Caller) async -> Response {
        let start = clock.now
        let match = routes.match(request.uri.path, method: request.method.rawValue)
        let response: Response
        do throws(Refusal) {
            response = self.response(try await answer(request, match, caller), caller)
        } catch {
            response = self.response(Reply(status: error.status, headers: error.headers, body: .bytes(error.body?.json ?? [])), caller)
        }
        let operation: Operation? = if case .found(let operation, _) = match { operation } else { nil }
        requests.note(operation, status: response.status.code, seconds: start.seconds(to: clock.now))
        caller.logger.debug(
            "request",
            metadata: [
                "method": .string(request.method.rawValue), "path": .string(request.uri.path),
                "status": .stringConvertible(response.status.code),
            ])
        // A reply to HEAD has the headers of the reply to GET and no body: one would be taken for the next reply.
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(_ request: Request, _ match: Routes.Match, _ caller: Caller) async throws(Refusal) -> Reply {
        let (operation, name) = try found(match, request)
        if operation.method.changes { try origins.check(request.head) }
        let body = try await WireBody.read(request, for: operation, caller)
        if !operation.isOpen {
            try key.check(request.headers, changes: operation.method.changes, from: caller.address, at: clock.now)
        }
        if operation.takesCode { try admitCode(body, from: caller) }
        do throws(Problem) {
            if case .camera = operation.access { try answers.requireCamera() }
        } catch {
            throw Refusal(error, in: operation)
        }
        let query = try WireValidator.query(request.uri.queryParameters.map { (String($0.key), String($0.value)) }, for: operation)
        let members = try WireValidator.members(of: body, for: operation)
        do throws(Problem) {
            let waits = try Responder.waits(request, operation)
            return try await answers.answer(
                Call(operation: operation, name: name, members: members, query: query, headers: request.headers, waits: waits))
        } catch {
            throw Refusal(error, in: operation)
        }
    }

    private func found(_ match: Routes.Match, _ request: Request) throws(Refusal) -> (Operation, name: String) {
        switch match {
        case .found(let operation, let name): return (operation, name)
        case .unknown: throw Refusal(.notFound, "there is no path '\(request.uri.path)'; '/openapi.json' lists them")
        case .wrongMethod(let allowed):
            let methods = allowed.joined(separator: ", ")
            throw Refusal(
                .methodNotAllowed, "'\(request.uri.path)' allows \(methods), got \(request.method.rawValue)", headers: [.allow: methods])
        case .redirect(let path):
            let location = path + (request.uri.query.map { "?\($0)" } ?? "")
            throw Refusal(status: .temporaryRedirect, headers: [.location: location], body: nil)
        }
    }

    /// Lets program text in only from somebody who has the key or sits at this machine.
    private func admitCode(_ body: WireBody, from caller: Caller) throws(Refusal) {
        guard let source = Responder.code(in: body) else { return }
        guard key.isOn || caller.isLocal else {
            throw Refusal(
                .forbidden, "without an API key program text is taken from this machine only; set 'CAMERA_API_KEY' and send 'X-API-Key'")
        }
        guard source.utf8.count <= Responder.sourceLimit else {
            throw Refusal(.contentTooLarge, "'source' is larger than \(Responder.sourceLimit) bytes")
        }
    }

    private static func code(in body: WireBody) -> String? {
        switch body {
        case .source(let text): text
        case .json(.table(let members)): members["source"]?.string ?? members["code"]?.string
        default: nil
        }
    }

    /// The longest program text: 256 KiB.
    private static let sourceLimit = 256 << 10

    private static func waits(_ request: Request, _ operation: Operation) throws(Problem) -> Bool {
        guard operation.canWait, let word = request.uri.queryParameters["wait"] else { return false }
        guard word == "applied" else { throw .notOneOf("wait", ["applied"], got: .text(String(word))) }
        return true
    }

    private func response(_ reply: Reply, _ caller: Caller) -> Response {
        var headers = reply.headers
        switch reply.body {
        case .bytes(let bytes):
            if !bytes.isEmpty && headers[.contentType] == nil { headers[.contentType] = "application/json" }
            return Response(status: reply.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .stream(let stream):
            guard let number = streams.add(stream) else {
                stream.end()
                let refusal = Refusal(.serviceUnavailable, "too many streams are open", headers: [.retryAfter: "5"])
                return response(Reply(status: refusal.status, headers: refusal.headers, body: .bytes(refusal.body?.json ?? [])), caller)
            }
            // Also when it waits for its next chunk, and so writes nothing that could fail.
            caller.onClose { stream.end() }
            return Response(status: reply.status, headers: headers, body: body(stream, number))
        }
    }

    private func body(_ stream: some ByteStream, _ number: Int) -> ResponseBody {
        ResponseBody { [streams] writer in
            defer {
                stream.end()
                streams.remove(number)
            }
            for await chunk in stream { try await writer.write(ByteBuffer(bytes: chunk)) }
            try await writer.finish(nil)
        }
    }
}
