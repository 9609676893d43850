internal import Catalog
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

    /// The largest body that is read: 1 MiB.
    static let limit = 1 << 20

    /// Reads and parses the body of a request.
    /// - Throws: 413 for a body above the limit, 422 for malformed JSON, 400 when the client went away.
    static func read(_ request: Request, for operation: Operation) async throws(Refusal) -> WireBody {
        guard operation.hasBody else { return .absent }
        let bytes = try await bytes(of: request)
        guard !bytes.isEmpty else { return .absent }
        guard isJSON(request.headers[.contentType] ?? "") else { return .other(String(decoding: bytes, as: UTF8.self)) }
        do throws(MalformedJSON) {
            return .json(try Value(json: bytes))
        } catch {
            throw Refusal([.malformed(at: error.offset, error.reason)])
        }
    }

    private static func bytes(of request: Request) async throws(Refusal) -> [UInt8] {
        let tooLarge = Refusal(.contentTooLarge, "the body is larger than \(limit) bytes")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
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
