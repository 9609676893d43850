/// Gains of red and blue over green.
package struct ColourGains: Sendable, Equatable {
    /// Gain of red.
    package var red: Double
    /// Gain of blue.
    package var blue: Double

    /// The gains that make grey grey in light of a colour temperature in kelvin.
    ///
    /// A straight line in reciprocal temperature through typical values of Sony sensors for daylight and for lamps.
    package static func neutral(_ kelvin: Double, isInfraredSensitive: Bool) -> ColourGains {
        // 0 at 6500 K, 1 at 2700 K.
        let warmth = (1e6 / kelvin - 153.8) / (370.4 - 153.8)
        // Without its filter a sensor sees infrared in red most and in blue more than in green.
        let (redLess, blueLess) = isInfraredSensitive ? (0.7, 0.9) : (1.0, 1.0)
        return ColourGains(red: max(2.2 - 1.0 * warmth, 0.5) * redLess, blue: max(1.5 + 1.1 * warmth, 0.5) * blueLess)
    }
}

/// Automatic white balance: follows the colour of the light within the family it was told to expect.
package struct AutoWhiteBalance: Sendable {
    /// The families of light with their colour temperatures in kelvin, as in libcamera's Raspberry Pi tuning files.
    package static let families: [String: ClosedRange<Double>] = [
        "auto": 2500...8000, "incandescent": 2500...3000, "tungsten": 3000...3500, "fluorescent": 4000...4700, "indoor": 3000...5000,
        "daylight": 5500...6500, "cloudy": 7000...8500,
    ]

    /// The share of the difference that one frame makes good.
    private static let speed = 0.1
    private static let startup = 6

    private var mired = 1e6 / 4500
    private var frames = 0

    /// Creates a loop that expects the light of a cloudy afternoon.
    package init() {}

    /// The estimate in kelvin.
    package var colourTemperature: Double { 1e6 / mired }

    /// Looks at one frame's light; the estimate moves towards it, not beyond `family`.
    package mutating func step(_ kelvin: Double, family: ClosedRange<Double>) {
        let goal = 1e6 / max(family.lowerBound, min(kelvin, family.upperBound))
        frames += 1
        mired += (frames <= AutoWhiteBalance.startup ? 1 : AutoWhiteBalance.speed) * (goal - mired)
    }
}
