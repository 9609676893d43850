internal import CameraBindings
internal import Catalog
internal import Timing

/// A thread that makes pictures of one frame after the other.
///
/// It holds one frame at most, for as long as a pass over its pixels takes; while it is at work no other frame is taken, so that a
/// picture that takes long costs no buffer of the camera.
final class Darkroom: Sendable {
    /// A picture somebody wants of a frame.
    struct Order: Sendable {
        /// How it shall come out.
        let settings: PictureSettings
        /// Is given the picture, on the darkroom's thread.
        let deliver: @Sendable (Result<Still, Problem>) -> Void
    }

    private enum State {
        case free
        case waiting(Frame, [Order])
        case busy
        case over
    }

    private let state = Mutex(State.free)
    private let work = MonotonicSemaphore()
    private let clock: any HostClock
    private let label: @Sendable () -> CameraLabel
    private let zone: LocalTime.Zone

    /// After so many seconds without work, memory is given back.
    private static let patience = 10.0
    /// The stream's frames go first.
    private static let niceness: Int32 = 5

    /// Starts the thread.
    /// - Parameters:
    ///   - name: of the thread, at most 15 characters.
    ///   - label: says which camera the frames are from; called on the thread.
    init(
        _ name: String, clock: any HostClock, software: String, zone: @escaping LocalTime.Zone, label: @escaping @Sendable () -> CameraLabel
    ) {
        self.clock = clock
        self.label = label
        self.zone = zone
        _ = WorkThread(name, niceness: Darkroom.niceness) { [weak self, work] in
            var developer: Developer?
            while true {
                guard work.wait(seconds: developer == nil ? nil : Darkroom.patience) else {
                    developer = nil
                    continue
                }
                guard let self, let (exposed, orders) = expose(software, &developer) else { return }
                develop(exposed, orders)
            }
        }
    }

    deinit { end() }

    /// Whether it would take a frame now.
    var isFree: Bool { state.withLock { if case .free = $0 { true } else { false } } }

    /// Takes a frame to make pictures of; false, and nothing is done, while it is at work. For the camera's thread: never blocks.
    func take(_ frame: Frame, _ orders: [Order]) -> Bool {
        let isTaken = state.withLock { state in
            guard case .free = state else { return false }
            state = .waiting(frame, orders)
            return true
        }
        if isTaken { work.signal() }
        return isTaken
    }

    /// Ends the thread once it has finished what it is at; a frame that waits is not developed any more.
    func end() {
        let before = state.withLock { state in
            defer { state = .over }
            return state
        }
        work.signal()
        if case .waiting(_, let orders) = before { for order in orders { order.deliver(.failure(.ending)) } }
    }

    /// Takes the pixels of the frame that waits over; nil once it is over. The camera has its buffer back when this returns.
    private func expose(_ software: String, _ developer: inout Developer?) -> (Result<Developer, Problem>, [Order])? {
        let waiting: (Frame, [Order])? = state.withLock { state in
            guard case .waiting(let frame, let orders) = state else { return nil }
            state = .busy
            return (frame, orders)
        }
        guard let (frame, orders) = waiting else { return nil }
        do throws(Problem) {
            let known = if let developer { developer } else { try Developer(software: software) }
            developer = known
            let time = clock.wall - (clock.now.seconds - frame.metadata.report.timestamp)
            let local = clock.isTrusted ? LocalTime(wall: time, zone: zone) : nil
            try known.take(frame, time: time, local: local, label: label())
            return (.success(known), orders)
        } catch {
            return (.failure(error), orders)
        }
    }

    private func develop(_ exposed: Result<Developer, Problem>, _ orders: [Order]) {
        for (index, order) in orders.enumerated() {
            let picture = exposed.flatMap { developer in Result { () throws(Problem) in try developer.develop(order.settings) } }
            // Whoever asks again as soon as the last one is there finds the darkroom free.
            if index == orders.count - 1 { state.withLock { if case .busy = $0 { $0 = .free } } }
            order.deliver(picture)
        }
    }
}

extension Problem {
    static let ending = Problem(.unavailable, "the service is ending")
}
