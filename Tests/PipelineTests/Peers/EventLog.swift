import Pipeline
import Timing

/// What a pipeline reported, in order.
final class EventLog: Sendable {
    private let log = Mutex<[PipelineEvent]>([])

    var all: [PipelineEvent] { log.withLock { $0 } }

    func add(_ event: PipelineEvent) { log.withLock { $0.append(event) } }

    /// The last reason given for being down.
    var lastDown: String? {
        all.reversed().lazy.compactMap { if case .down(let reason) = $0 { reason } else { nil } }.first
    }
}
