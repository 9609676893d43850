public import Catalog

/// A JPEG with what is known of the frame it shows.
public struct Still: Sendable {
    /// The JPEG, EXIF inside.
    public let bytes: [UInt8]
    /// Its width in pixels.
    public let width: Int
    /// Its height in pixels.
    public let height: Int
    /// What was done about the aspect.
    public let fit: Fit
    /// How its pixels became its size.
    public let scaling: Scaling
    /// What the camera said about the frame.
    public let report: FrameReport
    /// When its exposure began, in seconds since 1970.
    public let time: Double

    /// Creates a picture.
    public init(bytes: [UInt8], width: Int, height: Int, fit: Fit, scaling: Scaling, report: FrameReport, time: Double) {
        self.bytes = bytes
        self.width = width
        self.height = height
        self.fit = fit
        self.scaling = scaling
        self.report = report
        self.time = time
    }

    /// What there is to say about it, by name: size, what was done to it, frame, time, exposure and gain.
    public var facts: [String: Value] {
        var facts: [String: Value] = [
            "bytes": .integer(bytes.count), "width": .integer(width), "height": .integer(height), "fit": .text(fit.rawValue),
            "scaled": .text(scaling.rawValue), "frame": .integer(Int(clamping: report.sequence)), "time": .number(time),
        ]
        facts["exposure_time"] = report.exposureTime.map(Value.integer)
        facts["gain"] = report.analogueGain.map(Value.number)
        return facts
    }
}
