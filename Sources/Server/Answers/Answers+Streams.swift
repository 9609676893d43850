internal import Catalog
internal import HTTPTypes

extension Answers {
    /// Events as they happen.
    func events(_ call: Call) -> Reply {
        let topics = call.query["topics"]?.string?.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        let wanted = topics.flatMap { $0.isEmpty ? nil : Set($0) }
        return .stream(journal.follow(wanted, after: call.headers[Answers.lastEventID]), ServerSentEvent.mediaType)
    }

    // The name is a valid token, so there is one.
    private static let lastEventID = HTTPField.Name("Last-Event-ID")!

    /// The newest frame's report, or each one's as it comes.
    /// - Throws: `unavailable` before the first frame.
    func metadata(_ call: Call) throws(Problem) -> Reply {
        if call.query["follow"] == true {
            return .stream(metadataStreams.follow(hertz: call.query["hz"]?.double), ServerSentEvent.mediaType)
        }
        guard let frame = surface.frame else { throw Problem(.unavailable, "no frame has come yet") }
        return .json(frame.document.json)
    }
}
