public import Catalog

/// What came of focusing before a picture.
public enum FocusResult: Sendable, Equatable {
    /// The picture is sharp.
    case reached
    /// It was tried, and why it was not reached.
    case missed(String)
    /// It was not tried, and why.
    case skipped(String)

    /// What there is to say about it, by name: `focused`, and `focus_reason` where it is not.
    public var facts: [String: Value] {
        switch self {
        case .reached: ["focused": true]
        case .missed(let reason): ["focused": false, "focus_reason": .text(reason)]
        case .skipped(let reason): ["focused": .null, "focus_reason": .text(reason)]
        }
    }
}
