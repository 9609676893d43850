internal import CameraBindings
public import Catalog
internal import Dispatch
public import Timing

/// Focuses before a picture, and puts the focus mode back afterwards.
///
/// Requests at the same time share one scan; the mode goes back once the last of them has its picture.
public final class FocusPuller: Sendable {
    private struct State {
        /// Pictures that count on the focus as it is.
        var holders = 0
        /// The scan that is under way.
        var scan: Task<FocusResult, Never>?
    }

    private let source: any FrameSource
    private let surface: any ControlSurface
    private let clock: any HostClock
    private let patience: Double
    private let state = Mutex(State())
    private let timer = DispatchQueue(label: "luneta.focus", qos: .utility)

    /// Creates a puller.
    /// - Parameter patience: how long focusing may take in seconds, all in all.
    public init(source: any FrameSource, surface: any ControlSurface, clock: any HostClock, patience: Double = 3) {
        self.source = source
        self.surface = surface
        self.clock = clock
        self.patience = patience
    }

    /// Focuses, then shoots, whatever came of the focusing; the focus mode is put back in any case.
    public func focused<Picture: Sendable>(_ shoot: () async throws(Problem) -> Picture) async throws(Problem) -> (Picture, FocusResult) {
        if let reason = whyNot { return (try await shoot(), .skipped(reason)) }
        let scan = join()
        defer { leave() }
        let result = await scan.value
        return (try await shoot(), result)
    }

    /// How many pictures wait for focus, or count on it.
    package var waiting: Int { state.withLock { $0.holders } }

    /// Why focusing is no use; nil when it is.
    private var whyNot: String? {
        guard let mode = try? surface.state("focus.mode"), mode.isSupported, surface.info.table?["has_autofocus"] != false else {
            return "this camera has no autofocus lens"
        }
        guard mode.value == "auto" || mode.value == "continuous" else { return "'focus.mode' is \(mode.value)" }
        return nil
    }

    private func join() -> Task<FocusResult, Never> {
        state.withLock { state in
            state.holders += 1
            if let scan = state.scan { return scan }
            let scan = Task {
                let result = await self.scan()
                self.state.withLock { $0.scan = nil }
                return result
            }
            state.scan = scan
            return scan
        }
    }

    private func leave() {
        let isLast = state.withLock { state in
            state.holders -= 1
            return state.holders == 0
        }
        if isLast { _ = try? surface.release(["focus.mode"], by: .still) }
    }

    private func scan() async -> FocusResult {
        let deadline = clock.now.advanced(by: patience)
        do throws(Problem) {
            // A scan on request is a thing of this mode alone.
            if try surface.read("focus.mode") != "auto" {
                let ticket = try surface.apply(Change(.still, ["focus.mode": "auto"]))
                guard await settled(ticket, by: deadline) else { return .missed("the camera did not take 'focus.mode' in time") }
            }
            _ = try await surface.perform("focus.trigger", [:], by: .still)
        } catch {
            return .missed(error.sentence)
        }
        switch await end(by: deadline) {
        case .focused: return .reached
        case .failed: return .missed("the camera found no focus")
        case nil: return .missed("the focus scan took longer than \(Value.plain(patience)) s")
        }
    }

    /// Waits until a change is proved; false when that takes too long.
    private func settled(_ ticket: Ticket, by deadline: Instant) async -> Bool {
        await once(by: deadline, otherwise: false) { done in
            surface.whenSettled(ticket) { done($0["focus.mode"]?.state == .applied) }
            return nil
        }
    }

    /// Watches frames until the scan has ended; nil when that takes too long.
    private func end(by deadline: Instant) async -> FocusWatch.End? {
        let watch = Mutex(FocusWatch())
        return await once(by: deadline, otherwise: nil) { done in
            source.watch { frame in
                if let end = watch.withLock({ $0.see(frame.metadata.report.focusState) }) { done(end) }
            }
        }
    }

    /// Waits for the first of an answer and a deadline; what `begin` subscribed to is released then.
    private func once<Answer: Sendable>(
        by deadline: Instant, otherwise: Answer, _ begin: (_ done: @escaping @Sendable (Answer) -> Void) -> Subscription?
    ) async -> Answer {
        let pending = Pending<Answer>()
        return await withCheckedContinuation { continuation in
            pending.wait { continuation.resume(returning: $0) }
            pending.keep(begin { pending.finish($0) })
            timer.asyncAfter(deadline: .now() + max(0, clock.now.seconds(to: deadline))) { pending.finish(otherwise) }
        }
    }
}

/// An answer that comes once, and what has to be kept until then.
private final class Pending<Answer: Sendable>: Sendable {
    private struct State {
        var reply: (@Sendable (Answer) -> Void)?
        var subscription: Subscription?
        var isOver = false
    }

    private let state = Mutex(State())

    func wait(_ reply: @escaping @Sendable (Answer) -> Void) { state.withLock { $0.reply = reply } }

    func keep(_ subscription: Subscription?) {
        let late = state.withLock { state -> Subscription? in
            guard !state.isOver else { return subscription }
            state.subscription = subscription
            return nil
        }
        _ = late
    }

    func finish(_ answer: Answer) {
        let (reply, subscription) = state.withLock { state in
            defer { state = State(reply: nil, subscription: nil, isOver: true) }
            return (state.reply, state.subscription)
        }
        _ = subscription
        reply?(answer)
    }
}
