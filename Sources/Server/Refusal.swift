internal import Catalog
internal import HTTPTypes

/// A request that is answered with something else than success.
struct Refusal: Error {
    /// The status.
    let status: HTTPResponse.Status
    /// Headers beside the usual ones.
    var headers: HTTPFields = [:]
    /// The JSON in the reply's body; nil for an empty one.
    let body: Document?
}

extension Refusal {
    /// A refusal with a sentence.
    init(_ status: HTTPResponse.Status, _ sentence: String, headers: HTTPFields = [:]) {
        self.init(status: status, headers: headers, body: ["detail": .text(sentence)])
    }

    /// A body that breaks the wire contract's types or limits, with the reference service's list.
    init(_ violations: [Violation]) {
        self.init(status: .unprocessableContent, body: ["detail": .list(violations.map(\.document))])
    }

    /// What went wrong while an operation was carried out.
    init(_ problem: Problem, in operation: Operation) {
        let status = problem.status(isNamed: operation.isNamed)
        let headers: HTTPFields = status == .serviceUnavailable ? [.retryAfter: "1"] : [:]
        self.init(status: status, headers: headers, body: problem.document)
    }
}

extension Operation {
    /// Whether an unknown name is its target rather than something in its body.
    fileprivate var isNamed: Bool {
        if case .controls = body { return false }
        return path.contains("{") || takesCode
    }
}

extension Problem {
    /// The status it is answered with; `isNamed` says that an unknown name is the request's target rather than part of its body.
    fileprivate func status(isNamed: Bool) -> HTTPResponse.Status {
        switch code {
        case .unknown: isNamed ? .notFound : .unprocessableContent
        case .outOfRange, .wrongType, .notOneOf, .contradiction, .readOnly, .unsupported, .script, .budget: .unprocessableContent
        case .unavailable: .serviceUnavailable
        case .conflict: .conflict
        case .changed: .preconditionFailed
        case .timeout: .gatewayTimeout
        case .denied: .forbidden
        case .failed: .internalServerError
        }
    }

    /// The problem on the wire; what is not known is left out.
    var document: Document {
        var members: [Document.Member] = [.init("detail", .text(sentence)), .init("code", .text(code.rawValue))]
        if let key { members.append(.init("key", .text(key))) }
        if let allowed { members.append(.init("allowed", allowed.document)) }
        if let given { members.append(.init("given", given.document)) }
        return .object(members)
    }
}
