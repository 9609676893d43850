import Foundation

typealias Thread = Foundation.Thread

extension Foundation.Thread {
    /// Runs a closure on a thread of its own.
    static func detach(_ run: @escaping @Sendable () -> Void) { detachNewThread(run) }
}
