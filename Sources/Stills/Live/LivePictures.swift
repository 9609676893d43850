internal import CameraBindings
public import Catalog
public import Timing

/// A live picture for any number of viewers, as one JPEG after the other; viewers with the same settings share each of them.
///
/// Pictures are made on a thread of their own. When that is at work a frame is left out, and the stream does not notice.
public final class LivePictures: Sendable {
    /// How a live picture shall look.
    public struct Settings: Sendable, Hashable {
        /// Size and quality.
        public var picture: PictureSettings
        /// At most so many pictures a second.
        public var framesPerSecond: Double

        /// Creates settings.
        public init(picture: PictureSettings, framesPerSecond: Double) {
            self.picture = picture
            self.framesPerSecond = framesPerSecond
        }
    }

    private struct Group {
        var cadence: Cadence
        var viewers: [Int: @Sendable ([UInt8]) -> Void] = [:]
    }

    private struct State {
        var groups: [Settings: Group] = [:]
        var last = 0
        /// Held while somebody views.
        var watch: Subscription?
        var isOver = false

        /// Adds a viewer; the first one has the source watched.
        mutating func add(
            _ settings: Settings, _ deliver: @escaping @Sendable ([UInt8]) -> Void, _ source: any FrameSource,
            _ look: @escaping @Sendable (Frame) -> Void
        ) throws(Problem) -> Int {
            guard !isOver else { throw .ending }
            let viewers = groups.values.map(\.viewers.count).reduce(0, +)
            let kinds = groups.count + (groups[settings] == nil ? 1 : 0)
            guard viewers < LivePictures.mostViewers, kinds <= LivePictures.mostKinds else {
                throw Problem(
                    .unavailable,
                    "\(viewers) view \(groups.count) kinds of live picture already; ask for one of the same size, rate and quality")
            }
            last += 1
            groups[settings, default: .init(cadence: Cadence(framesPerSecond: settings.framesPerSecond))].viewers[last] = deliver
            if watch == nil { watch = source.watch(look) }
            return last
        }

        /// The kinds of picture a frame is due for; it is taken for them.
        mutating func due(_ report: FrameReport) -> [Settings] {
            let frameSeconds = Double(report.frameDuration ?? 0) / 1e6
            let due = groups.filter { $0.value.cadence.isDue(report.timestamp, frameSeconds: frameSeconds) }.map(\.key)
            for settings in due { groups[settings]?.cadence.took(report.timestamp) }
            return due
        }
    }

    /// One encode for each kind of picture, one after the other: more would be slower for everybody.
    static let mostKinds = 4
    /// How many may view.
    static let mostViewers = 64

    private let source: any FrameSource
    private let surface: any ControlSurface
    private let wrap: @Sendable (Still) -> [UInt8]
    private let darkroom: Darkroom
    private let state = Mutex(State())

    /// Creates live pictures.
    /// - Parameters:
    ///   - software: what EXIF says made a picture.
    ///   - wrap: makes of a picture what viewers are given, once for all of them; on the darkroom's thread.
    public init(
        source: any FrameSource, surface: any ControlSurface, clock: any HostClock, software: String,
        wrap: @escaping @Sendable (Still) -> [UInt8]
    ) {
        self.source = source
        self.surface = surface
        self.wrap = wrap
        darkroom = Darkroom("live", clock: clock, software: software, zone: LocalTime.systemZone) { [weak surface] in
            CameraLabel(surface?.info ?? .null)
        }
    }

    /// Hands pictures to `deliver` until the subscription is released; on the darkroom's thread, so it must not block.
    /// - Throws: `unavailable` without a camera, or with too many viewers or kinds of picture.
    public func view(_ settings: Settings, _ deliver: @escaping @Sendable ([UInt8]) -> Void) throws(Problem) -> Subscription {
        try surface.requirePictures()
        let viewer = try state.withLock { state throws(Problem) in
            try state.add(settings, deliver, source) { [weak self] in self?.arrived($0) }
        }
        return Subscription { [weak self] in self?.remove(viewer, settings) }
    }

    /// Ends it: no picture is delivered afterwards.
    public func end() {
        let (groups, watch) = state.withLock { state in
            state.isOver = true
            defer { (state.groups, state.watch) = ([:], nil) }
            return (state.groups, state.watch)
        }
        _ = (groups, watch)  // released outside the lock
        darkroom.end()
    }

    private func remove(_ viewer: Int, _ settings: Settings) {
        let (gone, watch) = state.withLock { state in
            let gone = state.groups[settings]?.viewers.removeValue(forKey: viewer)
            if state.groups[settings]?.viewers.isEmpty ?? false { state.groups[settings] = nil }
            guard state.groups.isEmpty else { return (gone, nil as Subscription?) }
            defer { state.watch = nil }
            return (gone, state.watch)
        }
        _ = (gone, watch)  // released outside the lock
    }

    /// On the camera's thread.
    private func arrived(_ frame: Frame) {
        guard frame.pixels != nil, darkroom.isFree else { return }
        let due = state.withLock { $0.due(frame.metadata.report) }
        guard !due.isEmpty else { return }
        let orders = due.map { settings in
            Darkroom.Order(settings: settings.picture) { [weak self] in self?.deliver($0, settings) }
        }
        _ = darkroom.take(frame, orders)
    }

    private func deliver(_ picture: Result<Still, Problem>, _ settings: Settings) {
        guard case .success(let still) = picture else { return }
        let viewers = state.withLock { Array(($0.groups[settings]?.viewers ?? [:]).values) }
        guard !viewers.isEmpty else { return }
        let bytes = wrap(still)
        for deliver in viewers { deliver(bytes) }
    }
}
