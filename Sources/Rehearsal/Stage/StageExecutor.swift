internal import Timing

/// Runs what tasks do next, when the stage says so and on its thread.
final class StageExecutor: TaskExecutor {
    private let jobs = Mutex(Line<UnownedJob>())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// Runs the oldest job; false when there is none.
    func runNext() -> Bool {
        guard let job = jobs.withLock({ $0.popFirst() }) else { return false }
        job.runSynchronously(on: asUnownedTaskExecutor())
        return true
    }
}
