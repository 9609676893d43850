internal import Timing

/// Says when the next request may go to a camera that delivers faster than it was asked to.
///
/// A sensor keeps its frame rate by itself and wants requests as early as can be. libcamera's virtual pipeline, and webcams that know
/// one rate only, do not: once frames come much sooner than asked, requests are given out one for each frame time.
struct RequestPacing {
    /// Intervals in a row that must be too short before requests are held back.
    private static let evidence = 4
    /// What counts as too short, as a part of the frame time.
    private static let early = 0.6

    /// Whether requests are held back.
    private(set) var isPaced = false
    private let frameSeconds: Double
    private var earlyFrames = 0
    private var last: Double?
    private var due: Instant?

    /// Creates a pacing for frames of so many seconds.
    init(frameSeconds: Double) { self.frameSeconds = frameSeconds }

    /// A frame came that was taken at so many seconds of the camera's clock.
    mutating func completed(at seconds: Double) {
        defer { last = seconds }
        guard !isPaced, let last else { return }
        earlyFrames = seconds - last < frameSeconds * RequestPacing.early ? earlyFrames + 1 : 0
        isPaced = earlyFrames >= RequestPacing.evidence
    }

    /// Seconds until the next request may be queued; 0 when it may go now.
    func wait(_ now: Instant) -> Double {
        guard isPaced, let due else { return 0 }
        return max(0, now.seconds(to: due))
    }

    /// A request was queued. The schedule is absolute, so that the rate does not drift; one that fell behind starts anew.
    mutating func queued(_ now: Instant) {
        guard isPaced else { return }
        let next = (due ?? now).advanced(by: frameSeconds)
        due = next.seconds(to: now) > frameSeconds ? now.advanced(by: frameSeconds) : next
    }
}
