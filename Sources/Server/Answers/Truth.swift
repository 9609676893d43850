internal import Catalog

/// What became of a write, as members of the reply to it.
struct Truth: Sendable {
    /// What became of each key.
    let outcomes: [String: Outcome]

    init(_ outcomes: [String: Outcome]) { self.outcomes = outcomes }

    /// What is known beyond "sent": values in force, cuts, the frame that proves them and reasons.
    var members: [Document.Member] {
        let sorted = outcomes.sorted { $0.key < $1.key }
        let applied = sorted.compactMap { key, outcome in outcome.applied.map { Document.Member(key, $0.document) } }
        var members: [Document.Member] = []
        if !applied.isEmpty { members.append(.init("applied", .object(applied))) }
        if outcomes.values.contains(where: \.isClamped) { members.append(.init("clamped", true)) }
        if let frame = outcomes.values.compactMap(\.frame).max() { members.append(.init("frame", .integer(Int(clamping: frame)))) }
        let reasons = sorted.compactMap { key, outcome in outcome.reason.map { "'\(key)': \($0)" } }
        if !reasons.isEmpty { members.append(.init("reason", .text(reasons.joined(separator: "; ")))) }
        return members
    }
}

extension Outcome {
    /// Whether the camera cut it; a value still on its way has a reason only when it was cut before it was sent.
    var isClamped: Bool { state == .clamped || state == .pending && reason != nil }

    /// The outcome as a reply's value.
    var document: Document {
        var members: [Document.Member] = [.init("state", .text(state.rawValue)), .init("asked", asked.document)]
        if let applied { members.append(.init("applied", applied.document)) }
        members.append(.init("clamped", .bool(isClamped)))
        if let frame { members.append(.init("frame", .integer(Int(clamping: frame)))) }
        if let reason { members.append(.init("reason", .text(reason))) }
        return .object(members)
    }
}
