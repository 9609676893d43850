internal import Glibc

/// A named thread that runs one closure to its end.
public final class WorkThread: Sendable {
    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    private let ended = MonotonicSemaphore()

    /// Starts the thread; `name` has at most 15 characters.
    ///
    /// A `niceness` above 0 has it wait for threads that do more urgent work; on Linux it is one thread's own, and raising it needs no
    /// right.
    public init(_ name: String, niceness: Int32 = 0, _ run: @escaping @Sendable () -> Void) {
        let ended = ended
        let body = Body(name: name) {
            if niceness > 0 { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
            run()
            ended.signal()
        }
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, WorkThread.start, Unmanaged.passRetained(body).toOpaque())
        precondition(status == 0, "no thread for '\(name)': \(status)")
        pthread_detach(thread)
    }

    /// Waits until it has ended, at most so many seconds; whether it has.
    public func wait(seconds: Double) -> Bool {
        guard ended.wait(seconds: seconds) else { return false }
        ended.signal()
        return true
    }

    /// Names the calling thread, in at most 15 characters. The C library's call for this is hidden from Swift.
    public static func setName(_ name: String) {
        guard let file = fopen("/proc/thread-self/comm", "w") else { return }
        fputs(name, file)
        fclose(file)
    }

    private static let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { raw in
        guard let raw else { return nil }
        let body = Unmanaged<Body>.fromOpaque(raw).takeRetainedValue()
        setName(body.name)
        body.run()
        return nil
    }
}
