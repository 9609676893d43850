internal import CLua

/// A request to a script to stop in the middle of whatever it does.
///
/// `@unchecked Sendable` because the C side is one atomic, and the handle itself never changes.
final class StopFlag: @unchecked Sendable {
    let handle: OpaquePointer

    init() {
        guard let handle = clua_flag_create() else { preconditionFailure("no memory for a flag") }
        self.handle = handle
    }

    deinit { clua_flag_destroy(handle) }

    /// Raises the flag for good; any thread.
    func raise() { clua_flag_raise(handle) }
}
