internal import Catalog
internal import Scripting
internal import Timing

/// Stands in for every server: notes what is asked, and answers as it was told to.
final class RehearsedWeb: WebClient {
    /// What answers a request.
    enum Answer: Sendable {
        case reply(WebReply)
        case problem(Problem)
    }

    private let rules = Mutex<[(part: String, answer: Answer)]>([])
    private let note: @Sendable (WebRequest, Answer) -> Void

    init(_ note: @escaping @Sendable (WebRequest, Answer) -> Void) { self.note = note }

    /// Answers addresses that contain a text; the newest rule counts.
    func answer(_ part: String, _ answer: Answer) { rules.withLock { $0.insert((part, answer), at: 0) } }

    func send(_ request: WebRequest) async throws(Problem) -> WebReply {
        let rule = rules.withLock { rules in rules.first { request.url.contains($0.part) } }
        let answer = rule?.answer ?? .reply(WebReply(status: 200, headers: [:], body: ""))
        note(request, answer)
        switch answer {
        case .reply(let reply): return reply
        case .problem(let problem): throw problem
        }
    }
}
