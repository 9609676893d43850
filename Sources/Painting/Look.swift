/// What light, exposure and processing make of a scene.
public struct Look: Sendable, Equatable {
    /// Exposure as a linear factor; at 1 a grey card comes out middle grey.
    public var exposure: Double
    /// What is added to every level, -1 to 1.
    public var brightness: Double
    /// Spread of levels about the middle; 1 is neutral.
    public var contrast: Double
    /// Strength of colour; 1 is neutral.
    public var saturation: Double
    /// How much too red grey comes out, as a linear factor.
    public var red: Double
    /// How much too blue grey comes out, as a linear factor.
    public var blue: Double
    /// Whether shadows are lifted and highlights kept, as high dynamic range does.
    public var isCompressed: Bool
    /// Standard deviation of noise in levels of luma.
    public var noise: Double

    /// Creates a look; without arguments a neutral one.
    public init(
        exposure: Double = 1, brightness: Double = 0, contrast: Double = 1, saturation: Double = 1, red: Double = 1, blue: Double = 1,
        isCompressed: Bool = false, noise: Double = 0
    ) {
        self.exposure = exposure
        self.brightness = brightness
        self.contrast = contrast
        self.saturation = saturation
        self.red = red
        self.blue = blue
        self.isCompressed = isCompressed
        self.noise = noise
    }
}
