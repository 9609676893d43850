public import CameraBindings
internal import Timing

/// Notes every signal of a camera, and waits for what a test wants to see.
public final class SignalLog: Sendable {
    private struct State {
        var metadata: [FrameMetadata] = []
        var latest: Frame?
        var losses: [String] = []
        var held: [Frame] = []
        var holds = 0
    }

    private let state = Mutex(State())

    /// Creates an empty log.
    public init() {}

    /// The handler for ``Camera/start(_:)``.
    public var handler: @Sendable (CameraSignal) -> Void {
        { [weak self] in self?.note($0) }
    }

    private func note(_ signal: CameraSignal) {
        // The frame that goes is released outside of the lock: giving a buffer back calls the camera.
        let gone: Frame? = state.withLock { state in
            guard case .frame(let frame) = signal else {
                if case .lost(let reason) = signal { state.losses.append(reason) }
                return nil
            }
            state.metadata.append(frame.metadata)
            if state.held.count < state.holds { state.held.append(frame) }
            defer { state.latest = frame }
            return state.latest
        }
        _ = gone
    }

    /// What the frames said, in the order of their arrival.
    public var metadata: [FrameMetadata] { state.withLock { $0.metadata } }
    /// How many frames came.
    public var count: Int { state.withLock { $0.metadata.count } }
    /// The newest frame.
    public var latest: Frame? { state.withLock { $0.latest } }
    /// Why the camera said that it is lost.
    public var losses: [String] { state.withLock { $0.losses } }
    /// Frames that are kept.
    public var held: [Frame] { state.withLock { $0.held } }

    /// Keeps the next `count` frames.
    public func hold(_ count: Int) { state.withLock { $0.holds = count } }

    /// Lets go of every frame.
    public func release() {
        let gone = state.withLock { state in
            defer { (state.held, state.holds, state.latest) = ([], 0, nil) }
            return (state.held, state.latest)
        }
        _ = gone
    }

    /// Waits until something is so.
    /// - Throws: ``Violation`` when it is not so in time.
    public func wait(for what: String, within seconds: Double = 10, until isSo: @Sendable (SignalLog) -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while !isSo(self) {
            guard ContinuousClock.now < deadline else { throw Violation("waited \(seconds) s for \(what)") }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Waits for some further frames.
    /// - Throws: ``Violation`` when they do not come in time.
    public func more(_ frames: Int) async throws {
        let wanted = count + frames
        try await wait(for: "\(frames) frames") { $0.count >= wanted }
    }
}

/// What a camera did that no camera may do.
public struct Violation: Error, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// Creates a violation.
    public init(_ description: String) { self.description = description }

    /// Throws unless something holds.
    public static func unless(_ holds: Bool, _ sentence: @autoclosure () -> String) throws {
        guard holds else { throw Violation(sentence()) }
    }
}
