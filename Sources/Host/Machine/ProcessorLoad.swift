internal import ServiceLifecycle
internal import Timing

/// How busy the processors were in the last two seconds, from `/proc/stat`.
final class ProcessorLoad: Sendable {
    /// Ticks of all processors since the machine was started.
    struct Ticks: Sendable, Equatable {
        let busy: Double
        let all: Double

        /// Reads the first line: user, nice, system, idle, iowait, irq, softirq, steal. Guests are counted in user already.
        init?(_ text: String) {
            let words = text.prefix { $0 != "\n" }.split(separator: " ")
            let numbers = words.dropFirst().prefix(8).compactMap { Double($0) }
            guard words.first == "cpu", numbers.count >= 4 else { return nil }
            all = numbers.reduce(0, +)
            busy = all - numbers[3] - (numbers.count > 4 ? numbers[4] : 0)
        }
    }

    private let machine: Machine
    private let state: Mutex<(ticks: Ticks?, percent: Double)>

    /// Creates a reading; until the second ``sample()`` it tells the average since the machine was started.
    init(_ machine: Machine) {
        self.machine = machine
        let ticks = machine.text("/proc/stat").flatMap(Ticks.init)
        state = Mutex((ticks, ticks.map { 100 * $0.busy / max($0.all, 1) } ?? 0))
    }

    /// 0 to 100 over all processors.
    var percent: Double { state.withLock { $0.percent } }

    /// Takes the share since the last sample.
    func sample() {
        guard let now = machine.text("/proc/stat").flatMap(Ticks.init) else { return }
        state.withLock { state in
            if let before = state.ticks, now.all > before.all {
                state.percent = min(max(100 * (now.busy - before.busy) / (now.all - before.all), 0), 100)
            }
            state.ticks = now
        }
    }
}

/// Samples the load as long as the service runs.
struct LoadWatch: Service {
    let load: ProcessorLoad

    func run() async {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: .seconds(2))) != nil { load.sample() }
        }
    }
}
