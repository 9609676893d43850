/// Why a time, a cron expression or a place was not understood.
public struct AlmanacError: Error, Hashable, Sendable {
    /// What is wrong and what to write instead: lower case, no full stop.
    public let sentence: String

    /// Creates an error from its sentence.
    public init(sentence: String) { self.sentence = sentence }
}

extension AlmanacError {
    /// What somebody wrote, in quotes, cut where it would drown the sentence.
    static func quoted(_ text: some StringProtocol) -> String {
        text.count <= 60 ? "'\(text)'" : "'\(text.prefix(60))…'"
    }
}
