internal import Catalog
internal import Foundation
internal import Rehearsal
internal import Scripting

/// Prints what a rehearsal does, while it goes on.
struct SimReport {
    private let rehearsal: Rehearsal
    private let text: TimelineText
    private let isJSON: Bool
    private let isQuiet: Bool
    private var printed = 0

    /// Ramps may take so long until it is known what became of them.
    private static let patience = 3600.0
    /// Seconds that are rehearsed between two looks.
    private static let stride = 21_600.0

    /// - Parameter isQuiet: whether the timeline is left out.
    init(_ rehearsal: Rehearsal, isJSON: Bool, isQuiet: Bool = false) {
        self.isQuiet = isQuiet
        self.rehearsal = rehearsal
        self.isJSON = isJSON
        text = TimelineText(zone: rehearsal.plan.zone)
    }

    /// Says what is rehearsed.
    func begin(_ scripts: [String]) {
        guard !isJSON else { return }
        print("\(scripts.joined(separator: " + ")): \(rehearsal.plan.sentence)")
    }

    /// Rehearses, and prints what has become certain.
    mutating func run(for seconds: Double) {
        let end = rehearsal.time + seconds
        while rehearsal.time < end {
            rehearsal.run(untilTime: min(end, rehearsal.time + SimReport.stride))
            show(before: rehearsal.time - SimReport.patience)
        }
        show()
    }

    /// Prints what is not printed yet, up to a time.
    mutating func show(before time: Double = .infinity) {
        guard !isQuiet else { return }
        for entry in rehearsal.timeline.entries(from: printed) {
            guard entry.time < time else { break }
            printed += 1
            show(entry)
        }
    }

    private func show(_ entry: TimelineEntry) {
        guard isJSON else { return text.lines(entry).forEach { print($0) } }
        var json = JSONWriter()
        json.value(entry.document(text))
        print(String(decoding: json.bytes, as: UTF8.self))
    }

    /// What is left to say: the pictures, and how each script ended.
    func end() {
        let stills = rehearsal.timeline.stills
        if isQuiet { return tellTrouble() }
        if isJSON {
            for still in stills {
                var json = JSONWriter()
                json.value(still.document(text))
                print(String(decoding: json.bytes, as: UTF8.self))
            }
        } else if let first = stills.first, let last = stills.last {
            print("\(stills.count) pictures, from \(first.path) to \(last.path)")
        }
        tellTrouble()
    }

    private func tellTrouble() {
        for info in rehearsal.scriptInfos where info.state == .failed || info.errors > 0 {
            let problem = info.lastProblem.map { ": \($0.sentence)" } ?? ""
            FileHandle.standardError.write(
                Data("luneta: '\(info.name)' \(info.state == .failed ? "failed" : "had \(info.errors) errors")\(problem)\n".utf8))
        }
    }

    /// Prints where the scripts decided otherwise than the recorded night.
    func showDifference(_ scripts: [String]) {
        guard let night = rehearsal.plan.night else { return }
        let owners = Set(scripts.map { "script:\($0)" })
        let rehearsed = rehearsal.decisions
        // A profile belongs to whoever pushed it, which nobody has noted: all are shown. What came with a push is part of it.
        let recorded = night.decisions.filter { owners.contains($0.owner) || $0.owner.hasPrefix("profile:") }
            .filter { $0.kind == "push" || $0.kind == "pop" || !$0.owner.hasPrefix("profile:") }
        for line in NightDifference(recorded: recorded, rehearsed: rehearsed).text(text) { print(line) }
    }

    /// Whether every script did well.
    var isGood: Bool { rehearsal.scriptInfos.allSatisfy { $0.state != .failed && $0.errors == 0 } }
}
