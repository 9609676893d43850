/// Renders the reference as one page: the operations of an OpenAPI document with curl lines, and what else there is in the Catalog.
public struct ReferencePage: Sendable {
    private let document: Document

    /// Creates the page of the operations in an OpenAPI document.
    public init(_ document: Document) { self.document = document }

    /// What goes between `<body>` and `</body>`.
    public var html: HTML {
        """
        <header><h1>Luneta \(document["info"]?["version"]?.words ?? "")</h1><nav><a href="/">Live picture</a> <a href="/openapi.json">OpenAPI</a></nav></header>
        <div class="page">
        <nav class="contents">\(contents)</nav>
        <main>
        \(HTML.prose(document["info"]?["description"]?.words ?? "").paragraph)
        \(OperationSection(document).html)
        \(CatalogSection.html)
        \(SchemaSection(document).html)
        </main>
        </div>
        """
    }

    private var contents: HTML {
        let topics = OperationSection(document).topics.map { topic -> HTML in "<li><a href=\"#operations-\(topic)\">\(topic)</a></li>" }
        let controls = Catalog.topics.map { topic -> HTML in "<li><a href=\"#controls-\(topic)\">\(topic)</a></li>" }
        return """
            <h2>Operations</h2><ul>\(HTML(joining: topics))</ul>
            <h2>Controls</h2><ul>\(HTML(joining: controls))<li><a href="#controls-raw">raw</a></li></ul>
            <h2>More</h2>
            <ul><li><a href="#commands">commands</a></li><li><a href="#events">events</a></li><li><a href="#lua">Lua functions</a></li>
            <li><a href="#schemas">schemas</a></li></ul>
            """
    }
}

extension HTML {
    /// The piece as a paragraph.
    var paragraph: HTML { "<p>\(self)</p>\n" }
}

// A document has a `Value` of its own: its dictionary literal's.
private typealias CatalogValue = Value

extension Document {
    /// The text, the number or the list in words; empty for an object and for nothing.
    var words: String {
        switch self {
        case .text(let text): text
        case .bool(let truth): truth ? "true" : "false"
        case .integer(let number): String(number)
        case .number(let number): CatalogValue.plain(number)
        case .list(let elements): elements.map { $0 == .null ? "null" : $0.words }.joined(separator: ", ")
        case .null: ""
        case .object: ""
        }
    }

    /// The elements; empty for everything that is not a list.
    var elements: [Document] { if case .list(let elements) = self { elements } else { [] } }
}
