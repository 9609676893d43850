internal import CameraBindings
internal import Catalog

/// Switching an automatic off without saying to what means: stay as you are.
///
/// The reference service freezes exposure and white balance that way; without it the picture would jump to the standard values.
enum Freeze {
    private struct Rule: Sendable {
        let key: String
        let values: [Value]
        let seeds: [(key: String, read: @Sendable (FrameReport) -> Value?)]
    }

    private static let rules = [
        Rule(
            key: "exposure.auto", values: [false],
            seeds: [
                ("exposure.time", { $0.exposureTime.map(Value.integer) }), ("exposure.gain", { $0.analogueGain.map(Value.number) }),
            ]),
        Rule(
            key: "white_balance.auto", values: [false],
            seeds: [
                ("white_balance.red_gain", { $0.redGain.map(Value.number) }),
                ("white_balance.blue_gain", { $0.blueGain.map(Value.number) }),
            ]),
        Rule(
            key: "focus.mode", values: ["manual", "default"],
            seeds: [("focus.lens_position", { $0.lensPosition.map(Value.number) })]),
    ]

    /// What the last frame says of a key while an automatic has it; nil when none has.
    static func inForce(_ key: String, state: EngineState) -> Value? {
        guard let report = state.report, let rule = rules.first(where: { $0.seeds.contains { $0.key == key } }) else { return nil }
        guard !rule.values.contains(state.effective(rule.key)) else { return nil }
        return rule.seeds.first { $0.key == key }?.read(report)
    }

    /// The values a change needs beside its own: those of the last frame, for keys that the change does not name and that nobody wrote
    /// since the automatic was switched on.
    static func seeds(for change: [String: Value], state: EngineState) -> [String: Value] {
        guard let report = state.report else { return [:] }
        var seeds: [String: Value] = [:]
        for rule in rules {
            guard let wanted = change[rule.key], rule.values.contains(wanted) else { continue }
            guard !rule.values.contains(state.effective(rule.key)) else { continue }
            // A value that was written while the automatic was on is what its writer wants once it is off.
            let since = state.owners.top(rule.key)?.time ?? -.infinity
            for seed in rule.seeds where change[seed.key] == nil && state.owners.top(seed.key)?.time ?? -.infinity <= since {
                // A frame may report a hair outside the Catalog's limits; what does not pass is left to the standard value.
                seeds[seed.key] = seed.read(report).flatMap { try? Catalog.control(seed.key).type.check($0, key: seed.key) }
            }
        }
        return seeds
    }
}
