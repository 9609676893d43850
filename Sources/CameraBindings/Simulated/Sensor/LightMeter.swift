/// What automatic exposure measures: the scene in four tones, as the pixels of one exposure show them.
///
/// Four tones stand for the histogram of a real meter: enough for clipping and for the shadow and highlight rules, and cheap enough
/// to be read a million times a second.
package struct LightMeter: Sendable {
    /// Which part of the picture counts.
    package enum Pattern: String, Sendable, CaseIterable { case centre, spot, matrix }

    /// What the pixels say, as parts of full scale.
    package struct Reading: Sendable, Equatable {
        /// The mean.
        package var mean: Double
        /// The darkest part.
        package var shadows: Double
        /// The brightest part.
        package var highlights: Double
    }

    /// Reflectance of shadows, middle, bright walls and sky.
    private static let tones = SIMD4(0.045, 0.16, 0.35, 0.9)

    private static func weights(_ pattern: Pattern) -> SIMD4<Double> {
        switch pattern {
        case .centre: SIMD4(0.2, 0.5, 0.2, 0.1)
        case .spot: SIMD4(0.1, 0.7, 0.2, 0)
        case .matrix: SIMD4(0.25, 0.4, 0.2, 0.15)
        }
    }

    /// Reads pixels exposed by a factor: at 1 a grey card is middle grey. Full scale clips.
    package static func read(exposure: Double, _ pattern: Pattern) -> Reading {
        let seen = (tones * exposure).clamped(lowerBound: .zero, upperBound: .one)
        return Reading(mean: (seen * weights(pattern)).sum(), shadows: seen[0], highlights: seen[3])
    }

    /// The mean a pattern would read at exposure 1 if nothing clipped.
    package static func normalMean(_ pattern: Pattern) -> Double { (tones * weights(pattern)).sum() }
}
