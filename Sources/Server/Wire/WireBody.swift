internal import Catalog
internal import JSON
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The body of a request as it came.
enum WireBody: Equatable {
    /// None, or none that the operation reads.
    case absent
    /// Parsed JSON.
    case json(Value)
    /// Something that is not declared as JSON.
    case other(String)
    /// Program text.
    case source(String)

    /// The largest body that is read: 1 MiB.
    static let limit = 1 << 20

    /// How long a client may take to send a body.
    private static let patience = Duration.seconds(30)

    /// Reads and parses the body of a request.
    /// - Throws: 413 for a body above the limit, 422 for malformed JSON, 400 when the client went away.
    static func read(_ request: Request, for operation: Operation, _ caller: Caller) async throws(Refusal) -> WireBody {
        guard operation.hasBody else { return .absent }
        let bytes = try await bytes(of: request, caller)
        guard !bytes.isEmpty else { return .absent }
        let type = request.headers[.contentType] ?? ""
        if case .source = operation.body, !isJSON(type) { return .source(try source(bytes, type)) }
        guard isJSON(type) else { return .other(String(decoding: bytes, as: UTF8.self)) }
        do throws(MalformedJSON) {
            return .json(try Value(json: bytes))
        } catch {
            throw Refusal([.malformed(at: error.offset, error.reason)])
        }
    }

    /// Program text in UTF-8; what a form or a picture is declared as is no program.
    private static func source(_ bytes: [UInt8], _ type: String) throws(Refusal) -> String {
        let essence = type.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        guard essence.isEmpty || essence.hasPrefix("text/") || ["application/x-lua", "application/octet-stream"].contains(essence) else {
            throw Refusal(.unsupportedMediaType, "a script is sent as 'text/x-lua', or as JSON with 'source'; this was '\(essence)'")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal([.malformed(at: 0, "the text is not UTF-8")])
        }
        return text
    }

    private static func bytes(of request: Request, _ caller: Caller) async throws(Refusal) -> [UInt8] {
        let tooLarge = Refusal(.contentTooLarge, "the body is larger than \(limit) bytes")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        // Reading cannot be given up without losing the connection, so a late client loses it.
        let late = Task {
            try await Task.sleep(for: patience)
            caller.close()
        }
        defer { late.cancel() }
        do {
            var request = request
            let buffer = try await request.collectBody(upTo: limit)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        } catch {
            throw Refusal(.badRequest, "the body ended early")
        }
    }

    /// `application/json` and `application/*+json`, with or without parameters.
    private static func isJSON(_ mediaType: String) -> Bool {
        let essence = mediaType.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        return essence == "application/json" || essence.hasPrefix("application/") && essence.hasSuffix("+json")
    }
}
