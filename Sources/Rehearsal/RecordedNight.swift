package import Catalog

/// A night that a service has recorded: what a rehearsal replays.
package struct RecordedNight: Sendable {
    /// The light of a second.
    package struct Light: Sendable {
        package var time: Double
        package var lux: Double
        package var colourTemperature: Double

        package init(time: Double, lux: Double, colourTemperature: Double) {
            self.time = time
            self.lux = lux
            self.colourTemperature = colourTemperature
        }
    }

    /// A change somebody made, or a profile somebody pushed or took off.
    package struct Decision: Sendable, Equatable {
        package var time: Double
        /// `apply`, `release`, `push`, `pop`.
        package var kind: String
        /// `script:day_night`, `profile:night`.
        package var owner: String
        package var values: [String: Value]

        package init(time: Double, kind: String, owner: String, values: [String: Value]) {
            self.time = time
            self.kind = kind
            self.owner = owner
            self.values = values
        }
    }

    /// In order of time; at least one.
    package var lights: [Light]
    /// Events from outside, in order of time.
    package var events: [Event]
    /// What was decided then, in order of time.
    package var decisions: [Decision]

    /// Events that follow from what the camera and the scripts of a rehearsal do themselves.
    private static let own = ["profile.", "script.", "still.", "control.", "light.", "camera.", "stream.", "clock."]

    /// Creates a night.
    package init(lights: [Light], events: [Event], decisions: [Decision]) {
        self.lights = lights
        self.decisions = decisions
        self.events = events.filter { event in !RecordedNight.own.contains { event.topic.hasPrefix($0) } }
    }

    /// The light at a time; the last one that is known, so that a gap in the recording is a still picture.
    /// - Parameter place: where the last one was found; the search goes on from there.
    func light(at time: Double, from place: inout Int) -> Light {
        if lights[place].time > time { place = 0 }
        while place + 1 < lights.count, lights[place + 1].time <= time { place += 1 }
        return lights[place]
    }
}

/// Where a script would have decided otherwise than what was recorded.
package struct NightDifference: Sendable {
    /// A decision, and how the two nights compare in it.
    package enum Line: Sendable, Equatable {
        /// Both did it; the second so many seconds later.
        case both(RecordedNight.Decision, later: Double)
        /// Only the recorded night has it.
        case recorded(RecordedNight.Decision)
        /// Only the rehearsed one has it.
        case rehearsed(RecordedNight.Decision)

        /// When it was.
        var time: Double {
            switch self {
            case .both(let decision, _), .recorded(let decision), .rehearsed(let decision): decision.time
            }
        }
    }

    /// In order of time.
    package let lines: [Line]

    /// Decisions of the same kind count as the same within so many seconds.
    private static let nearness = 1800.0

    /// Compares two nights.
    package init(recorded: [RecordedNight.Decision], rehearsed: [RecordedNight.Decision]) {
        var left = recorded
        var lines: [Line] = []
        for decision in rehearsed {
            let near = left.indices.filter { NightDifference.matches(left[$0], decision) }
                .min { abs(left[$0].time - decision.time) < abs(left[$1].time - decision.time) }
            if let near {
                lines.append(.both(left[near], later: decision.time - left[near].time))
                left.remove(at: near)
            } else {
                lines.append(.rehearsed(decision))
            }
        }
        self.lines = (lines + left.map(Line.recorded)).sorted { $0.time < $1.time }
    }

    private static func matches(_ a: RecordedNight.Decision, _ b: RecordedNight.Decision) -> Bool {
        a.kind == b.kind && a.owner == b.owner && abs(a.time - b.time) <= nearness
            && (a.owner.hasPrefix("profile:") || Value.table(a.values).isAlike(.table(b.values)))
    }
}

extension Value {
    /// Whether two tables of values mean the same.
    fileprivate func isAlike(_ other: Value) -> Bool {
        guard let a = table, let b = other.table, a.count == b.count else { return self == other }
        return a.allSatisfy { b[$0.key]?.matches($0.value, tolerance: 1e-3) ?? false }
    }
}

extension NightDifference {
    /// Lines as `diff` writes them: `-` only then, `+` only now, blank both.
    package func text(_ text: TimelineText) -> [String] {
        lines.map { line in
            switch line {
            case .both(let decision, let later):
                let when =
                    abs(later) < 1 ? "at the same time" : "\(Figure.significant(abs(later), 3)) s \(later > 0 ? "later" : "earlier") now"
                return "  \(text.clock(decision.time))  \(NightDifference.words(decision))  (\(when))"
            case .recorded(let decision): return "- \(text.clock(decision.time))  \(NightDifference.words(decision))"
            case .rehearsed(let decision): return "+ \(text.clock(decision.time))  \(NightDifference.words(decision))"
            }
        }
    }

    private static func words(_ decision: RecordedNight.Decision) -> String {
        let name = decision.owner.split(separator: ":", maxSplits: 1).last.map(String.init) ?? decision.owner
        switch decision.kind {
        case "push": return "profile \(name) on"
        case "pop": return "profile \(name) off"
        case "release": return "\(decision.owner) gives back \(decision.values.keys.sorted().joined(separator: ", "))"
        default:
            let values = decision.values.sorted { $0.key < $1.key }.map { "\($0.key) \(Figure.value($0.value))" }
            return "\(decision.owner) sets \(values.joined(separator: ", "))"
        }
    }
}
