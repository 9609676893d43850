internal import Catalog
internal import Painting
internal import Timing

/// Shows footage: the reel, its place on the timeline, and once it is configured the buffers and the controls in force.
struct Projector {
    private var reel: Reel
    private let limits: [String: ValueType]
    private var pool: BufferPool?
    private var granted = GrantedConfiguration(configuration: CameraConfiguration(), reasons: [:])
    private var sequence: UInt64 = 0
    private var played = 0.0
    private var asked: [String: Value] = [:]
    private var inForce = InForce(values: [:])
    private var settledRequest: UInt64 = 0
    private var adjustment = Adjustment()
    private var zoom = Window.full
    /// The picture shown last; it is shown again until the footage or a control changes.
    private var shown: PictureBuffer?

    init(_ reel: Reel, limits: [String: ValueType]) {
        self.reel = reel
        self.limits = limits
    }

    /// Whether it was configured.
    var isReady: Bool { pool != nil }

    /// Takes a configuration; buffers that fit are kept.
    /// - Throws: `failed` without memory for new ones.
    mutating func configure(_ granted: GrantedConfiguration) throws(CameraError) {
        let (width, height) = (granted.configuration.width, granted.configuration.height)
        if pool?.width != width || pool?.height != height { pool = try BufferPool(width: width, height: height) }
        self.granted = granted
        refresh()
    }

    /// Buffers that frames hold, and the one that is kept to be shown again.
    var buffersInUse: Int { pool?.inUse ?? 0 }

    /// Puts values into force on the next frame.
    mutating func set(_ values: [String: Value], request: UInt64) {
        settledRequest = max(settledRequest, request)
        asked.merge(values.filter { granted.values[$0.key] == nil }) { $1 }
        refresh()
    }

    /// Lets go of the picture that is kept to be shown again.
    mutating func rest() { shown = nil }

    private mutating func refresh() {
        var clamping = Clamping(asked, limits: limits, before: inForce.values)
        for (key, value) in granted.values where limits[key] != nil { clamping.set(key, value, because: granted.reasons[key]) }
        inForce = InForce(values: clamping.values, reasons: clamping.reasons)
        let number = { (key: String, standard: Double) in clamping.values[key]?.double ?? standard }
        adjustment = Adjustment(
            brightness: number("image.brightness", 0), contrast: number("image.contrast", 1), saturation: number("image.saturation", 1))
        zoom = Window(clamping.values["geometry.roi"]) ?? .full
        shown = nil
    }

    /// Shows one frame: a picture, metadata only, or nothing when every buffer is in use. The footage stands still while nobody looks.
    /// - Throws: `unreadable` once nothing of the footage can be read any more.
    mutating func turn(_ begin: Instant, missed: Int, shows: Bool) throws(CameraError) -> FrameLoop.Turn {
        let seconds = 1 / granted.configuration.framerate
        sequence += UInt64(missed)
        defer { sequence += 1 }
        guard shows else { return FrameLoop.Turn(signal: .frame(Frame(nil, metadata(begin, seconds))), seconds: seconds) }
        // After a long pause of the machine footage goes on where it was rather than racing after the time.
        defer { played += seconds * Double(1 + min(missed, 10)) }
        guard let buffer = try picture() else { return FrameLoop.Turn(signal: nil, seconds: seconds) }
        return FrameLoop.Turn(signal: .frame(Frame(buffer, metadata(begin, seconds))), seconds: seconds)
    }

    private mutating func picture() throws(CameraError) -> PictureBuffer? {
        if try reel.advance(to: played) { shown = nil }
        if let shown { return shown }
        guard let buffer = pool?.take() else { return nil }
        try reel.scale(zoom, into: buffer.picture)
        let turned = granted.configuration.rotation == 180
        if granted.configuration.hflip != turned { buffer.picture.mirrorLeftToRight() }
        if granted.configuration.vflip != turned { buffer.picture.mirrorTopToBottom() }
        adjustment.apply(to: buffer.picture)
        shown = buffer
        return buffer
    }

    private func metadata(_ begin: Instant, _ seconds: Double) -> FrameMetadata {
        var report = FrameReport()
        report.sequence = sequence
        report.timestamp = begin.seconds
        report.frameDuration = Int(seconds * 1e6)
        return FrameMetadata(report: report, settledRequest: settledRequest, inForce: inForce)
    }
}
