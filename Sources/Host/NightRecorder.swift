internal import Catalog
internal import Engine
internal import Foundation
internal import ServiceLifecycle
internal import Store
internal import Timing

/// Keeps the journal of a running service: the light of each second, events and decisions.
struct NightRecorder: Service {
    let journal: NightJournal
    let clock: any HostClock
    private let subscriptions: [Subscription]

    private static let interval = Duration.seconds(10)
    /// Events that come with every change, and are in the journal as light and decisions.
    private static let left: Set<String> = ["light.changed", "control.changed"]

    init(_ engine: Engine, _ journal: NightJournal, clock: any HostClock) {
        self.journal = journal
        self.clock = clock
        subscriptions = [
            engine.followFrames { report in
                if let frame = JournalFrame(report, time: clock.wall) { journal.note(frame) }
            },
            engine.subscribe(to: nil) { event in
                guard !NightRecorder.left.contains(event.topic) else { return }
                journal.note(JournalEntry(time: event.time, kind: "event", name: event.topic, fields: event.fields))
            },
            engine.followDecisions { decision in
                let entry = JournalEntry(
                    time: decision.time, kind: decision.kind.rawValue, name: decision.owner.description, fields: decision.values)
                if !decision.values.isEmpty { journal.note(entry) }
            },
        ]
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: NightRecorder.interval)) != nil { journal.flush(at: clock.wall) }
        }
        journal.flush(at: clock.wall)
        withExtendedLifetime(subscriptions) {}
    }
}
