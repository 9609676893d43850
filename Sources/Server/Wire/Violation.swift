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

    /// A body that is no object.
    static func notAnObject(_ input: Document) -> Violation {
        Violation(
            type: "model_attributes_type", place: ["body"], message: "Input should be a valid dictionary or object to extract fields from",
            input: input)
    }

    /// A body that is no JSON.
    static func malformed(at offset: Int, _ reason: String) -> Violation {
        Violation(
            type: "json_invalid", place: ["body", .integer(offset)], message: "JSON decode error", input: [:],
            context: ["error": .text(reason)])
    }
}
