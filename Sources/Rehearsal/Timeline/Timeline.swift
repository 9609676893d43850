internal import Glibc
internal import Timing

/// All that happened in a rehearsal, in order.
package final class Timeline: Sendable {
    private struct State {
        var entries: [TimelineEntry] = []
        var samples: [TimelineSample] = []
        var stills: [TimelineStill] = []
        var last: TimelineSample?
    }

    private let state = Mutex(State())

    /// What is told, in order.
    package var entries: [TimelineEntry] { state.withLock { $0.entries } }
    /// The entries from a place on.
    package func entries(from place: Int) -> ArraySlice<TimelineEntry> { state.withLock { $0.entries[place...] } }

    /// How things stood: at least every minute, and whenever light, exposure or profiles had changed.
    package var samples: [TimelineSample] { state.withLock { $0.samples } }
    /// The pictures that were taken.
    package var stills: [TimelineStill] { state.withLock { $0.stills } }
    /// The newest sample, whether it was kept or not.
    var last: TimelineSample? { state.withLock { $0.last } }

    /// Adds an entry.
    /// - Returns: its place, for ``update(_:_:)``.
    @discardableResult func add(_ entry: TimelineEntry) -> Int {
        state.withLock { state in
            state.entries.append(entry)
            return state.entries.count - 1
        }
    }

    /// Changes an entry that was added.
    func update(_ place: Int, _ change: (inout TimelineEntry) -> Void) { state.withLock { change(&$0.entries[place]) } }

    func add(_ still: TimelineStill) { state.withLock { $0.stills.append(still) } }

    /// Notes how things stand; kept when it says something new.
    func note(_ sample: TimelineSample) {
        state.withLock { state in
            state.last = sample
            guard state.samples.last.map(sample.isNews) ?? true else { return }
            state.samples.append(sample)
        }
    }

    /// How things stood at a time; nil before the first frame.
    package func sample(at time: Double) -> TimelineSample? {
        state.withLock { state in
            var (low, high) = (0, state.samples.count)
            while low < high {
                let middle = (low + high) / 2
                if state.samples[middle].time <= time { low = middle + 1 } else { high = middle }
            }
            return low == 0 ? nil : state.samples[low - 1]
        }
    }
}

extension TimelineSample {
    /// Whether it differs from the last one that was kept, or that one is old.
    fileprivate func isNews(_ last: TimelineSample) -> Bool {
        time - last.time >= 60 || profiles != last.profiles || hasFrame != last.hasFrame
            || TimelineSample.differ(lux, last.lux, by: 1.2)
            || TimelineSample.differ(exposureTime * gain, last.exposureTime * last.gain, by: 1.1)
    }

    private static func differ(_ a: Double, _ b: Double, by ratio: Double) -> Bool {
        let (low, high) = a < b ? (a, b) : (b, a)
        return high > max(low, 0.0005) * ratio
    }
}
