internal import CameraBindings
internal import Timing

/// The camera of a rehearsal and the crank that turns it; another one after it was lost.
final class CameraSet: Sendable {
    private struct State {
        var camera: SimulatedCamera?
        var crank = HandCrank()
        /// Why no camera can be opened.
        var refusal: String?
    }

    private let model: String
    private let seed: UInt64
    private let clock: VirtualClock
    private let state = Mutex(State())

    init(_ plan: RehearsalPlan, _ clock: VirtualClock) {
        model = plan.camera
        seed = plan.seed
        self.clock = clock
    }

    /// Opens the camera.
    /// - Throws: when there is no such sensor, or it is away.
    func open() throws(CameraError) -> any Camera {
        if let refusal = state.withLock({ $0.refusal }) { throw .notFound(refusal) }
        var options = SimulationOptions()
        options.seed = seed
        options.estimatesLuma = true
        let crank = HandCrank()
        let camera = try SimulatedCamera(model, options, clock: clock, pace: crank)
        state.withLock { state in
            state.camera = camera
            state.crank = crank
        }
        return camera
    }

    /// Seconds a frame takes now.
    var frameSeconds: Double { state.withLock { $0.crank }.seconds }

    /// Takes a frame in a light.
    func turn(_ light: Light, at now: Instant) {
        let (camera, crank) = state.withLock { ($0.camera, $0.crank) }
        camera?.illuminate(light)
        crank.turn(at: now)
    }

    /// Takes the camera away for a reason, or brings it back.
    func fail(_ reason: String?) {
        let camera = state.withLock { state in
            state.refusal = reason
            return state.camera
        }
        if let reason { camera?.fail(reason) }
    }

    /// Forgets the camera.
    func close() { state.withLock { $0.camera = nil } }
}
