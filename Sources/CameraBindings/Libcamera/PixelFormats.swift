internal import CConversion

/// Which of a camera's pixel formats is taken.
enum PixelFormats {
    /// What the encoder takes as it is, best first.
    private static let encodable = ["NV12", "YUV420"]

    /// USB 2.0 carries uncompressed 640x480 at 30 frames a second and little more.
    private static let uncompressed = PixelSize(width: 640, height: 480)

    /// The format for a picture size: one the encoder takes, else one that can be converted; nil when there is neither.
    static func choose(_ formats: [NativeCamera.Format], for size: PixelSize) -> String? {
        let names = formats.map(\.name)
        if let name = encodable.first(where: names.contains) { return name }
        let convertible = names.filter { cconv_takes($0) }
        let wantsJPEG = size.area > uncompressed.area && convertible.contains("MJPEG")
        return wantsJPEG ? "MJPEG" : convertible.first { $0 != "MJPEG" } ?? convertible.first
    }

    /// The size a camera with a list of sizes is asked for: the smallest that is no smaller, else the largest.
    static func size(_ wanted: PixelSize, in format: NativeCamera.Format) -> PixelSize {
        guard !format.sizes.isEmpty else { return wanted }
        let enough = format.sizes.filter { $0.width >= wanted.width && $0.height >= wanted.height }
        return enough.min { $0.area < $1.area } ?? format.sizes.max { $0.area < $1.area } ?? wanted
    }
}
