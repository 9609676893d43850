/// How much light reaches the picture, and by what.
package struct Exposure: Sendable, Equatable {
    /// Time in µs.
    package var time: Double
    /// Gain of the sensor.
    package var analogueGain: Double
    /// Gain after the sensor.
    package var digitalGain: Double

    /// Time multiplied by both gains, in µs.
    package var total: Double { time * analogueGain * digitalGain }
}

/// How automatic exposure splits between time and gain.
///
/// Stages as in the exposure modes of libcamera's Raspberry Pi tuning files: raise the time to the stage's, then the gain to the
/// stage's, then go on with the next stage; after the last one time and gain go to their limits.
package enum ExposureProgram: String, Sendable, CaseIterable {
    case normal, short, long

    /// What automatic exposure may choose from.
    package struct Limits: Sendable, Equatable {
        /// Times in µs.
        package var time: ClosedRange<Double>
        /// Gains of the sensor.
        package var gain: ClosedRange<Double>
    }

    private typealias Stage = (time: Double, gain: Double)

    private static let normalStages: [Stage] = [(10_000, 2), (30_000, 4), (60_000, 8)]
    private static let shortStages: [Stage] = [(5_000, 4), (10_000, 8), (20_000, 16)]
    private static let longStages: [Stage] = [(30_000, 1), (120_000, 2), (.infinity, 4)]

    private var stages: [Stage] {
        switch self {
        case .normal: ExposureProgram.normalStages
        case .short: ExposureProgram.shortStages
        case .long: ExposureProgram.longStages
        }
    }

    /// Time and gain whose product is `total` µs, or as near to it as the limits allow.
    package func split(_ total: Double, _ limits: Limits) -> (time: Double, gain: Double) {
        var time = limits.time.lowerBound
        var gain = limits.gain.lowerBound
        for stage in stages {
            (time, gain) = ExposureProgram.raise(time, gain, to: stage, total, limits)
        }
        return ExposureProgram.raise(time, gain, to: (.infinity, .infinity), total, limits)
    }

    private static func raise(_ time: Double, _ gain: Double, to stage: Stage, _ total: Double, _ limits: Limits) -> (Double, Double) {
        let longer = max(time, min(total / gain, stage.time, limits.time.upperBound))
        let higher = max(gain, min(total / longer, stage.gain, limits.gain.upperBound))
        return (longer, higher)
    }
}
