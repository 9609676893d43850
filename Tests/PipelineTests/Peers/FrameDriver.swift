import Dispatch
import Glibc
import Pipeline
import Synchronization
import Timing

/// A camera thread: offers frames to a pipeline at 30 a second until it is stopped or let go. One that is late loses time and does not
/// catch up in a burst: a camera has no frames of the time it did not run.
final class FrameDriver: Sendable {
    private let isOver = Atomic(false)
    private let ended = DispatchSemaphore(value: 0)

    init(_ pipeline: Pipeline, _ frames: TestFrames = TestFrames(), isNoise: Bool = false) {
        let isOver: @Sendable () -> Bool = { [weak self] in self?.isOver.load(ordering: .relaxed) ?? true }
        let ended = ended
        Thread.detach {
            let clock = SystemClock()
            var due = clock.now.seconds
            for number in UInt64(0)... {
                if isOver() { break }
                usleep(UInt32(max(0, due - clock.now.seconds) * 1e6))
                pipeline.offer(frames.frame(number, at: due, isNoise: isNoise))
                due = max(due + 1.0 / 30, clock.now.seconds)
            }
            ended.signal()
        }
    }

    /// Ends it, and waits until no frame is offered any more.
    func stop() {
        isOver.store(true, ordering: .relaxed)
        ended.wait()
    }
}
