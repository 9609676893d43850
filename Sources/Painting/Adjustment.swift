/// Brightness, contrast and saturation of a finished picture, by tables, in place.
public struct Adjustment: Sendable, Equatable {
    private let luma: [UInt8]
    private let chroma: [UInt8]
    /// Whether it leaves every picture as it is.
    public let isNeutral: Bool

    /// Creates an adjustment.
    /// - Parameters:
    ///   - brightness: what is added to every level, -1 to 1.
    ///   - contrast: spread about the middle; 1 is neutral.
    ///   - saturation: strength of colour; 1 is neutral.
    public init(brightness: Double = 0, contrast: Double = 1, saturation: Double = 1) {
        isNeutral = brightness == 0 && contrast == 1 && saturation == 1
        luma = (0..<256).map { code in
            let level = (Double(code) - 16) / 219
            return UInt8(16 + 219 * max(0, min(1, (level - 0.5) * contrast + 0.5 + brightness)))
        }
        chroma = (0..<256).map { UInt8(max(16, min(240, 128 + ((Double($0) - 128) * saturation).rounded()))) }
    }

    /// Changes a picture.
    public func apply(to picture: Picture) {
        guard !isNeutral else { return }
        for (plane, table) in zip(picture.planes, [luma, chroma]) {
            table.withUnsafeBufferPointer { table in
                for row in 0..<plane.rows {
                    let samples = plane.row(row)
                    for column in 0..<plane.bytes { samples[column] = table[Int(samples[column])] }
                }
            }
        }
    }
}
