/// What has been found so far.
struct Findings {
    /// More help nobody, and names that are looked for take time.
    private static let most = 100

    private let text: SourceText
    private var found: [(offset: Int, finding: Finding)] = []
    private var known: Set<Mark> = []

    private struct Mark: Hashable {
        let offset: Int
        let message: String
    }

    init(_ text: SourceText) { self.text = text }

    /// Whether there is room for more.
    var hasRoom: Bool { found.count < Findings.most }

    /// Adds a finding at a byte, once.
    mutating func add(_ severity: Finding.Severity, at offset: Int, _ message: String, suggestion: String? = nil) {
        guard hasRoom else { return }
        guard known.insert(Mark(offset: offset, message: message)).inserted else { return }
        let (line, column) = text.position(offset)
        let finding = Finding(line: line, column: column, severity: severity, message: message, suggestion: suggestion)
        found.append((offset, finding))
    }

    /// All of them, in the order of the text.
    var inOrder: [Finding] {
        found.sorted { ($0.offset, $0.finding.message) < ($1.offset, $1.finding.message) }.map(\.finding)
    }
}
