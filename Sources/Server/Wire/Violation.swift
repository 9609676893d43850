internal import Catalog

/// One breach of the wire contract, in the words of the reference service's validator (pydantic 2).
struct Violation: Sendable, Equatable {
    /// Its machine name.
    let type: String
    /// Where: `body`, then the member.
    let place: [Document]
    /// Its sentence.
    let message: String
    /// What was sent.
    let input: Document
    /// The bound that was violated, if any.
    var context: Document?

    /// The breach as an element of `detail`.
    var document: Document {
        let members: [Document.Member] = [
            .init("type", .text(type)), .init("loc", .list(place)), .init("msg", .text(message)), .init("input", input),
        ]
        return .object(members + (context.map { [.init("ctx", $0)] } ?? []))
    }
}

extension Violation {
    /// A required member, or the body itself, that is absent.
    static func missing(_ place: [Document], input: Document) -> Violation {
        Violation(type: "missing", place: place, message: "Field required", input: input)
    }

    /// A member that an operation does not have.
    static func unknown(_ place: [Document], input: Document, known: [String]) -> Violation {
        Violation(
            type: "extra_forbidden", place: place, message: "Extra inputs are not permitted; there are \(known.joined(separator: ", "))",
            input: input)
    }

    /// A body that is no object.
    /// - Parameter isHinted: whether it looks as if only its media type were missing, and the client may be told more than the reference
    ///   service says.
    static func notAnObject(_ input: Document, isHinted: Bool = false) -> Violation {
        Violation(
            type: "model_attributes_type", place: ["body"], message: "Input should be a valid dictionary or object to extract fields from",
            input: input, context: isHinted ? ["error": "JSON is sent with 'Content-Type: application/json'"] : nil)
    }

    /// A body that is no JSON.
    static func malformed(at offset: Int, _ reason: String) -> Violation {
        Violation(
            type: "json_invalid", place: ["body", .integer(offset)], message: "JSON decode error", input: [:],
            context: ["error": .text(reason)])
    }
}
