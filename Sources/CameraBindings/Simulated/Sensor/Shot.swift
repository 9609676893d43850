/// One frame as the sensor took it: what it says of itself, and what its picture looks like.
package struct Shot: Sendable {
    /// What the frame says.
    package var metadata: FrameMetadata
    /// Time from this frame to the next in seconds.
    package var seconds: Double
    /// Exposure as a linear factor; at 1 a grey card is middle grey.
    package var exposure: Double
    /// How much too strong red and blue are on grey, as linear factors.
    package var cast: ColourGains
    /// How far the lens is off, in dioptres.
    package var defocus: Double
    /// Standard deviation of the noise in levels of luma.
    package var noise: Double
    /// The settings in force.
    package var settings: SensorSettings
}
