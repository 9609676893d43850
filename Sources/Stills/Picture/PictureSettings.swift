/// How a picture shall come out; two requests with the same settings share one picture.
public struct PictureSettings: Sendable, Hashable {
    /// Width in pixels; nil follows the height, or is the frame's own.
    public var width: Int?
    /// Height in pixels; nil follows the width, or is the frame's own.
    public var height: Int?
    /// What happens when the frame has another aspect.
    public var fit: Fit
    /// Of the JPEG, 1 to 100.
    public var quality: Int
    /// Whether speed counts more than the last bit of sharpness, as in a live picture.
    public var isQuick: Bool

    /// Creates settings.
    public init(width: Int? = nil, height: Int? = nil, fit: Fit = .crop, quality: Int = 90, isQuick: Bool = false) {
        self.width = width
        self.height = height
        self.fit = fit
        self.quality = quality
        self.isQuick = isQuick
    }
}
