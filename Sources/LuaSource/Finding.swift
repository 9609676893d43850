/// Something that is wrong in the text of a script, or probably is.
public struct Finding: Sendable, Equatable {
    /// The line, from 1, as Lua counts them.
    public let line: Int
    /// The column, from 1, in Unicode scalars.
    public let column: Int
    /// How sure it is.
    public let severity: Severity
    /// One sentence: lower case, no full stop.
    public let message: String
    /// What to write there instead: a name, or the line that is missing in the header.
    public let suggestion: String?

    /// Whether the header lacks a need; ``suggestion`` is the line that names it.
    public var lacksNeed: Bool { suggestion?.hasPrefix("---@needs ") ?? false }

    /// Creates a finding.
    public init(line: Int, column: Int, severity: Severity, message: String, suggestion: String? = nil) {
        self.line = line
        self.column = column
        self.severity = severity
        self.message = message
        self.suggestion = suggestion
    }

    /// How sure a finding is; the raw value is what people and programs see.
    public enum Severity: String, Sendable {
        /// It does not work.
        case error
        /// It probably does not do what was meant.
        case warning
    }
}
