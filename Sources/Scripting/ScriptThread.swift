internal import Foundation

/// A thread for one script, so that a loop in it stalls only itself.
enum ScriptThread {
    /// Two hundred nested C calls, which is what Lua allows, took 0.6 MB at most; only pages that are used become memory.
    private static let stackBytes = 2 << 20

    /// Starts a thread that runs `body` and ends.
    static func start(named name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        // The kernel keeps 15 bytes of a thread's name.
        thread.name = String("lua-\(name)".prefix(15))
        thread.stackSize = stackBytes
        thread.start()
    }
}
