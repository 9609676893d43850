internal import CameraBindings
public import Catalog
internal import Dispatch
public import Timing

/// Takes pictures of the running camera: waits for the frame that follows a request and has it made into a JPEG.
///
/// The stream is not held up: frames come by a hand-over that never blocks, pictures are made on a thread of their own, and whoever asks
/// for the same picture at the same time shares it.
public final class Photographer: Sendable {
    private typealias Reply = @Sendable (Result<Still, Problem>) -> Void

    private struct State {
        var shutter = Shutter()
        var replies: [Int: Reply] = [:]
        /// Held while somebody waits.
        var watch: Subscription?
        var isOver = false

        /// The subscription to frames, once nobody waits for one; it is released by the caller, outside the lock.
        mutating func takeIdleWatch() -> Subscription? {
            guard shutter.isIdle else { return nil }
            defer { watch = nil }
            return watch
        }
    }

    private let source: any FrameSource
    private let surface: any ControlSurface
    private let clock: any HostClock
    private let darkroom: Darkroom
    private let state = Mutex(State())
    private let timer = DispatchQueue(label: "luneta.stills", qos: .utility)

    /// Creates a photographer.
    /// - Parameters:
    ///   - software: what EXIF says made the picture, such as `Luneta 0.1.0`.
    public init(source: any FrameSource, surface: any ControlSurface, clock: any HostClock, software: String) {
        self.source = source
        self.surface = surface
        self.clock = clock
        darkroom = Darkroom("stills", clock: clock, software: software, zone: LocalTime.systemZone) { [weak surface] in
            CameraLabel(surface?.info ?? .null)
        }
    }

    /// Takes a picture.
    /// - Parameter isFresh: whether its exposure has to begin after this call, which may take one frame longer; otherwise it is the next
    ///   frame to arrive.
    /// - Throws: `unavailable` without a camera or with too many waiting, `timeout` when no frame comes.
    public func take(_ settings: PictureSettings, isFresh: Bool = false) async throws(Problem) -> Still {
        try surface.requirePictures()
        let patience = patience
        return try await withCheckedContinuation { continuation in
            ask(settings, isFresh, patience) { continuation.resume(returning: $0) }
        }.get()
    }

    /// Ends it: whoever waits is told, and so is everybody afterwards.
    public func end() {
        let (left, watch) = state.withLock { state in
            state.isOver = true
            let left = state.shutter.clear().compactMap { state.replies.removeValue(forKey: $0) }
            defer { state.watch = nil }
            return (left, state.watch)
        }
        _ = watch
        for reply in left { reply(.failure(.ending)) }
        darkroom.end()
    }

    /// How many wait for a frame.
    package var waiting: Int { state.withLock { $0.shutter.waiters.count } }

    /// How long a frame may take: some frame times, and the exposure that is asked for.
    private var patience: Double {
        let report = surface.frame
        let isManual = (try? surface.read("exposure.auto")) == false
        let asked = (try? surface.read(isManual ? "exposure.time" : "exposure.max_time").double) ?? 0
        let exposure = max(Double(report?.exposureTime ?? 0), asked)
        return 2 + (3 * max(Double(report?.frameDuration ?? 33_333), exposure) + exposure) / 1e6
    }

    private func ask(_ settings: PictureSettings, _ isFresh: Bool, _ patience: Double, _ reply: @escaping Reply) {
        let refusal = state.withLock { state -> Problem? in
            guard !state.isOver else { return .ending }
            do throws(Problem) {
                let id = try state.shutter.ask(settings, isFresh: isFresh, at: clock.now, patience: patience)
                state.replies[id] = reply
            } catch {
                return error
            }
            if state.watch == nil { state.watch = source.watch { [weak self] in self?.arrived($0) } }
            return nil
        }
        if let refusal { return reply(.failure(refusal)) }
        timer.asyncAfter(deadline: .now() + patience + 0.001) { [weak self] in self?.expire() }
    }

    /// On the camera's thread.
    private func arrived(_ frame: Frame) {
        guard frame.pixels != nil, darkroom.isFree else { return }
        let groups = state.withLock { $0.shutter.arrived(exposureBegan: frame.metadata.report.timestamp) }
        guard !groups.isEmpty else { return }
        let orders = groups.map { group in
            Darkroom.Order(settings: group.settings) { [weak self] picture in self?.deliver(picture, to: group.waiters) }
        }
        guard !darkroom.take(frame, orders) else { return }
        for group in groups { deliver(.failure(.ending), to: group.waiters) }
    }

    private func deliver(_ picture: Result<Still, Problem>, to waiters: [Int]) {
        let (replies, watch) = state.withLock { state in
            (waiters.compactMap { state.replies.removeValue(forKey: $0) }, state.takeIdleWatch())
        }
        _ = watch
        for reply in replies { reply(picture) }
    }

    /// Tells whoever has waited too long.
    package func expire() {
        let (replies, watch) = state.withLock { state in
            let late = state.shutter.expire(clock.now)
            return (late.compactMap { state.replies.removeValue(forKey: $0) }, state.takeIdleWatch())
        }
        _ = watch
        guard !replies.isEmpty else { return }
        let problem = noFrame
        for reply in replies { reply(.failure(problem)) }
    }

    private var noFrame: Problem {
        do throws(Problem) {
            try surface.requirePictures()
        } catch {
            return error
        }
        return Problem(.timeout, "no frame came in time; '/health' says how the camera is")
    }
}
