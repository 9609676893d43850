/// The bitrate a stream gets when nobody names one.
public enum BitrateRule {
    private static let limits = 2_000_000.0...25_000_000.0

    /// 6.5 Mbit/s for a megapixel at 30 frames a second, in proportion, from 2 to 25 Mbit/s; in bits a second.
    public static func bitrate(width: Int, height: Int, framerate: Double) -> Int {
        let pixels = Double(width * height)
        return Int(min(max(6.5 * pixels * framerate / 30, limits.lowerBound), limits.upperBound))
    }
}
