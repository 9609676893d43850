internal import HTTPTypes

/// What a successful request is answered with.
struct Reply: Sendable {
    /// What its body is.
    enum Body: Sendable {
        /// All of it.
        case bytes([UInt8])
        /// As it comes.
        case stream(any ByteStream)
    }

    /// The status.
    var status: HTTPResponse.Status = .ok
    /// Headers; without a content type the body is JSON.
    var headers: HTTPFields = [:]
    /// The body.
    let body: Body

    /// Compact JSON.
    static func json(_ bytes: [UInt8], _ headers: HTTPFields = [:]) -> Reply { Reply(headers: headers, body: .bytes(bytes)) }

    /// Bytes of a media type.
    static func bytes(_ bytes: [UInt8], _ mediaType: String, _ headers: HTTPFields = [:]) -> Reply {
        var headers = headers
        headers[.contentType] = mediaType
        return Reply(headers: headers, body: .bytes(bytes))
    }

    /// A stream of a media type; nobody on the way keeps or collects it, unless the headers say something else of caching.
    static func stream(_ stream: any ByteStream, _ mediaType: String, _ headers: HTTPFields = [:]) -> Reply {
        var headers = headers
        headers[.contentType] = mediaType
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-cache" }
        // nginx collects answers unless it is told not to.
        headers[HTTPField.Name("X-Accel-Buffering")!] = "no"
        return Reply(headers: headers, body: .stream(stream))
    }

    /// No body: 304 and the like.
    static func empty(_ status: HTTPResponse.Status, _ headers: HTTPFields = [:]) -> Reply {
        Reply(status: status, headers: headers, body: .bytes([]))
    }
}
