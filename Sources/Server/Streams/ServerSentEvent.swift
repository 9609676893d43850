/// Renders server-sent events as the HTML standard has them.
enum ServerSentEvent {
    /// The media type of a stream of them.
    static let mediaType = "text/event-stream"
    /// A comment, which clients ignore.
    static let heartbeat = Array(": beat\n\n".utf8)

    /// One event. `data` may have several lines, `name` and `id` have none.
    static func bytes(_ data: some Sequence<UInt8>, name: String? = nil, id: String? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        if let id { bytes += "id: \(id)\n".utf8 }
        if let name { bytes += "event: \(name)\n".utf8 }
        bytes += "data: ".utf8
        for byte in data where byte != UInt8(ascii: "\r") {
            bytes.append(byte)
            if byte == UInt8(ascii: "\n") { bytes += "data: ".utf8 }
        }
        return bytes + "\n\n".utf8
    }
}
