public import Catalog

/// What a script asks a server.
public struct WebRequest: Sendable, Equatable {
    /// What goes along.
    public enum Body: Sendable, Equatable {
        /// Nothing.
        case none
        /// Text as it is.
        case text(String)
        /// A value as JSON.
        case json(Value)
        /// Fields as a web form sends them.
        case form([String: String])
        /// A file of the media folder.
        case file(String)
    }

    /// `GET`, `POST` and so on.
    public var method: String
    /// Where to: `http` or `https`.
    public var url: String
    /// Headers by name.
    public var headers: [String: String] = [:]
    /// What goes along.
    public var body = Body.none
    /// Seconds until the whole answer has to be there.
    public var timeout = 10.0
    /// Whether it may be sent on to another place.
    public var follows = true
    /// Bytes of the longest answer.
    public var longestAnswer = 1 << 20

    /// Creates a request.
    public init(method: String, url: String) {
        self.method = method
        self.url = url
    }
}

/// What a server answered.
public struct WebReply: Sendable, Equatable {
    /// 200 when all is well.
    public var status: Int
    /// Headers by lower-case name; of equal names the values with commas between.
    public var headers: [String: String]
    /// Text in UTF-8; what is not is replaced.
    public var body: String
    /// The body read as JSON, when it says that it is.
    public var json: Value?

    /// Creates a reply.
    public init(status: Int, headers: [String: String], body: String, json: Value? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
        self.json = json
    }

    /// The reply as scripts see it.
    var value: Value {
        var fields: [String: Value] = [
            "status": .integer(status), "ok": .bool((200..<300).contains(status)), "headers": .table(headers.mapValues(Value.text)),
            "body": .text(body),
        ]
        fields["json"] = json
        return .table(fields)
    }
}

/// Reaches servers for scripts.
public protocol WebClient: Sendable {
    /// Sends a request and waits for the whole answer; any status is an answer.
    /// - Throws: `unavailable` when nobody answers, `timeout`, `out_of_range` for an answer that is too long, `denied` for a file outside
    ///   the media folder, and so on.
    func send(_ request: WebRequest) async throws(Problem) -> WebReply
}
