internal import Glibc

/// Automatic exposure: from what one frame measured to what a later frame shall be exposed with.
///
/// The loop of libcamera's Raspberry Pi algorithm in small: the exposure that would have been right for the measured frame, filtered
/// in photometric stops, split into time and gain by a program. It starts from the exposure of the frame it looks at, so the delay
/// of the sensor does not make it swing.
package struct AutoExposure: Sendable {
    /// What automatic exposure protects.
    package enum Constraint: String, Sendable, CaseIterable { case normal, highlight, shadows }

    /// What people set.
    package struct Settings: Sendable, Equatable {
        package var compensation = 0.0
        package var program = ExposureProgram.normal
        package var constraint = Constraint.normal
        package var pattern = LightMeter.Pattern.centre
        package var limits: ExposureProgram.Limits
    }

    /// The mean it aims at, as a part of full scale.
    private static let target = 0.2
    /// Shadows are lifted at least to, highlights kept at most at, so many parts of full scale.
    private static let shadowFloor = 0.07
    private static let highlightCeiling = 0.5
    /// The share of the difference that one frame makes good; more when it is large.
    private static let speed = 0.2
    private static let fastSpeed = 0.4
    /// Frames at once aimed at the goal after a start.
    private static let startup = 6

    private var aim: Double?
    private var frames = 0
    private var steady = 0

    /// Creates a loop that knows nothing yet.
    package init() {}

    /// Whether the picture has been as bright as it shall be for some frames, or as near as the limits allow.
    package var isSettled: Bool { steady >= 4 }

    /// Looks at a frame and says how to expose a later one.
    /// - Parameter exposure: what the frame was exposed with.
    package mutating func step(_ reading: LightMeter.Reading, exposure: Exposure, _ settings: Settings) -> (time: Double, gain: Double) {
        let least = log2(settings.limits.time.lowerBound * settings.limits.gain.lowerBound)
        let most = log2(settings.limits.time.upperBound * settings.limits.gain.upperBound)
        let right = log2(exposure.total * AutoExposure.correction(reading, settings))
        let goal = max(least, min(right, most))
        let before = aim ?? log2(exposure.total)
        let distance = abs(goal - before)
        frames += 1
        let speed = frames <= AutoExposure.startup ? 1 : distance > 1.5 ? AutoExposure.fastSpeed : AutoExposure.speed
        let now = before + speed * (goal - before)
        aim = now
        steady = distance < 0.1 ? steady + 1 : 0
        return settings.program.split(exp2(now), settings.limits)
    }

    /// The factor by which the measured frame should have had more light.
    private static func correction(_ reading: LightMeter.Reading, _ settings: Settings) -> Double {
        let stops = exp2(settings.compensation)
        let factor = min(target * stops, 0.95) / max(reading.mean, 1e-9)
        return switch settings.constraint {
        case .normal: factor
        case .shadows: max(factor, min(shadowFloor * stops, 0.95) / max(reading.shadows, 1e-9))
        case .highlight: min(factor, highlightCeiling * stops / max(reading.highlights, 1e-9))
        }
    }
}
