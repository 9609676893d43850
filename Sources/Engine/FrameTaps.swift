internal import CameraBindings
internal import Catalog
internal import Timing

/// Who looks at frames beside the pipeline: stills, live pictures.
final class FrameTaps: Sendable {
    typealias Look = @Sendable (Frame) -> Void

    private struct State {
        var looks: [Int: Look] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// Whether anybody looks.
    var isInUse: Bool { state.withLock { !$0.looks.isEmpty } }

    /// Adds somebody; `removed` is called once the subscription was released.
    func add(_ look: @escaping Look, removed: @escaping @Sendable () -> Void) -> Subscription {
        let id = state.withLock { state in
            state.next += 1
            state.looks[state.next] = look
            return state.next
        }
        return Subscription { [weak self] in
            // Released outside the lock: it may own something that unsubscribes.
            let gone = self?.state.withLock { $0.looks.removeValue(forKey: id) }
            _ = gone
            removed()
        }
    }

    /// Shows a frame to everybody. On the camera's thread.
    func show(_ frame: Frame) {
        let looks = state.withLock { $0.looks.isEmpty ? [] : Array($0.looks.values) }
        for look in looks { look(frame) }
    }
}
