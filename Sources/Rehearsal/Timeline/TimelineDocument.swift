package import Catalog
internal import Engine
internal import Foundation
internal import Scripting

/// A timeline for programs.
extension TimelineEntry {
    /// The entry with its time in a zone; numbers are rounded, so that two machines write the same.
    package func document(_ text: TimelineText) -> Document {
        var members: [Document.Member] = [
            .init("time", .number(time.rounded(.down))), .init("local", .text("\(text.day(time)) \(text.clock(time))")),
            .init("lux", lux.map { .number(Figure.rounded($0)) } ?? .null), .init("script", script.map(Document.text) ?? .null),
        ]
        switch what {
        case .decision(let change): members += change.members
        case .event(let event): members += [.init("event", .text(event.topic)), .init("fields", event.fields.rounded)]
        case .log(let line):
            members += [.init("log", .text(line.level.rawValue)), .init("text", .text(line.text)), .init("fields", line.fields.rounded)]
        case .request(let request, let answer):
            members += [.init("request", .text("\(request.method) \(request.url)")), .init("answer", .text(answer))]
        }
        return .object(members)
    }
}

extension TimelineEntry.Change {
    fileprivate var members: [Document.Member] {
        let keys = values.keys.sorted().map { key in
            var members: [Document.Member] = [.init("asked", (values[key] ?? .null).rounded)]
            if let outcome = outcomes[key] {
                members.append(.init("state", .text(outcome.state.rawValue)))
                if let applied = outcome.applied { members.append(.init("applied", applied.rounded)) }
                if let reason = outcome.reason { members.append(.init("why", .text(reason))) }
            }
            return Document.Member(key, .object(members))
        }
        var members: [Document.Member] = [.init("decision", .text(kind.rawValue))]
        if let profile { members.append(.init("profile", .text(profile))) }
        if over > 0 { members.append(.init("over", .number(over))) }
        return members + [.init("controls", .object(keys))]
    }
}

extension TimelineStill {
    /// The picture for programs.
    package func document(_ text: TimelineText) -> Document {
        [
            "time": .number(time.rounded(.down)), "local": .text("\(text.day(time)) \(text.clock(time))"), "path": .text(path),
            "exposure_time": .number(exposureTime), "gain": .number(Figure.rounded(gain)), "luma": .number(Figure.rounded(luma)),
        ]
    }
}

extension Figure {
    /// A number with three significant digits.
    static func rounded(_ number: Double) -> Double { Double(significant(number, 3)) ?? 0 }
}

extension Value {
    fileprivate var rounded: Document {
        switch self {
        case .number(let number): .number(abs(number) >= 1000 && number == number.rounded() ? number : Figure.rounded(number))
        case .list(let values): .list(values.map(\.rounded))
        case .table(let values): values.rounded
        case .null, .bool, .integer, .text: document
        }
    }
}

extension [String: Value] {
    fileprivate var rounded: Document { .object(sorted { $0.key < $1.key }.map { .init($0.key, $0.value.rounded) }) }
}
