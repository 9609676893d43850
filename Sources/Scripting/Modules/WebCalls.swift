internal import Catalog
internal import Foundation
internal import LuaSource

/// `http.get`, `http.post` and `http.request`.
extension ScriptRunner {
    func http(_ index: Int, _ arguments: Arguments, _ tape: LuaTape) throws(Refusal) -> LuaAnswer {
        let request = try webRequest(ScriptRunner.webCalls[index].method, arguments)
        guard let web = services.web else { throw .problem(Problem(.unavailable, "this host reaches no servers")) }
        let wait = try beginWait(.command, timeout: nil, tape)
        whenLive { runner in
            let longest = runner.services.limits.textBytes - 64
            runner.begin(wait) { () async throws(Problem) in
                let reply = try await web.send(request).value
                // Bytes that are no text take three times their room, and a longer text would be the end of the script.
                guard reply.longestText <= longest else {
                    throw Problem(.outOfRange, "the answer of '\(request.url.prefix(100))' has a text of more than \(longest >> 10) KiB")
                }
                return reply
            }
        }
        return .wait
    }

    private func webRequest(_ method: String?, _ arguments: Arguments) throws(Refusal) -> WebRequest {
        let url = try arguments.text(1)
        guard ["http://", "https://"].contains(where: { url.lowercased().hasPrefix($0) }), url.utf8.count <= 8000 else {
            throw .misuse(1, "an address that begins with http:// or https:// expected, got '\(url.prefix(100))'")
        }
        let options = try arguments.options(2, ScriptRunner.webOptions)
        // The client reads the address the same way, so that both mean the same host.
        guard let host = URL(string: url)?.host(percentEncoded: false), !host.isEmpty, host.utf8.allSatisfy(ScriptRunner.isInHost) else {
            throw .misuse(1, "an address with a host expected, got '\(url.prefix(100))'")
        }
        try allow(.http(host: host))
        var request = WebRequest(method: try word("method", options) ?? method ?? "GET", url: url)
        request.follows = spec.needs.allowsEveryHost
        request.headers = try texts("headers", options) ?? [:]
        if let name = request.headers.keys.first(where: { $0.lowercased() == "host" }), !spec.needs.allowsEveryHost {
            throw .misuse(2, "'headers.\(name)' is another host, which only a script that needs 'http' without names may talk to")
        }
        request.body = try body(options)
        if let seconds = try Arguments.seconds("timeout", in: options, 2) { request.timeout = min(max(seconds, 0.001), 300) }
        if let bytes = options["max_bytes"] {
            guard let bytes = bytes.int, (1...services.limits.textBytes).contains(bytes) else {
                throw .misuse(2, "'max_bytes' 1 to \(services.limits.textBytes) expected, got \(bytes)")
            }
            request.longestAnswer = bytes
        } else {
            request.longestAnswer = services.limits.textBytes
        }
        return request
    }

    /// What a name, an address or IDNA in ASCII is made of; a zero byte would end it for the resolver and not for the header.
    private static func isInHost(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D, 0x5F].contains(byte)
    }

    /// The functions of `http` by the index that C hands back, and what they ask; nil leaves that to an option.
    static let webCalls: [(name: String, method: String?)] = [("get", "GET"), ("post", "POST"), ("request", nil)]

    private static let webOptions = ["body", "file", "form", "headers", "json", "max_bytes", "method", "timeout"]

    private func word(_ name: String, _ options: [String: Value]) throws(Refusal) -> String? {
        guard let given = options[name] else { return nil }
        guard let word = given.string?.uppercased(), !word.isEmpty, word.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw .misuse(2, "'\(name)' a word such as 'PUT' expected, got \(given)")
        }
        return word
    }

    private func texts(_ name: String, _ options: [String: Value]) throws(Refusal) -> [String: String]? {
        guard let given = options[name], given != [] else { return nil }
        guard let table = given.table else { throw .misuse(2, "'\(name)' a table with names expected, got \(given)") }
        var texts: [String: String] = [:]
        for (key, value) in table {
            guard let text = value.string ?? value.double.map(Value.plain), !text.utf8.contains(where: { $0 < 32 && $0 != 9 }) else {
                throw .misuse(2, "'\(name).\(key)' text in one line expected, got \(value)")
            }
            texts[key] = text
        }
        return texts
    }

    private func body(_ options: [String: Value]) throws(Refusal) -> WebRequest.Body {
        let given = ["body", "json", "form", "file"].filter { options[$0] != nil }
        guard given.count <= 1 else { throw .misuse(2, "only one of 'body', 'json', 'form' and 'file' expected, got \(given.count)") }
        if let value = options["json"] { return .json(value) }
        if let fields = try texts("form", options) { return .form(fields) }
        for name in ["body", "file"] {
            guard let value = options[name] else { continue }
            guard let text = value.string else { throw .misuse(2, "'\(name)' string expected, got \(value)") }
            return name == "body" ? .text(text) : .file(text)
        }
        return .none
    }
}
