/// Builds JSON Schema (2020-12), the way OpenAPI 3.1 wants it.
enum Schema {
    /// A reference to a named schema.
    static func named(_ name: String) -> Document { ["$ref": .text("#/components/schemas/\(name)")] }

    /// A plain type, such as `integer`.
    static func type(_ name: String, _ about: String? = nil) -> Document { described(["type": .text(name)], about) }

    /// A plain type or null.
    static func optional(_ name: String, _ about: String? = nil) -> Document { described(["type": [.text(name), "null"]], about) }

    /// One of some words.
    static func words(_ words: [String], _ about: String? = nil) -> Document {
        described(["type": "string", "enum": .list(words.map(Document.text))], about)
    }

    /// One of some words or null.
    static func optionalWords(_ words: [String], _ about: String? = nil) -> Document {
        described(["type": ["string", "null"], "enum": .list(words.map(Document.text) + [.null])], about)
    }

    /// A list.
    static func list(of element: Document, _ about: String? = nil) -> Document { described(["type": "array", "items": element], about) }

    /// An object whose members all have the same schema.
    static func map(of value: Document, _ about: String? = nil) -> Document {
        described(["type": "object", "additionalProperties": value], about)
    }

    /// A body of a media type that is not JSON.
    static func bytes(_ mediaType: String) -> Document {
        mediaType.hasPrefix("text/") ? type("string") : ["type": "string", "format": "binary"]
    }

    /// An object; every member is required but those listed as `optional`.
    static func object(_ members: [(String, Document)], optional: [(String, Document)] = [], _ about: String? = nil) -> Document {
        var parts: [Document.Member] = [.init("type", "object")]
        if !members.isEmpty { parts.append(.init("required", .list(members.map { .text($0.0) }))) }
        parts.append(.init("properties", .object((members + optional).map { .init($0.0, $0.1) })))
        return described(.object(parts), about)
    }

    /// The same, and members whose names match a pattern have a schema too.
    static func adding(_ pattern: String, _ member: Document, to object: Document) -> Document {
        .object(object.members + [.init("patternProperties", .object([.init(pattern, member)]))])
    }

    /// One of several schemas.
    static func either(_ schemas: Document...) -> Document { ["oneOf": .list(schemas)] }

    private static func described(_ schema: Document, _ about: String?) -> Document {
        guard let about else { return schema }
        return .object(schema.members + [.init("description", .text(about))])
    }
}

extension ValueType {
    /// What it accepts as JSON Schema.
    public var schema: Document {
        switch self {
        case .bool: Schema.type("boolean")
        case .integer(let range, _): ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .number(let range, _): ["type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
        case .choice(let words): Schema.words(words)
        case .numberChoice(let numbers, _): ["type": "integer", "enum": .list(numbers.map(Document.integer))]
        case .text(let maximum): ["type": "string", "maxLength": .integer(maximum)]
        case .window: ["type": "array", "items": ["type": "number", "minimum": 0, "maximum": 1], "minItems": 4, "maxItems": 4]
        case .size(let range):
            [
                "type": "array", "minItems": 2, "maxItems": 2,
                "items": [
                    "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound), "multipleOf": 2,
                ],
            ]
        case .list(let element, let count):
            .object(
                [.init("type", "array"), .init("items", element.schema), .init("minItems", .integer(count.lowerBound))]
                    + (count.upperBound == .max ? [] : [.init("maxItems", .integer(count.upperBound))]))
        case .any: [:]
        }
    }
}

extension WireField {
    /// The member as JSON Schema, with what is accepted leniently left out.
    var schema: Document {
        var parts: [Document.Member] = [.init("type", isNullable ? [.text(typeName), "null"] : .text(typeName))]
        if !allowed.isEmpty { parts.append(.init("enum", .list(allowed.map(\.document) + (isNullable ? [.null] : [])))) }
        parts += bounds
        if let standard { parts.append(.init("default", standard.document)) }
        parts.append(.init("description", .text(about)))
        return .object(parts)
    }

    private var typeName: String {
        switch type {
        case .boolean: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .text: "string"
        case .object: "object"
        }
    }

    private var bounds: [Document.Member] {
        switch type {
        case .integer(let bounds), .number(let bounds):
            [("exclusiveMinimum", bounds.above), ("minimum", bounds.minimum), ("maximum", bounds.maximum)].compactMap { name, limit in
                limit.map { .init(name, .number($0)) }
            }
        default: []
        }
    }
}
