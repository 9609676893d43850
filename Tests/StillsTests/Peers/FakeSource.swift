import CameraBindings
import Catalog
import Stills
import Timing

/// Frames when a test says so.
final class FakeSource: FrameSource {
    private let looks = Mutex<(next: Int, by: [Int: @Sendable (Frame) -> Void])>((0, [:]))

    /// How many look.
    var watchers: Int { looks.withLock { $0.by.count } }

    func watch(_ look: @escaping @Sendable (Frame) -> Void) -> Subscription {
        let id = looks.withLock { looks in
            looks.next += 1
            looks.by[looks.next] = look
            return looks.next
        }
        return Subscription { [weak self] in
            let gone = self?.looks.withLock { $0.by.removeValue(forKey: id) }
            _ = gone
        }
    }

    func show(_ frame: Frame) { for look in looks.withLock({ Array($0.by.values) }) { look(frame) } }

    /// Waits until so many look.
    func watched(by count: Int = 1) async throws { try await eventually("\(count) look at frames") { self.watchers == count } }
}

/// Waits until something is so; for what other threads do.
func eventually(_ what: String, within seconds: Double = 60, _ isSo: @Sendable () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !isSo() {
        guard ContinuousClock.now < deadline else { throw NotInTime(what: what) }
        try await Task.sleep(for: .milliseconds(1))
    }
}

struct NotInTime: Error { let what: String }
