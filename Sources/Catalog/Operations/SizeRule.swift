/// What a picture size means for the sensor mode and the frame rate.
public enum SizeRule {
    /// A sensor mode, as far as the rule looks at it.
    public struct Mode: Sendable, Equatable {
        /// Width of what it reads out.
        public let width: Int
        /// Height of what it reads out.
        public let height: Int
        /// Most frames a second.
        public let framerate: Double
        /// Whether it reads the full field of view.
        public let isFull: Bool

        /// Creates a mode.
        public init(width: Int, height: Int, framerate: Double, isFull: Bool) {
            self.width = width
            self.height = height
            self.framerate = framerate
            self.isFull = isFull
        }

        fileprivate var pixels: Int { width * height }
    }

    /// Most frames a second for a number of pixels, as the reference service's table has it: what the encoder keeps up with.
    public static func framerate(width: Int, height: Int) -> Double {
        let pixels = width * height
        return table.first { pixels >= $0.pixels }?.framerate ?? 120
    }

    private static let table: [(pixels: Int, framerate: Double)] = [(8_000_000, 30), (3_500_000, 40), (2_000_000, 50), (1_500_000, 60)]

    /// The index of the sensor mode for a size, as `scale` chooses it; nil without modes.
    ///
    /// The smallest mode that covers both sides, on a wide camera among those that read the full field of view; where none covers it, the
    /// largest. For the IMX708 this is the reference service's table.
    public static func mode(_ modes: [Mode], isWide: Bool, width: Int, height: Int) -> Int? {
        let full = modes.indices.filter { !isWide || modes[$0].isFull }
        let pool = full.isEmpty ? Array(modes.indices) : full
        let covering = pool.filter { modes[$0].width >= width && modes[$0].height >= height }
        return covering.min { modes[$0].pixels < modes[$1].pixels } ?? pool.max { modes[$0].pixels < modes[$1].pixels }
    }
}
