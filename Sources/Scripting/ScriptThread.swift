internal import Foundation
internal import Glibc

/// A thread for one script, so that a loop in it stalls only itself.
enum ScriptThread {
    /// Two hundred nested C calls, which is what Lua allows, took 0.6 MB at most; only pages that are used become memory.
    private static let stackBytes = 2 << 20

    private static let niceness: Int32 = 19

    /// Starts a thread that runs `body` and ends.
    static func start(named name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread {
            // Video and REST go first where cores are few; on Linux this is the calling thread alone, and lowering needs no right.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, ScriptThread.niceness)
            body()
        }
        // The kernel keeps 15 bytes of a thread's name.
        thread.name = String("lua-\(name)".prefix(15))
        thread.stackSize = stackBytes
        thread.start()
    }
}
