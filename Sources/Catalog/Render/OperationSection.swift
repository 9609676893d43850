/// The operations of an OpenAPI document, by topic.
struct OperationSection {
    private struct Entry {
        let method: String
        let path: String
        let about: Document

        var topic: String { about["tags"]?.elements.first?.words ?? "" }
    }

    private let entries: [Entry]
    private let schemas: SchemaWords
    private let responses: Document
    private let parameters: Document

    init(_ document: Document) {
        schemas = SchemaWords(document["components"]?["schemas"] ?? [:])
        responses = document["components"]?["responses"] ?? [:]
        parameters = document["components"]?["parameters"] ?? [:]
        entries = (document["paths"]?.members ?? []).flatMap { path in
            path.value.members.map { Entry(method: $0.name.uppercased(), path: path.name, about: $0.value) }
        }
    }

    /// The topics in order.
    var topics: [String] { entries.map(\.topic).reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }

    var html: HTML {
        HTML(
            joining: topics.map { topic in
                let operations = entries.filter { $0.topic == topic }.map(operation)
                return "<section><h2 id=\"operations-\(topic)\">\(topic)</h2>\n\(HTML(joining: operations))</section>\n"
            })
    }

    private func operation(_ entry: Entry) -> HTML {
        let id = entry.about["operationId"]?.words ?? ""
        let isOpen = entry.about["security"]?.elements.isEmpty ?? false
        let note: HTML = isOpen ? "<p class=\"note\">Never asks for a key.</p>" : ""
        return """
            <article id="\(id)">
            <h3><span class="method">\(entry.method)</span> <a href="#\(id)"><code>\(entry.path)</code></a></h3>
            \(HTML.prose(entry.about["summary"]?.words ?? "").paragraph)
            \(note)\(parametersTable(entry))\(body(entry))\(answers(entry))
            <pre>\(CurlLine(method: entry.method, path: entry.path, about: entry.about, schemas: schemas).text)</pre>
            </article>

            """
    }

    private func parametersTable(_ entry: Entry) -> HTML {
        let rows = (entry.about["parameters"]?.elements ?? []).map { parameter -> [HTML] in
            let shown = parameter["$ref"].flatMap { parameters[SchemaWords.name($0)] } ?? parameter
            let schema = shown["schema"] ?? [:]
            return [
                "<code>\(shown["name"]?.words ?? "")</code>", "\(shown["in"]?.words ?? "")",
                HTML.prose(shown["description"]?.words ?? ""), schemas.type(schema),
            ]
        }
        return HTML.table(["parameter", "in", "what it says", "accepts"], rows)
    }

    private func body(_ entry: Entry) -> HTML {
        guard let body = entry.about["requestBody"] else { return "" }
        let kinds = (body["content"]?.members ?? []).map { content -> HTML in
            let schema = content.value["schema"] ?? [:]
            let table = schemas.members(schemas.resolved(schema))
            return "<h4>Body: <code>\(content.name)</code></h4>\n\(table == "" ? schemas.type(schema).paragraph : table)"
        }
        return HTML(joining: kinds)
    }

    private func answers(_ entry: Entry) -> HTML {
        let rows = (entry.about["responses"]?.members ?? []).map { answer -> [HTML] in
            let shown = answer.value["$ref"].flatMap { responses[SchemaWords.name($0)] } ?? answer.value
            let content = shown["content"]?.members.first
            let type = content.map { $0.name == "application/json" ? schemas.type($0.value["schema"] ?? [:]) : "<code>\($0.name)</code>" }
            let about: HTML = answer.name == "200" ? "" : HTML.prose(shown["description"]?.words ?? "")
            return ["\(answer.name)", type ?? "", about]
        }
        return HTML.table(["status", "answer", "when"], rows)
    }
}
