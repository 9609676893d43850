/// What the last frame said about itself; nil where this camera does not say.
public struct FrameReport: Sendable, Equatable {
    /// Frame number since the camera was opened.
    public var sequence: UInt64 = 0
    /// Start of exposure in seconds of the monotonic clock.
    public var timestamp: Double = 0
    /// Exposure time in µs.
    public var exposureTime: Int?
    /// Sensor gain.
    public var analogueGain: Double?
    /// Gain after the sensor.
    public var digitalGain: Double?
    /// Estimated illuminance of the scene.
    public var lux: Double?
    /// Estimated colour temperature in kelvin.
    public var colourTemperature: Int?
    /// White balance gain of red.
    public var redGain: Double?
    /// White balance gain of blue.
    public var blueGain: Double?
    /// Lens position in dioptres.
    public var lensPosition: Double?
    /// Figure of merit of the focus; higher is sharper.
    public var focusFigure: Int?
    /// `idle`, `scanning`, `focused` or `failed`.
    public var focusState: String?
    /// Time from this frame to the next in µs.
    public var frameDuration: Int?
    /// Four black levels on a 16-bit scale.
    public var blackLevels: [Int]?
    /// Whether automatic exposure has settled.
    public var exposureSettled: Bool?
    /// Mean luma of the picture, 16 for black to 235 for white; nil while nobody makes pictures.
    public var luma: Double?
    /// Mean distance of the picture's colours from grey, 0 to about 112.
    public var chroma: Double?

    /// Creates a report in which nothing is known yet.
    public init() {}

    /// The fields as scripts and clients name them; the one list of them.
    public static let fields: [FrameField] = [
        FrameField("sequence", "frame number since the camera was opened", .none, "integer") { .integer(Int(clamping: $0.sequence)) },
        FrameField("timestamp", "start of exposure on the monotonic clock", .seconds, "number") { .number($0.timestamp) },
        FrameField("exposure_time", "exposure time of this frame", .microseconds, "integer?") { $0.exposureTime.map(Value.integer) },
        FrameField("gain", "sensor gain of this frame", .ratio) { $0.analogueGain.map(Value.number) },
        FrameField("digital_gain", "gain after the sensor", .ratio) { $0.digitalGain.map(Value.number) },
        FrameField("lux", "estimated illuminance of the scene", .lux) { $0.lux.map(Value.number) },
        FrameField("colour_temperature", "estimated colour temperature", .kelvin, "integer?") { $0.colourTemperature.map(Value.integer) },
        FrameField("red_gain", "white balance gain of red", .ratio) { $0.redGain.map(Value.number) },
        FrameField("blue_gain", "white balance gain of blue", .ratio) { $0.blueGain.map(Value.number) },
        FrameField("lens_position", "lens position; 0 is infinity", .dioptres) { $0.lensPosition.map(Value.number) },
        FrameField("focus_figure", "figure of merit of the focus; higher is sharper", .none, "integer?") {
            $0.focusFigure.map(Value.integer)
        },
        FrameField("focus_state", "idle, scanning, focused or failed", .none, "string?") { $0.focusState.map(Value.text) },
        FrameField("duration", "time from this frame to the next", .microseconds, "integer?") { $0.frameDuration.map(Value.integer) },
        FrameField("black_levels", "four black levels on a 16-bit scale", .none, "integer[]?") {
            $0.blackLevels.map { .list($0.map(Value.integer)) }
        },
        FrameField("exposure_settled", "whether automatic exposure has settled", .none, "boolean?") { $0.exposureSettled.map(Value.bool) },
        FrameField("luma", "mean luma of the picture; 16 is black, 235 white", .none) { $0.luma.map(Value.number) },
        FrameField("chroma", "mean distance of the picture's colours from grey; 0 is grey", .none) { $0.chroma.map(Value.number) },
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0) })

    /// The field called `name`: `.null` when the camera does not say, nil when there is no such field.
    public subscript(name: String) -> Value? {
        guard let field = FrameReport.byName[name] else { return nil }
        return field.read(self) ?? .null
    }
}

extension FrameReport {
    /// Every field by name; null for what the camera does not say.
    public var document: Document {
        .object(FrameReport.fields.map { .init($0.name, ($0.read(self) ?? .null).document) })
    }
}

/// One field of a frame's report.
public struct FrameField: Sendable {
    /// Its name in Lua and JSON.
    public let name: String
    /// What it says.
    public let about: String
    /// What it is counted in.
    public let unit: Unit
    /// Reads it from a report.
    public let read: @Sendable (FrameReport) -> Value?

    /// Its type in the words of the Lua language server.
    let luaType: String

    init(_ name: String, _ about: String, _ unit: Unit, _ luaType: String = "number?", _ read: @escaping @Sendable (FrameReport) -> Value?)
    {
        self.name = name
        self.about = about
        self.unit = unit
        self.luaType = luaType
        self.read = read
    }
}
