internal import Catalog
internal import Painting
internal import Timing

/// What a simulated camera exposes and develops: sensor, painter and buffers of one configuration.
struct Film {
    private(set) var sensor: SimulatedSensor
    private let options: SimulationOptions
    private let pool: BufferPool
    private let opened: Instant
    private var painter: ScenePainter?
    private var lumaEstimate: LumaEstimate?
    /// Paints the small pictures of the estimate, so that the large ones keep their scene.
    private var estimator: ScenePainter?
    /// Frames painted in advance; empty unless the options ask for them.
    private var prints: [PictureBuffer] = []

    init(_ sensor: SimulatedSensor, _ options: SimulationOptions, opened: Instant, after former: Film?) throws(CameraError) {
        self.sensor = sensor
        self.options = options
        self.opened = opened
        let size = sensor.configuration
        // Buffers that fit are kept: allocating anew on each reconfiguration is what runs small boards out of memory.
        if let pool = former?.pool, pool.width == size.width, pool.height == size.height {
            self.pool = pool
        } else {
            let count = options.prepainted > 0 ? options.prepainted : BufferPool.standardCount
            pool = try BufferPool(width: size.width, height: size.height, count: count)
        }
        painter = former?.painter
    }

    /// Buffers that frames hold.
    var buffersInUse: Int { pool.inUse }

    mutating func set(_ values: [String: Value], request: UInt64) { sensor.set(values, request: request) }

    mutating func triggerFocus() { sensor.triggerFocus() }

    /// Takes one frame: a picture, metadata only, or nothing when every buffer is in use.
    /// - Parameter wall: the wall clock now, for a code in the picture; nil paints none.
    mutating func turn(_ light: Light, begin: Instant, wall: Double?, missed: Int, paints: Bool) -> FrameLoop.Turn {
        sensor.skip(missed, light, at: begin)
        var shot = sensor.step(light, at: begin)
        if !paints, options.estimatesLuma { shot.metadata.report.luma = luma(shot) }
        guard paints else { return FrameLoop.Turn(signal: .frame(Frame(nil, shot.metadata)), seconds: shot.seconds) }
        guard let buffer = options.prepainted > 0 ? reprint(light, shot, begin) : develop(shot, begin, wall: wall) else {
            return FrameLoop.Turn(signal: nil, seconds: shot.seconds)
        }
        return FrameLoop.Turn(signal: .frame(Frame(buffer, shot.metadata)), seconds: shot.seconds)
    }

    private mutating func luma(_ shot: Shot) -> Double? {
        let painter = estimator ?? newPainter()
        estimator = painter
        if lumaEstimate == nil { lumaEstimate = LumaEstimate(sensor.view(shot)) }
        return lumaEstimate?.luma(sensor.look(shot), painter: painter)
    }

    private func newPainter() -> ScenePainter {
        ScenePainter(aspect: Double(sensor.model.width) / Double(sensor.model.height), seed: options.seed)
    }

    /// A picture in a buffer of the pool; one that is shown again later says no time.
    private mutating func develop(_ shot: Shot, _ begin: Instant, wall: Double?) -> PictureBuffer? {
        guard let buffer = pool.take() else { return nil }
        let painter = painter ?? newPainter()
        self.painter = painter
        let sequence = shot.metadata.report.sequence
        let number = String(sequence)
        let digits = String(repeating: "0", count: max(6 - number.count, 0)) + number
        painter.paint(
            sensor.view(shot), sensor.look(shot), figures: options.scene.figures(at: opened.seconds(to: begin), seed: options.seed),
            stamp: "SIMULATED \(digits)",
            code: wall.map { Code(source: UInt8(truncatingIfNeeded: options.seed), number: sequence, wall: $0) },
            round: sequence &+ options.seed << 32, into: buffer.picture)
        return buffer
    }

    /// One of the frames painted in advance, in turn; the first call paints them.
    private mutating func reprint(_ light: Light, _ shot: Shot, _ begin: Instant) -> PictureBuffer? {
        if prints.isEmpty { paintAhead(light, begin) }
        guard !prints.isEmpty else { return nil }
        return prints[Int(shot.metadata.report.sequence % UInt64(prints.count))]
    }

    private mutating func paintAhead(_ light: Light, _ begin: Instant) {
        // A copy of the sensor runs ahead until its automatics have settled; the real one goes on counting from here.
        var ahead = sensor
        for _ in 0..<150 { _ = ahead.step(light, at: begin) }
        for index in 0..<options.prepainted {
            let moment = begin.advanced(by: Double(index) / ahead.configuration.framerate)
            if let buffer = develop(ahead.step(light, at: moment), moment, wall: nil) { prints.append(buffer) }
        }
    }
}
