public import CameraBindings

/// Chooses the sensor mode for a picture size, and the frame rate that goes with both.
public enum ModeChoice {
    /// The index of the mode for a size; nil leaves it to the camera.
    ///
    /// `scale` takes the smallest mode that covers both sides: on a wide camera only modes that read the full field of view. The rule
    /// gives the table of the reference service for the IMX708 (contract 2.8.1) and serves every other sensor alike.
    public static func mode(_ camera: Capabilities, width: Int, height: Int, fovMode: String) -> Int? {
        guard fovMode == "scale", !camera.modes.isEmpty else { return nil }
        let candidates = camera.modes.indices.filter { !camera.isWide || camera.modes[$0].crop == .full }
        let pool = candidates.isEmpty ? Array(camera.modes.indices) : candidates
        let covering = pool.filter { camera.modes[$0].width >= width && camera.modes[$0].height >= height }
        let area = { (index: Int) in camera.modes[index].width * camera.modes[index].height }
        return covering.min { area($0) < area($1) } ?? pool.max { area($0) < area($1) }
    }

    /// The most frames a second for a number of pixels, as the reference service's table has it: what the encoder keeps up with.
    public static func maximumFramerate(width: Int, height: Int) -> Double {
        let pixels = width * height
        return table.first { pixels >= $0.pixels }?.framerate ?? 120
    }

    private static let table: [(pixels: Int, framerate: Double)] = [(8_000_000, 30), (3_500_000, 40), (2_000_000, 50), (1_500_000, 60)]
}
