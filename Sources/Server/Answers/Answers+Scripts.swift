internal import Catalog
internal import HTTPTypes

extension Answers {
    /// What only the script host can do.
    func script(_ answer: Operation.Answer, _ call: Call) async throws(Problem) -> Reply {
        switch answer {
        case .startScript: return .json(try await startScript(call).document.json)
        case .script: return try oneScript(call)
        case .runScript: return .json(try await runScript(call).document.json)
        case .shadow: return .json(try scripts.shadow(call.name).document.json)
        case .endShadow: return .json(try await scripts.endShadow(call.name).document.json)
        case .promote: return .json(try await scripts.promote(call.name).document.json)
        case .stopScript: return .json(try await scripts.stop(call.name).document.json)
        case .reloadScript: return .json(try await scripts.reload(call.name).document.json)
        case .reloadScripts: return .json(Answers.list(await scripts.reloadAll()))
        case .saveScript: return try await saveScript(call)
        case .deleteScript:
            try scripts.delete(call.name) { text throws(Problem) in try call.requireMatch(text) }
            return .json(Document.object([.init("status", "ok")]).json)
        case .scriptLog: return try scriptLog(call)
        case .checkScript: return .json(checkScript(call.members["source"]?.string ?? "").json)
        case .evaluate:
            let (code, session) = (call.members["code"]?.string ?? "", call.members["session"]?.string ?? "repl")
            return .json(try await scripts.evaluate(code, session: session).document.json)
        default: return .json(Answers.list(scripts.list()))
        }
    }

    private static func list(_ scripts: [Value]) -> [UInt8] { Document.object([.init("scripts", Value.list(scripts).document)]).json }

    private func startScript(_ call: Call) async throws(Problem) -> Value {
        let name = call.members["name"]?.string
        if let source = call.members["source"]?.string {
            return try await scripts.run(source: source, name: name, arguments: call.arguments)
        }
        guard let name else { throw Problem(.wrongType, "a script needs 'name', or 'source' for a one-off", key: "name") }
        return try await scripts.run(name: name, arguments: call.arguments)
    }

    private func runScript(_ call: Call) async throws(Problem) -> Value {
        let source = call.members["source"]?.string
        if call.query["shadow"] == true { return try await scripts.shadow(call.name, source: source, arguments: call.arguments) }
        guard source == nil else {
            throw Problem(.contradiction, "'source' is for a dry run ('?shadow=1'); POST /v1/scripts runs a text for real", key: "source")
        }
        return try await scripts.run(name: call.name, arguments: call.arguments)
    }

    /// One script with its source, or the source alone.
    private func oneScript(_ call: Call) throws(Problem) -> Reply {
        let info = try scripts.info(call.name)
        let source = try scripts.source(call.name)
        let tag = ETag(of: source.utf8)
        let headers: HTTPFields = [.eTag: tag.text, .vary: "Accept"]
        if call.accepts("text/x-lua") || call.accepts("text/plain") {
            if let known = call.headers[.ifNoneMatch], tag.isNamed(in: known) { return .empty(.notModified, headers) }
            return .bytes(Array(source.utf8), "text/x-lua; charset=utf-8", headers)
        }
        return .json(Document.object(info.document.members + [.init("source", .text(source))]).json, headers)
    }

    private func saveScript(_ call: Call) async throws(Problem) -> Reply {
        let source = call.members["source"]?.string ?? ""
        let info = try await scripts.save(call.name, source: source) { text throws(Problem) in try call.requireMatch(text) }
        return .json(info.document.json, [.eTag: ETag(of: source.utf8).text])
    }

    private func scriptLog(_ call: Call) throws(Problem) -> Reply {
        guard call.query["follow"] == true else {
            return .json(Document.object([.init("lines", Value.list(try scripts.log(call.name)).document)]).json)
        }
        let subscription = Kept<Subscription>()
        let feed = ByteFeed(capacity: 1000, heartbeat: ServerSentEvent.heartbeat) { subscription.clear() }
        subscription.set(try scripts.followLog(call.name) { line in feed.push(ServerSentEvent.bytes(line.document.json)) })
        return .stream(feed, ServerSentEvent.mediaType)
    }

    private func checkScript(_ source: String) -> Document {
        let mistakes = scripts.check(source)
        let isSound = !mistakes.contains { $0.table?["severity"] == "error" }
        return ["ok": .bool(isSound), "problems": .list(mistakes.map(\.document))]
    }
}

extension Call {
    /// The arguments for a script.
    fileprivate var arguments: [String: Value] { members["args"]?.table ?? [:] }

    /// Whether the client asks for a media type by its name.
    func accepts(_ mediaType: String) -> Bool {
        headers[.accept]?.split(separator: ",").contains { $0.prefix { $0 != ";" }.filter { $0 != " " } == mediaType } ?? false
    }

    /// Lets a change pass unless `If-Match` names another version than there is.
    /// - Throws: `changed`.
    fileprivate func requireMatch(_ text: String?) throws(Problem) {
        guard let wanted = headers[.ifMatch] else { return }
        guard let text, ETag(of: text.utf8).isNamed(in: wanted) else {
            throw Problem(
                .changed, "'\(name)' is not the version that 'If-Match' names; get it again and repeat the change on that", key: name)
        }
    }
}
