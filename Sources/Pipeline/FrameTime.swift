internal import Timing

/// When a frame was taken and when it is to be shown.
struct FrameTime: Sendable, Equatable {
    /// Presentation time, 90 kHz.
    var pts: Int64
    /// The camera's timestamp.
    var captured: Instant
}

/// Makes presentation times that always grow out of camera timestamps that may jump.
struct FrameTimeline {
    private var last: Int64?
    private var offset: Int64 = 0

    /// The time of the next frame; a camera clock that steps back goes on one frame after the last one.
    mutating func time(of seconds: Double, framerate: Double) -> FrameTime {
        let ticks = Int64((seconds * 90_000).rounded())
        if let last, ticks + offset <= last {
            offset = last + Int64(90_000 / framerate) - ticks
        }
        let pts = ticks + offset
        last = pts
        return FrameTime(pts: pts, captured: Instant(nanoseconds: Int64(seconds * 1e9)))
    }
}
