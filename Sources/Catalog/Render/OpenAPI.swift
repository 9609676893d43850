/// Renders the operations as an OpenAPI 3.1 document.
public enum OpenAPI {
    /// The document; the same for the same version and Catalog.
    public static func document(version: String) -> Document {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Luneta", "version": .text(version), "description": .text(about), "license": ["name": "MIT", "identifier": "MIT"],
            ],
            "servers": [["url": "http://{host}:{port}", "variables": ["host": ["default": "127.0.0.1"], "port": ["default": "8000"]]]],
            "security": [["ApiKey": []], [:]],
            "tags": .list(topics.map { ["name": .text($0)] }),
            "paths": .object(paths.map { .init($0, path($0)) }),
            "components": [
                "securitySchemes": [
                    "ApiKey": [
                        "type": "apiKey", "in": "header", "name": "X-API-Key",
                        "description": "Needed on every /v1 path when a key is configured, on none otherwise.",
                    ]
                ],
                "parameters": ["Wait": wait],
                "responses": .object(refusals.map { .init($0.name, response($0.about, $0.schema)) }),
                "schemas": .object(ReplySchemas.all + bodies),
            ],
        ]
    }

    private static let about = """
        A scriptable camera host. The paths under /v1/camera and /v1/streaming keep the wire contract of pi-camera-service 2.8.1; /v1/controls \
        and /v1/scripts are Luneta's own. Numbers are also accepted as text and booleans as 0, 1 and the usual words on the reference paths; \
        unknown members are ignored there. Answers are compact JSON.
        """

    private static let topics = Catalog.operations.map(\.topic).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    private static let paths = Catalog.operations.map(\.path).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }

    private static let wait: Document = [
        "name": "wait", "in": "query", "description": "Answer when a frame proves the values, after 2 seconds at most; otherwise at once.",
        "schema": ["type": "string", "enum": ["applied"]],
    ]

    private static func path(_ path: String) -> Document {
        .object(Catalog.operations.filter { $0.path == path }.map { .init($0.method.rawValue.lowercased(), operation($0)) })
    }

    private static func operation(_ operation: Operation) -> Document {
        var parts: [Document.Member] = [
            .init("tags", [.text(operation.topic)]), .init("operationId", .text(operation.id)), .init("summary", .text(operation.about)),
        ]
        if case .open = operation.access { parts.append(.init("security", [])) }
        let parameters = parameters(operation)
        if !parameters.isEmpty { parts.append(.init("parameters", .list(parameters))) }
        if let body = body(operation) { parts.append(.init("requestBody", body)) }
        parts.append(.init("responses", .object(responses(operation))))
        return .object(parts)
    }

    private static let plainName: Document = ["name": "name", "in": "path", "required": true, "schema": ["type": "string"]]
    private static let names = ["controls": controlName, "scripts": scriptName]
    private static let scriptName: Document = [
        "name": "name", "in": "path", "required": true, "description": "A script's name, without `.lua`",
        "schema": ["type": "string", "pattern": "^[a-z0-9_-]{1,100}$", "examples": ["low_light"]],
    ]
    private static let controlName: Document = [
        "name": "name", "in": "path", "required": true,
        "description": "A control's key: topic.name, or raw. and libcamera's own name of a control the camera knows",
        "schema": ["type": "string", "examples": ["exposure.time", "raw.AeFlickerPeriod"]],
    ]

    private static func parameters(_ operation: Operation) -> [Document] {
        var parameters: [Document] = []
        if operation.path.contains("{name}") {
            parameters.append(names[operation.topic] ?? plainName)
        }
        if operation.path.contains("{path}") { parameters.append(wholePath) }
        if operation.canWait { parameters.append(["$ref": "#/components/parameters/Wait"]) }
        return parameters + operation.query.map { parameter($0, in: "query") } + operation.headers.map { parameter($0, in: "header") }
    }

    private static let wholePath: Document = [
        "name": "path", "in": "path", "required": true, "description": "May have slashes", "schema": ["type": "string"],
    ]

    private static func parameter(_ field: WireField, in place: String) -> Document {
        let schema = Document.object(field.schema.members.filter { $0.name != "description" && $0.value != .null })
        return ["name": .text(field.name), "in": .text(place), "description": .text(field.about), "schema": schema]
    }

    private static func body(_ operation: Operation) -> Document? {
        switch operation.body {
        case .none: nil
        case .fields(_, let required): content(Schema.named(bodyName(operation)), required: required)
        case .controls: content(Schema.named("ControlValues"), required: true)
        case .source:
            [
                "required": true,
                "content": [
                    "text/x-lua": ["schema": Schema.type("string")],
                    "application/json": ["schema": Schema.object([("source", Schema.type("string"))])],
                ],
            ]
        }
    }

    private static func content(_ schema: Document, required: Bool) -> Document {
        ["required": .bool(required), "content": ["application/json": ["schema": schema]]]
    }

    /// The request bodies, each named after its operation: `SetLensPositionRequest`.
    private static let bodies: [Document.Member] = Catalog.operations.filter { !$0.fields.isEmpty }.map { operation in
        let isRequired = { (field: WireField) in field.standard == nil }
        let required = operation.fields.filter(isRequired).map { ($0.name, $0.schema) }
        let optional = operation.fields.filter { !isRequired($0) }.map { ($0.name, $0.schema) }
        let schema = Schema.object(required, optional: optional)
        let closed: [Document.Member] = operation.isStrict ? [.init("additionalProperties", .bool(false))] : []
        return .init(bodyName(operation), .object(schema.members + closed))
    }

    private static func bodyName(_ operation: Operation) -> String {
        operation.id.prefix(1).uppercased() + operation.id.dropFirst() + "Request"
    }

    private static func responses(_ operation: Operation) -> [Document.Member] {
        let refused = refusals.filter { $0.applies(operation) || operation.statuses.contains(Int($0.status) ?? 0) }.map { refusal in
            Document.Member(refusal.status, ["$ref": .text("#/components/responses/\(refusal.name)")])
        }
        let others = operation.statuses.compactMap { status in otherSuccesses[status].map { Document.Member("\(status)", $0(operation)) } }
        return [.init("200", success(operation))] + others + refused
    }

    private static func success(_ operation: Operation) -> Document {
        switch operation.reply {
        case .media(let type): files([type], operation.about)
        case .files(let types): files(types, operation.about)
        case .followed(let schema):
            [
                "description": .text(operation.about),
                "content": ["application/json": ["schema": Schema.named(schema)], "text/event-stream": ["schema": Schema.type("string")]],
            ]
        default: response(operation.about, Schema.named(operation.reply.schema))
        }
    }

    private static func files(_ types: [String], _ about: String) -> Document {
        ["description": .text(about), "content": .object(types.map { .init($0, ["schema": Schema.bytes($0)]) })]
    }

    private static let otherSuccesses: [Int: @Sendable (Operation) -> Document] = [
        206: { _ in ["description": "The range that was asked for."] },
        304: { _ in ["description": "Not changed since the ETag that was sent."] },
    ]

    private static func response(_ about: String, _ schema: Document) -> Document {
        ["description": .text(about), "content": ["application/json": ["schema": schema]]]
    }

    private struct Refusal: Sendable {
        let status: String
        let name: String
        let about: String
        let schema: Document
        let applies: @Sendable (Operation) -> Bool
    }

    private static let refusals = [
        Refusal(status: "401", name: "Unauthorized", about: "Key missing or wrong.", schema: Schema.named("Problem")) { !$0.isOpen },
        Refusal(
            status: "403", name: "Forbidden", about: "Foreign origin, unknown host, or code from afar without a key.",
            schema: Schema.named("Problem")
        ) {
            $0.method.changes
        },
        Refusal(status: "404", name: "Unknown", about: "No control or script of this name.", schema: Schema.named("Problem")) {
            $0.path.contains("{") || $0.takesCode
        },
        Refusal(status: "409", name: "Conflict", about: "The state does not allow it now.", schema: Schema.named("Problem")) {
            $0.method.changes && $0.topic == "scripts"
        },
        Refusal(
            status: "412", name: "Changed", about: "If-Match names another version than there is.", schema: Schema.named("Problem")
        ) { _ in false },
        Refusal(status: "413", name: "TooLarge", about: "Body above 1 MiB or source above 256 KiB.", schema: Schema.named("Problem")) {
            $0.hasBody
        },
        Refusal(status: "415", name: "WrongType", about: "A media type that is not taken here.", schema: Schema.named("Problem")) {
            if case .source = $0.body { true } else { false }
        },
        Refusal(status: "416", name: "NoSuchRange", about: "No byte of the range is there.", schema: Schema.named("Problem")) { _ in
            false
        },
        Refusal(status: "422", name: "Rejected", about: "The request cannot be accepted.", schema: Schema.named("AnyRejection")) {
            $0.hasBody || $0.method.changes || !$0.query.isEmpty || $0.topic == "scripts" && $0.path.contains("{name}")
        },
        Refusal(status: "500", name: "OperationFailed", about: "Camera, encoder or host refused.", schema: Schema.named("Problem")) {
            $0.method.changes
        },
        Refusal(status: "503", name: "NotReady", about: "There is no camera yet.", schema: Schema.named("Problem")) {
            !$0.isOpen && $0.topic != "scripts"
        },
        Refusal(status: "504", name: "TooLate", about: "It did not happen in time.", schema: Schema.named("Problem")) { _ in false },
    ]
}

extension Operation {
    /// Whether it reads a body.
    public var hasBody: Bool { if case .none = body { false } else { true } }

    /// Whether `?wait=applied` means anything to it: it sets controls.
    public var canWait: Bool {
        switch action {
        case .set, .answer(.changeControls), .answer(.releaseControl), .answer(.pushProfile), .answer(.popProfile): true
        default: false
        }
    }

    /// Whether it never asks for a key.
    public var isOpen: Bool { if case .open = access { true } else { false } }
}

extension Operation.Reply {
    /// The name of its schema.
    var schema: String {
        switch self {
        case .ok(let schema, _): schema
        case .framerate: "FramerateResult"
        case .fovMode: "FovMode"
        case .streaming: "StreamingResult"
        case .own(let schema), .followed(let schema): schema
        case .media, .files: "AnyObject"
        }
    }
}
