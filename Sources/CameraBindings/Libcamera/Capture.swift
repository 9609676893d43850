internal import CCamera
internal import Catalog
internal import Glibc
internal import Timing

/// One run of a camera of libcamera's, from its start to its stop.
///
/// A thread of its own waits for frames, hands them over and queues requests, so that libcamera's thread is never held up and a
/// delivery may stop the camera.
final class Capture: Sendable {
    /// What a run needs.
    struct Parts: Sendable {
        var camera: NativeCamera
        var buffers: NativeBuffers
        var layout: PictureLayout
        /// Of the small picture, where there is one.
        var low: PictureLayout?
        /// For formats no encoder takes.
        var converter: PictureConverter?
        var reading: FrameReading
        var controls: Mutex<LiveControls>
        var numbering: Mutex<FrameNumbering>
        var wantsPixels: Mutex<Bool>
        var framerate: Double
        var clock: any HostClock
    }

    private let parts: Parts
    private let deliver: @Sendable (CameraSignal) -> Void
    private let isEnding = Mutex(false)
    /// Whether libcamera said itself that the camera went away.
    private let isGone = Mutex(false)

    private init(_ parts: Parts, _ deliver: @escaping @Sendable (CameraSignal) -> Void) {
        self.parts = parts
        self.deliver = deliver
    }

    /// Starts the camera and the thread.
    /// - Throws: `failed`.
    static func start(_ parts: Parts, _ deliver: @escaping @Sendable (CameraSignal) -> Void) throws(CameraError) -> Running {
        let camera = parts.camera
        try camera.start(parts.buffers.pointer, parts.controls.withLock { $0.starting() })
        parts.numbering.withLock { $0.started() }
        parts.buffers.reset { [weak camera] in camera?.wake() }
        let capture = Capture(parts, deliver)
        guard let thread = CameraThread({ capture.run() }) else {
            camera.stop()
            throw .failed("the system has no thread for the camera")
        }
        return Running(capture: capture, thread: thread)
    }

    /// A run with its thread.
    struct Running: Sendable {
        fileprivate let capture: Capture
        fileprivate let thread: CameraThread

        /// Ends the run; no signal is delivered afterwards. May be called from within a delivery.
        ///
        /// A camera whose driver went away without libcamera's noticing is left as it is.
        func stop() {
            capture.isEnding.withLock { $0 = true }
            let camera = capture.parts.camera
            camera.wake()
            thread.finish()
            capture.parts.buffers.reset(returned: nil)
            guard capture.isGone.withLock({ $0 }) || !DeviceNodes.hasLost else { return LibcameraLibrary.abandon(camera) }
            camera.stop()
        }
    }

    private var goesOn: Bool { !isEnding.withLock { $0 } }

    private func run() {
        var pacing = RequestPacing(frameSeconds: 1 / parts.framerate)
        while goesOn {
            guard let seconds = feed(&pacing) else { return lost("the camera takes no requests any more") }
            let event = parts.camera.wait(seconds: seconds)
            guard goesOn else { return }
            switch event.kind {
            case CCAM_EVENT_FRAME: complete(event, &pacing)
            case CCAM_EVENT_FAILED: parts.buffers.putBack(event.slot)
            case CCAM_EVENT_GONE:
                isGone.withLock { $0 = true }
                return lost("the camera '\(parts.camera.id)' went away")
            default: break
            }
        }
    }

    private func lost(_ reason: String) { if goesOn { deliver(.lost(reason)) } }

    /// Queues every idle slot that may go.
    /// - Returns: seconds until the next one may; nil when the camera refuses.
    private func feed(_ pacing: inout RequestPacing) -> Double? {
        while true {
            let wait = pacing.wait(parts.clock.now)
            guard wait == 0 else { return wait }
            guard let slot = parts.buffers.take() else { return 1 }
            let fields = parts.controls.withLock { $0.queueing(slot) }
            guard parts.camera.queue(slot, fields) else { return nil }
            pacing.queued(parts.clock.now)
        }
    }

    private func complete(_ event: ccam_event, _ pacing: inout RequestPacing) {
        let time = parts.numbering.withLock { $0.next(event.sequence, nanoseconds: event.timestamp, now: parts.clock.now) }
        pacing.completed(at: time.seconds)
        let fields = UnsafeBufferPointer(start: event.fields, count: event.field_count)
        var report = FrameReport()
        report.sequence = time.sequence
        report.timestamp = time.seconds
        report.frameDuration = Int(1e6 / parts.framerate)
        parts.reading.read(fields, into: &report)
        let (inForce, settled) = parts.controls.withLock { controls in
            controls.completed(event.slot, fields)
            return (controls.inForce, controls.settledRequest)
        }
        let metadata = FrameMetadata(report: report, settledRequest: settled, inForce: inForce)
        guard let frame = frame(event, metadata) else { return }
        deliver(.frame(frame))
    }

    /// The frame around a slot's picture; nil for a picture that cannot be shown.
    private func frame(_ event: ccam_event, _ metadata: FrameMetadata) -> Frame? {
        let planes = parts.buffers.planes(event.slot)
        if let pixels = parts.layout.pixels(planes) {
            let analysis = parts.low?.pixels(parts.buffers.planes(event.slot, low: true))
            return Frame(pixels: pixels, analysis: analysis, metadata: metadata, giveBack: parts.buffers.hold(event.slot))
        }
        defer { parts.buffers.putBack(event.slot) }
        guard parts.wantsPixels.withLock({ $0 }) else { return Frame(nil, metadata) }
        return parts.converter?.convert(planes, bytes: event.bytes).map { Frame($0, metadata) }
    }
}

/// Frame numbers that go on over stops, and times that can be believed.
struct FrameNumbering {
    private var base: UInt64 = 0
    private var last: UInt64?
    private var lastSeconds = -Double.infinity

    /// The driver counts from 0 again.
    mutating func started() { base = last.map { $0 + 1 } ?? 0 }

    /// The number and time of the next frame.
    ///
    /// A driver's number that does not grow (libcamera 0.4's virtual pipeline leaves it unset) is replaced by the next one; a time
    /// that is no time of the monotonic clock by the present.
    mutating func next(_ sequence: UInt32, nanoseconds: UInt64, now: Instant) -> (sequence: UInt64, seconds: Double) {
        let counted = base + UInt64(sequence)
        let next = last.map { $0 + 1 } ?? base
        let number = counted >= next && counted < next + 10_000 ? counted : next
        last = number
        let taken = Double(nanoseconds) / 1e9
        let isPlausible = abs(taken - now.seconds) < 10 && taken > lastSeconds
        lastSeconds = max(isPlausible ? taken : now.seconds, lastSeconds + 1e-6)
        return (number, lastSeconds)
    }
}
