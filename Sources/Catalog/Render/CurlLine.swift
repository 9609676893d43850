/// A command line that tries an operation: with every member that is required, and some that is not where none is.
struct CurlLine {
    let method: String
    let path: String
    let about: Document
    let schemas: SchemaWords

    var text: String {
        var parts = ["curl \(options)"]
        if method != "GET" { parts.append("-X \(method)") }
        parts.append("http://127.0.0.1:8000" + path.replacing("{name}", with: name).replacing("{path}", with: "PATH"))
        if let body {
            parts.append("-H 'Content-Type: \(body.type)'")
            parts.append("-d '\(body.text)'")
        }
        return parts.joined(separator: " ")
    }

    /// Bytes go into a file, and what comes in pieces is shown as it comes.
    private var options: String {
        guard let media, media != "application/json", !media.hasPrefix("text/html") else { return "-s" }
        if media.hasPrefix("text/") { return "-sN" }
        return "-s -o " + (path.split(separator: "/").last.map(String.init) ?? "answer")
    }

    private var media: String? { about["responses"]?["200"]?["content"]?.members.first?.name }

    /// A name that there is.
    private var name: String {
        for (start, name) in [("/v1/scripts", "low_light"), ("/v1/controls", "exposure.time")] where path.hasPrefix(start) { return name }
        return "NAME"
    }

    private var body: (type: String, text: String)? {
        let kinds = about["requestBody"]?["content"]?.members ?? []
        guard let json = kinds.first(where: { $0.name == "application/json" }) else {
            return kinds.first.map { ($0.name, "print(1)") }
        }
        let reference = json.value["schema"]?["$ref"].map(SchemaWords.name)
        // Any control would do; these two show that several go together.
        if reference == "ControlValues" { return (json.name, #"{"exposure.auto":false,"exposure.time":"20ms"}"#) }
        return (json.name, String(decoding: example(schemas.resolved(json.value["schema"] ?? [:])).json, as: UTF8.self))
    }

    private func example(_ schema: Document) -> Document {
        let members = schema["properties"]?.members ?? []
        let required = schema["required"]?.elements.map(\.words) ?? []
        let shown = members.filter { required.contains($0.name) }
        return .object((shown.isEmpty ? Array(members.prefix(1)) : shown).map { .init($0.name, value($0.value)) })
    }

    private func value(_ schema: Document) -> Document {
        if let first = schema["enum"]?.elements.first { return first }
        if let standard = schema["default"], standard != .null { return standard }
        let type = schema["type"]?.elements.first ?? schema["type"] ?? .null
        switch type.words {
        case "boolean": return true
        case "integer": return .integer(Int(number(schema)))
        case "number": return .number(number(schema))
        case "string": return "low_light"
        case "array": return []
        default: return [:]
        }
    }

    /// A number well within the limits.
    private func number(_ schema: Document) -> Double {
        func limit(_ name: String) -> Double? { (schema[name]?.words).flatMap(Double.init) }
        let least = limit("minimum") ?? limit("exclusiveMinimum") ?? 0
        guard let most = limit("maximum") else { return least + 1 }
        let number = least + (most - least) / 4
        return most - least > 8 ? number.rounded() : number
    }
}
