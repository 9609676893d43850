public import Catalog

/// What a camera is and can do.
public struct Capabilities: Sendable, Equatable {
    /// The sensor as it names itself, such as `imx708_wide_noir`.
    public var model: String
    /// Where it comes from: `libcamera`, `simulated` or `footage`.
    public var kind: String
    /// Width of the pixel array.
    public var sensorWidth: Int
    /// Height of the pixel array.
    public var sensorHeight: Int
    /// The sensor modes, in the order of the sensor's list.
    public var modes: [SensorMode]
    /// The limits of each Catalog control on this camera; a key that is missing is not supported.
    public var limits: [String: ValueType]
    /// Every control that libcamera knows, by its own name such as `AeFlickerPeriod`; empty for a camera that is not libcamera's.
    public var raw: [String: RawControl]
    /// Whether it has a lens that moves.
    public var hasAutofocus: Bool
    /// Horizontal field of view of the full pixel array in degrees; nil when unknown.
    public var fieldOfView: Int?

    /// Creates capabilities.
    public init(
        model: String, kind: String, sensorWidth: Int, sensorHeight: Int, modes: [SensorMode], limits: [String: ValueType],
        hasAutofocus: Bool, fieldOfView: Int? = nil, raw: [String: RawControl] = [:]
    ) {
        self.model = model
        self.kind = kind
        self.sensorWidth = sensorWidth
        self.sensorHeight = sensorHeight
        self.modes = modes
        self.limits = limits
        self.hasAutofocus = hasAutofocus
        self.fieldOfView = fieldOfView
        self.raw = raw
    }

    /// Whether the lens is a wide one, by the model's name.
    public var isWide: Bool { model.lowercased().contains("wide") }
}

/// One way of reading a sensor.
public struct SensorMode: Sendable, Equatable {
    /// Width of what it reads out.
    public var width: Int
    /// Height of what it reads out.
    public var height: Int
    /// Most frames a second.
    public var maximumFramerate: Double
    /// The part of the pixel array it covers, as fractions `x, y, width, height`.
    public var crop: Window
    /// Bits a pixel.
    public var bitDepth: Int
    /// For people: `full`, `full, binned`, `cropped to 2/3, binned`.
    public var about: String

    /// Creates a mode.
    public init(width: Int, height: Int, maximumFramerate: Double, crop: Window = .full, bitDepth: Int = 10, about: String) {
        self.width = width
        self.height = height
        self.maximumFramerate = maximumFramerate
        self.crop = crop
        self.bitDepth = bitDepth
        self.about = about
    }
}

/// A window in fractions of something larger.
public struct Window: Sendable, Equatable {
    /// Left edge.
    public var x: Double
    /// Top edge.
    public var y: Double
    /// Width.
    public var width: Double
    /// Height.
    public var height: Double

    /// Creates a window.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// All of it.
    public static let full = Window(x: 0, y: 0, width: 1, height: 1)
}
