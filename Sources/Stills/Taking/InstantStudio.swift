internal import CameraBindings
package import Catalog
package import Timing

/// Takes pictures and keeps them on the thread that delivers frames, for rehearsals: nothing happens beside it.
///
/// Without a folder nothing is painted and nothing is written; a picture is then what would be known of it.
package final class InstantStudio: PictureTaker, MediaKeeper {
    private struct Waiter: Sendable {
        let settings: PictureSettings
        let asked: Instant
        let reply: @Sendable (Result<Still, Problem>) -> Void
    }

    private struct State {
        var waiters: [Waiter] = []
        /// Held while somebody waits.
        var watch: Subscription?
        /// Why nothing can be written.
        var refusal: Problem?
        /// How often each name with a counter was given out.
        var counts: [String: Int] = [:]
    }

    private let surface: any ControlSurface
    private let source: any FrameSource
    private let clock: any HostClock
    private let folder: MediaFolder?
    private let software: String
    private let state = Mutex(State())

    /// Creates a studio.
    /// - Parameter folder: where pictures are written; nil paints and writes none.
    package init(source: any FrameSource, surface: any ControlSurface, clock: any HostClock, folder: String?, software: String) {
        self.source = source
        self.surface = surface
        self.clock = clock
        self.folder = folder.map { MediaFolder($0) }
        self.software = software
    }

    /// Whether somebody waits for a frame.
    package var isWaiting: Bool { state.withLock { !$0.waiters.isEmpty } }

    /// Makes every write fail; nil lets them succeed again.
    package func refuse(_ problem: Problem?) { state.withLock { $0.refusal = problem } }

    package func take(_ arguments: [String: Value], isFresh: Bool) async throws(Problem) -> (still: Still, facts: [String: Value]) {
        try surface.requirePictures()
        let settings = PictureSettings(arguments)
        let still = try await withCheckedContinuation { continuation in
            ask(Waiter(settings: settings, asked: clock.now) { continuation.resume(returning: $0) })
        }.get()
        return (still, still.facts)
    }

    package func store(_ bytes: [UInt8], as place: PathTemplate.Filled) async throws(Problem) -> String {
        if let refusal = state.withLock({ $0.refusal }) { throw refusal }
        if let folder { return try folder.store(bytes, as: place) }
        let name = (place.folders + [place.name(0)]).joined(separator: "/")
        let number = state.withLock { state in
            state.counts[name, default: 0] += 1
            return state.counts[name] ?? 1
        }
        return (place.folders + [place.name(number)]).joined(separator: "/")
    }

    private func ask(_ waiter: Waiter) {
        let isFirst = state.withLock { state in
            state.waiters.append(waiter)
            return state.watch == nil
        }
        guard isFirst else { return }
        let watch =
            folder == nil ? surface.followFrames { [weak self] in self?.arrived($0) } : source.watch { [weak self] in self?.arrived($0) }
        state.withLock { $0.watch = watch }
    }

    /// Those whose frame this is; nobody is left waiting for long, since frames come when they are asked for.
    private func takeWaiters(_ report: FrameReport) -> (waiters: [Waiter], watch: Subscription?) {
        state.withLock { state in
            let served = state.waiters.filter { $0.asked.seconds <= report.timestamp }
            state.waiters.removeAll { $0.asked.seconds <= report.timestamp }
            guard state.waiters.isEmpty else { return (served, nil) }
            defer { state.watch = nil }
            return (served, state.watch)
        }
    }

    private func arrived(_ report: FrameReport) {
        let (waiters, _) = takeWaiters(report)
        let size = surface.info.table?["size"]?.list?.compactMap(\.int) ?? []
        guard size.count == 2 else { return }
        for waiter in waiters {
            let framing = Framing(waiter.settings, frameWidth: size[0], frameHeight: size[1])
            waiter.reply(
                .success(
                    Still(
                        bytes: [], width: framing.width, height: framing.height, fit: waiter.settings.fit, scaling: framing.scaling,
                        report: report, time: wall(of: report))))
        }
    }

    private func arrived(_ frame: Frame) {
        guard frame.pixels != nil else { return }
        let (waiters, _) = takeWaiters(frame.metadata.report)
        let time = wall(of: frame.metadata.report)
        for waiter in waiters {
            waiter.reply(
                Result { () throws(Problem) in
                    let developer = try Developer(software: software)
                    let local = clock.isTrusted ? LocalTime(wall: time) : nil
                    try developer.take(frame, time: time, local: local, label: CameraLabel(surface.info))
                    return try developer.develop(waiter.settings)
                })
        }
    }

    private func wall(of report: FrameReport) -> Double { clock.wall - (clock.now.seconds - report.timestamp) }
}
