/// Which part of a scene a picture shows, and through what lens.
public struct View: Sendable, Equatable {
    /// The window of the scene that fills the picture, in fractions of the scene.
    public var window: Area
    /// Mirror left to right.
    public var isMirrored: Bool
    /// Mirror top to bottom.
    public var isUpsideDown: Bool
    /// How far the lens is off, in dioptres; 0 is sharp.
    public var defocus: Double
    /// Strength of edges; 1 is neutral.
    public var sharpness: Double
    /// Whether the lens darkens the corners.
    public var darkensCorners: Bool

    /// Creates a view.
    public init(
        window: Area = .full, isMirrored: Bool = false, isUpsideDown: Bool = false, defocus: Double = 0, sharpness: Double = 1,
        darkensCorners: Bool = false
    ) {
        self.window = window
        self.isMirrored = isMirrored
        self.isUpsideDown = isUpsideDown
        self.defocus = defocus
        self.sharpness = sharpness
        self.darkensCorners = darkensCorners
    }
}

/// A rectangle in fractions of something larger.
public struct Area: Sendable, Equatable {
    /// Left edge.
    public var x: Double
    /// Top edge.
    public var y: Double
    /// Width.
    public var width: Double
    /// Height.
    public var height: Double

    /// Creates a rectangle.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// All of it.
    public static let full = Area(x: 0, y: 0, width: 1, height: 1)
}
