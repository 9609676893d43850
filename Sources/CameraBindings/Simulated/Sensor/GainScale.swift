/// The analogue gain of Sony's sensors: `scale / (scale - code)` for whole codes (libcamera's camera sensor helpers).
package struct GainScale: Sendable, Equatable {
    /// The constant of the formula: 256 or 1024.
    package let scale: Double
    /// The codes the sensor takes.
    package let codes: ClosedRange<Int>

    /// Lowest and highest gain.
    package var range: ClosedRange<Double> { gain(codes.lowerBound)...gain(codes.upperBound) }

    /// The gain of a code.
    package func gain(_ code: Int) -> Double { scale / (scale - Double(code)) }

    /// The nearest gain the sensor has that is not above the one asked for.
    package func quantised(_ wanted: Double) -> Double {
        // The small sum keeps a gain that is exactly a code's from falling to the code below by rounding.
        let code = Int(scale - scale / max(wanted, 1) + 1e-6)
        return gain(max(codes.lowerBound, min(code, codes.upperBound)))
    }
}
