internal import CameraBindings
internal import Catalog
internal import Timing

/// Decides when a picture is shown again: players give up on a stream in which nothing comes for seconds, and one that joins waits for
/// several frames before it shows anything. A frame is kept for that only while the camera takes much longer over the next one.
struct Repetition {
    /// Seconds between two showings: ffmpeg shows a stream once it has seen twenty frames, or for five seconds.
    static let interval = 0.1
    /// A repetition this close before the next frame would only get in its way.
    private static let margin = 0.05
    /// A camera that is late by so much has stalled; its last picture is shown on.
    private static let stall = 0.5

    private var kept: (frame: Frame, at: Instant, duration: Double)?

    /// How long to wait for a frame; nil as long as it takes.
    var patience: Double? { kept == nil ? nil : Repetition.interval }

    /// Notes the frame that was shown at a time.
    mutating func showed(_ frame: Frame, at now: Instant, framerate: Double) {
        let duration = Double(frame.metadata.report.frameDuration ?? 0) / 1e6
        let isLong = duration > max(Repetition.interval + Repetition.margin, 1.5 / framerate)
        kept = isLong ? (frame, now, duration) : nil
    }

    /// The frame to show again, with the timestamp it gets.
    func due(at now: Instant) -> (frame: Frame, timestamp: Double)? {
        guard let kept else { return nil }
        let age = kept.at.seconds(to: now)
        guard age < kept.duration - Repetition.margin || age > kept.duration + Repetition.stall else { return nil }
        return (kept.frame, kept.frame.metadata.report.timestamp + age)
    }
}
