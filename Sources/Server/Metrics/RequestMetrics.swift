internal import Catalog
internal import Timing

/// Counts requests and how long they took, by operation.
final class RequestMetrics: Sendable {
    /// Upper bounds of the histogram in seconds.
    static let bounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]

    private struct Figures {
        var statuses: [Int: Int] = [:]
        var buckets = Array(repeating: 0, count: bounds.count + 1)
        var seconds = 0.0
    }

    private let state = Mutex<[String: Figures]>([:])

    /// Notes an answered request; paths that lead nowhere are counted together.
    func note(_ operation: Operation?, status: Int, seconds: Double) {
        let bucket = RequestMetrics.bounds.firstIndex { seconds <= $0 } ?? RequestMetrics.bounds.count
        state.withLock { state in
            state[operation?.id ?? "none", default: Figures()].statuses[status, default: 0] += 1
            state[operation?.id ?? "none"]?.buckets[bucket] += 1
            state[operation?.id ?? "none"]?.seconds += seconds
        }
    }

    /// Writes what was noted.
    func write(to out: inout Exposition) {
        let all = state.withLock { $0 }.sorted { $0.key < $1.key }
        out.metric("luneta_http_requests_total", .counter, "Requests answered, by operation and status.")
        for (operation, figures) in all {
            for (status, count) in figures.statuses.sorted(by: { $0.key < $1.key }) {
                out.sample("luneta_http_requests_total", ["operation": operation, "status": "\(status)"], Double(count))
            }
        }
        out.metric("luneta_http_request_duration_seconds", .histogram, "Time until the answer's head, by operation.")
        for (operation, figures) in all { RequestMetrics.write(figures, of: operation, to: &out) }
    }

    private static func write(_ figures: Figures, of operation: String, to out: inout Exposition) {
        let name = "luneta_http_request_duration_seconds"
        var sum = 0
        for (bound, count) in zip(bounds.map { Value.plain($0) } + ["+Inf"], figures.buckets) {
            sum += count
            out.sample("\(name)_bucket", ["operation": operation, "le": bound], Double(sum))
        }
        out.sample("\(name)_sum", ["operation": operation], figures.seconds)
        out.sample("\(name)_count", ["operation": operation], Double(sum))
    }
}
