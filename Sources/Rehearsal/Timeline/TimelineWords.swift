internal import Catalog
internal import Engine
internal import Scripting

/// An entry of a timeline in words.
struct TimelineWords {
    /// What happened; further lines say more.
    let lines: [String]

    init(_ entry: TimelineEntry) {
        lines =
            switch entry.what {
            case .decision(let change): TimelineWords.lines(change)
            case .event(let event): [TimelineWords.line(event)]
            case .log(let line): TimelineWords.lines(line)
            case .request(let request, let answer): ["\(request.method) \(request.url) -> \(answer)"]
            }
    }

    private static func lines(_ change: TimelineEntry.Change) -> [String] {
        let over = change.over > 0 ? " within \(Figure.value(.number(change.over))) s" : ""
        let keys = change.values.keys.sorted().map { key in
            "\(key) \(Figure.value(change.values[key] ?? .null))\(note(change.outcomes[key], asked: change.values[key]))"
        }
        let head =
            switch (change.kind, change.profile) {
            case (.push, let profile): "profile \(profile ?? "") on\(over):"
            case (.pop, let profile): "profile \(profile ?? "") off\(over):"
            case (.release, _): "gives back\(over):"
            case (.apply, _): "sets\(over):"
            }
        return wrapped(head, keys)
    }

    /// What became of a value, where it is not just what was asked.
    private static func note(_ outcome: Outcome?, asked: Value?) -> String {
        guard let outcome, outcome.state != .applied else { return "" }
        let applied = outcome.applied.map { $0 == asked ? "" : " \(Figure.value($0))" } ?? ""
        let reason = outcome.reason.map { ": \($0)" } ?? ""
        return " (\(outcome.state.rawValue)\(applied)\(reason))"
    }

    private static func wrapped(_ head: String, _ words: [String]) -> [String] {
        var lines = [head]
        for (index, word) in words.enumerated() {
            let word = index < words.count - 1 ? word + "," : word
            if lines[lines.count - 1].count + word.count > 96 { lines.append("  " + word) } else { lines[lines.count - 1] += " " + word }
        }
        return lines
    }

    private static func line(_ event: Event) -> String {
        let fields = event.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(Figure.value($0.value))" }
        return ([event.topic] + fields).joined(separator: " ")
    }

    private static func lines(_ line: ScriptLogLine) -> [String] {
        let fields = line.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(Figure.value($0.value))" }
        let level = line.level == .info ? "" : "\(line.level.rawValue): "
        let text = ([level + TimelineWords.withoutAddresses(line.text)] + fields).joined(separator: " ")
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Addresses differ from run to run; `table: 0x5581…` says nothing to anybody.
    private static func withoutAddresses(_ text: String) -> String {
        guard text.contains("0x") else { return text }
        return text.replacing(#/0x[0-9a-f]{6,}/#, with: "0x…")
    }
}
