internal import Catalog
internal import HTTPTypes

extension Answers {
    /// Some of the media.
    func listMedia(_ call: Call) async throws(Problem) -> Reply {
        let page = try await pictures.media(after: call.query["after"]?.string, limit: call.query["limit"]?.int ?? 100)
        return .json(page.document.json)
    }

    /// A medium, or the part of it that is asked for.
    func medium(_ call: Call) async throws(Problem) -> Reply {
        let medium = try await pictures.open(call.name)
        let tag = ETag(medium.tag)
        let date = HTTPDate.text(medium.time)
        let headers: HTTPFields = [.eTag: tag.text, .lastModified: date, .acceptRanges: "bytes"]
        if call.has(tag, date) { return .empty(.notModified, headers) }
        switch ByteRange(call.wantsPart(of: tag, date) ? call.headers[.range] : nil, size: medium.size) {
        case .whole: return Answers.reply(.ok, medium, 0..<medium.size, headers)
        case .part(let range):
            var headers = headers
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(medium.size)"
            return Answers.reply(.partialContent, medium, range, headers)
        case .none:
            let problem = Problem(
                .outOfRange, "'\(call.name)' has \(medium.size) bytes; the range asked for has none of them", key: "Range",
                given: .text(call.headers[.range] ?? ""))
            return Reply(
                status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(medium.size)"], body: .bytes(problem.document.json))
        }
    }

    /// Deletes a medium.
    func deleteMedium(_ call: Call) async throws(Problem) -> Reply {
        try await pictures.delete(call.name)
        return .json(Document.object([.init("status", "ok")]).json)
    }

    private static func reply(_ status: HTTPResponse.Status, _ medium: any Medium, _ range: Range<Int>, _ headers: HTTPFields) -> Reply {
        var reply = Reply.stream(MediumStream(medium: medium, range: range), medium.mediaType, headers)
        reply.status = status
        reply.headers[.contentLength] = String(range.count)
        return reply
    }
}

extension Call {
    /// Whether the client has this version already.
    fileprivate func has(_ tag: ETag, _ date: String) -> Bool {
        if let known = headers[.ifNoneMatch] { return tag.isNamed(in: known) }
        return headers[.ifModifiedSince] == date
    }

    /// Whether a range still means this version.
    fileprivate func wantsPart(of tag: ETag, _ date: String) -> Bool {
        guard let version = headers[.ifRange] else { return true }
        return version == tag.text || version == date
    }
}
