/// JSON Schema in words, with links to the schemas that have names.
struct SchemaWords {
    private let named: Document

    /// Words for schemas that may refer to these.
    init(_ named: Document) { self.named = named }

    /// The last part of a reference.
    static func name(_ reference: Document) -> String { reference.words.split(separator: "/").last.map(String.init) ?? "" }

    /// The schema behind a reference, or the schema itself.
    func resolved(_ schema: Document) -> Document { schema["$ref"].flatMap { named[SchemaWords.name($0)] } ?? schema }

    /// What a schema accepts, in one line.
    func type(_ schema: Document) -> HTML {
        if let reference = schema["$ref"] {
            let name = SchemaWords.name(reference)
            return "<a href=\"#schema-\(name)\">\(name)</a>"
        }
        for (word, joint) in [("oneOf", " or "), ("anyOf", " or "), ("allOf", " and ")] {
            if let parts = schema[word]?.elements { return joined(parts.map(type), by: joint) }
        }
        if let words = schema["enum"] ?? schema["const"] {
            return joined(
                (words.elements.isEmpty ? [words] : words.elements).map { "<code>\($0 == .null ? "null" : $0.words)</code>" }, by: ", ")
        }
        if let element = schema["items"] { return "list of \(type(element))" }
        if let value = schema["additionalProperties"], !value.members.isEmpty { return "object of \(type(value))" }
        return "\(plain(schema))\(limits(schema))"
    }

    /// The members of an object; nothing for everything else.
    func members(_ schema: Document) -> HTML {
        let required = schema["required"]?.elements.map(\.words) ?? []
        let fixed = (schema["properties"]?.members ?? []).map {
            row("<code>\($0.name)</code>", $0.value, isRequired: required.contains($0.name))
        }
        let patterns = (schema["patternProperties"]?.members ?? []).map { row("<code>/\($0.name)/</code>", $0.value, isRequired: false) }
        return HTML.table(["member", "what it says", "accepts", "standard"], fixed + patterns)
    }

    private func row(_ name: HTML, _ schema: Document, isRequired: Bool) -> [HTML] {
        let standard: HTML = schema["default"].map { "<code>\($0 == .null ? "null" : $0.words)</code>" } ?? (isRequired ? "required" : "")
        return [name, HTML.prose(schema["description"]?.words ?? ""), type(schema), standard]
    }

    private func plain(_ schema: Document) -> String {
        guard let type = schema["type"] else { return "anything" }
        return type.elements.isEmpty ? type.words : type.elements.map(\.words).joined(separator: " or ")
    }

    private func limits(_ schema: Document) -> String {
        let words = [
            ("exclusiveMinimum", "above"), ("minimum", "from"), ("maximum", "to"), ("maxLength", "at most"), ("format", ""),
        ]
        let parts = words.compactMap { member, word in schema[member].map { word.isEmpty ? $0.words : "\(word) \($0.words)" } }
        return parts.isEmpty ? "" : " " + parts.joined(separator: " ")
    }

    private func joined(_ parts: [HTML], by joint: String) -> HTML {
        guard let first = parts.first else { return "" }
        return HTML(joining: [first] + parts.dropFirst().map { "\(joint)\($0)" })
    }
}

/// The schemas that have names.
struct SchemaSection {
    private let named: Document
    private let words: SchemaWords

    init(_ document: Document) {
        named = document["components"]?["schemas"] ?? [:]
        words = SchemaWords(named)
    }

    var html: HTML {
        let entries = named.members.map { schema -> HTML in
            let table = words.members(schema.value)
            let about = schema.value["description"].map { HTML.prose($0.words).paragraph } ?? ""
            return """
                <article id="schema-\(schema.name)"><h3>\(schema.name)</h3>
                \(about)\(table == "" ? words.type(schema.value).paragraph : table)</article>

                """
        }
        return "<section><h2 id=\"schemas\">schemas</h2>\n\(HTML(joining: entries))</section>\n"
    }
}
