/// Automatic focus by contrast: walks the lens, keeps what was sharpest, then looks closer around it.
///
/// It knows nothing but the figure of merit of the frames it is shown, as the real one.
package struct AutoFocus: Sendable {
    /// Who moves the lens.
    package enum Mode: String, Sendable { case manual, auto, continuous }
    /// What libcamera calls `AfState`.
    package enum State: String, Sendable { case idle, scanning, focused, failed }

    /// What people set.
    package struct Settings: Sendable, Equatable {
        package var mode = Mode.continuous
        package var range: ClosedRange<Double> = 0...12
        /// Where the lens goes when nothing was found.
        package var rest = 1.0
        package var manualPosition = 1.0
    }

    /// One walk of the lens.
    private struct Scan: Sendable {
        var next: Double
        var end: Double
        var step: Double
        var best = (position: 0.0, figure: 0)
        var frames = 0
    }

    private static let coarseStep = 1.0
    private static let fineStep = 0.25
    /// The lens needs a frame to arrive before a figure counts.
    private static let framesPerStep = 2
    /// A figure below this is not sharp; see ``figure(position:distance:)``.
    private static let sharpEnough = 400
    /// Frames of changed sharpness before a continuous focus looks again.
    private static let patience = 6

    /// Where the lens is, in dioptres.
    package private(set) var position: Double
    /// How far it got.
    package private(set) var state = State.idle
    private var scan: Scan?
    private var reference = 0
    private var changed = 0
    private var mode: Mode?

    /// Creates a lens at a position.
    package init(position: Double = 1) { self.position = position }

    /// The figure of merit at a lens position for a subject in metres: 1100 when sharp, half of that half a dioptre away.
    package static func figure(position: Double, distance: Double) -> Int {
        let defocus = (position - 1 / distance) / 0.5
        return Int(1000 / (1 + defocus * defocus)) + 100
    }

    /// Starts one scan; honoured in `auto` mode only, as in libcamera.
    package mutating func trigger(_ settings: Settings) {
        if settings.mode == .auto { start(settings.range) }
    }

    /// Looks at one frame's figure and moves the lens for the next one.
    package mutating func step(_ figure: Int, _ settings: Settings) {
        if settings.mode != mode { enter(settings) }
        if settings.mode == .manual { position = settings.manualPosition }
        if scan != nil { walk(figure, settings) } else if settings.mode == .continuous { watch(figure, settings) }
    }

    private mutating func enter(_ settings: Settings) {
        mode = settings.mode
        scan = nil
        state = .idle
        if settings.mode == .continuous { start(settings.range) }
    }

    private mutating func start(_ range: ClosedRange<Double>) {
        state = .scanning
        position = range.lowerBound
        scan = Scan(next: range.lowerBound, end: range.upperBound, step: AutoFocus.coarseStep)
    }

    private mutating func walk(_ figure: Int, _ settings: Settings) {
        guard var scan else { return }
        scan.frames += 1
        if scan.frames.isMultiple(of: AutoFocus.framesPerStep) {
            if figure > scan.best.figure { scan.best = (position, figure) }
            scan.next += scan.step
            let isPastTheHill = scan.best.figure > AutoFocus.sharpEnough && figure * 3 < scan.best.figure
            guard scan.next <= scan.end, !isPastTheHill else { return finish(scan, settings) }
            position = scan.next
        }
        self.scan = scan
    }

    private mutating func finish(_ walked: Scan, _ settings: Settings) {
        guard walked.step > AutoFocus.fineStep else { return settle(walked, settings) }
        let from = max(walked.best.position - AutoFocus.coarseStep, settings.range.lowerBound)
        let to = min(walked.best.position + AutoFocus.coarseStep, settings.range.upperBound)
        position = from
        scan = Scan(next: from, end: to, step: AutoFocus.fineStep)
    }

    private mutating func settle(_ walked: Scan, _ settings: Settings) {
        scan = nil
        changed = 0
        reference = 0
        state = walked.best.figure >= AutoFocus.sharpEnough ? .focused : .failed
        position = state == .focused ? walked.best.position : settings.rest
    }

    /// Scans again once the picture stays less sharp, or sharper, than it was.
    private mutating func watch(_ figure: Int, _ settings: Settings) {
        // The first figure after a scan is that of the lens on its way.
        if reference == 0 {
            changed += 1
            if changed > AutoFocus.framesPerStep { (reference, changed) = (figure, 0) }
            return
        }
        let isOutside = !settings.range.contains(position)
        changed = isOutside || abs(figure - reference) * 4 > reference ? changed + 1 : 0
        if changed >= AutoFocus.patience { start(settings.range) }
    }
}
