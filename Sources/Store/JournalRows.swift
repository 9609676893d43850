public import Catalog

/// How the light was, a second of it: what a journal keeps of frames.
public struct JournalFrame: Sendable, Equatable {
    /// When, in seconds since 1970.
    public var time: Double
    /// Estimated illuminance.
    public var lux: Double
    /// Estimated colour temperature in kelvin; 0 where the camera does not say.
    public var colourTemperature: Int
    /// Exposure time in µs.
    public var exposureTime: Int
    /// Gain of the sensor.
    public var gain: Double
    /// Mean luma, 16 to 235; nil while nobody made pictures.
    public var luma: Double?

    /// Notes a frame; nil when the camera does not say how light it is.
    public init?(_ report: FrameReport, time: Double) {
        guard let lux = report.lux, lux.isFinite else { return nil }
        self.time = time
        self.lux = lux
        colourTemperature = report.colourTemperature ?? 0
        exposureTime = report.exposureTime ?? 0
        gain = report.analogueGain ?? 1
        luma = report.luma
    }

    init(time: Double, lux: Double, colourTemperature: Int, exposureTime: Int, gain: Double, luma: Double?) {
        self.time = time
        self.lux = lux
        self.colourTemperature = colourTemperature
        self.exposureTime = exposureTime
        self.gain = gain
        self.luma = luma
    }
}

/// Something that happened: what a journal keeps of events and decisions.
public struct JournalEntry: Sendable, Equatable {
    /// When, in seconds since 1970.
    public var time: Double
    /// `event`, or what was decided: `apply`, `release`, `push`, `pop`.
    public var kind: String
    /// The topic, or who decided: `script:day_night`, `profile:night`.
    public var name: String
    /// The fields of the event, or values by control.
    public var fields: [String: Value]

    /// Notes something.
    public init(time: Double, kind: String, name: String, fields: [String: Value]) {
        self.time = time
        self.kind = kind
        self.name = name
        self.fields = fields
    }
}
