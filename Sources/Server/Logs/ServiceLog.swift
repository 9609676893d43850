internal import Timing

/// The last lines of the service's log, in memory, for reading and following over REST.
public final class ServiceLog: Sendable {
    /// A line.
    struct Line: Sendable, Equatable {
        /// `TRACE`, `DEBUG`, `INFO`, `NOTICE`, `WARNING`, `ERROR` or `CRITICAL`.
        let level: String
        /// Time, level, place and message.
        let text: String
    }

    /// How many lines are kept: as many as the reference service can be asked for.
    public static let kept = 10_000
    /// How many lines a slow reader may be behind before it loses the oldest.
    private static let patience = 1000

    private struct State {
        /// A ring: the oldest line is at `start` once it is full.
        var lines: [Line] = []
        var start = 0
        var followers: [Int: (filter: LogFilter, feed: ByteFeed)] = [:]
        var nextFollower = 0
    }

    private let state = Mutex(State())

    /// Creates an empty log.
    public init() {}

    /// The level of a name in capitals; nil for any other word.
    public static func level(named name: String) -> String? { LogFilter.levels[name] }

    /// Adds an entry; one with several lines becomes as many.
    public func add(level: String, _ text: String) {
        for part in text.split(separator: "\n", omittingEmptySubsequences: true) { add(Line(level: level, text: String(part))) }
    }

    private func add(_ line: Line) {
        state.withLock { state in
            if state.lines.count < ServiceLog.kept {
                state.lines.append(line)
            } else {
                state.lines[state.start] = line
                state.start = (state.start + 1) % ServiceLog.kept
            }
            for (filter, feed) in state.followers.values where filter.passes(line) {
                feed.push(ServerSentEvent.bytes(line.text.utf8))
            }
        }
    }

    /// The last so many lines that pass, oldest first.
    func last(_ count: Int, _ filter: LogFilter) -> [String] {
        let lines = state.withLock { Array($0.lines[$0.start...] + $0.lines[..<$0.start]) }
        return lines.lazy.filter(filter.passes).map(\.text).suffix(count)
    }

    /// Streams lines that pass from now on.
    func follow(_ filter: LogFilter) -> ByteFeed {
        state.withLock { state in
            state.nextFollower += 1
            let number = state.nextFollower
            let feed = ByteFeed(capacity: ServiceLog.patience, heartbeat: ServerSentEvent.heartbeat) { [weak self] in self?.forget(number) }
            state.followers[number] = (filter, feed)
            return feed
        }
    }

    private func forget(_ number: Int) {
        let gone = state.withLock { $0.followers.removeValue(forKey: number) }
        _ = gone  // released outside the lock: its end calls back here
    }
}

/// Which lines somebody wants.
struct LogFilter: Sendable {
    fileprivate static let levels = [
        "TRACE": "TRACE", "DEBUG": "DEBUG", "INFO": "INFO", "NOTICE": "NOTICE", "WARN": "WARNING", "WARNING": "WARNING", "ERROR": "ERROR",
        "CRITICAL": "CRITICAL",
    ]

    private let level: String?
    /// A word that is no level is looked for in the text, upper-cased, as the reference service does with every word.
    private let word: String?
    private let search: String?

    /// Creates a filter; nil and empty let everything pass.
    init(level: String? = nil, search: String? = nil) {
        let upper = level?.uppercased() ?? ""
        self.level = LogFilter.levels[upper]
        word = self.level == nil && !upper.isEmpty ? upper : nil
        self.search = search.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether a line is wanted.
    func passes(_ line: ServiceLog.Line) -> Bool {
        if let level, line.level != level { return false }
        if let word, !line.text.contains(word) { return false }
        if let search, !line.text.contains(search) { return false }
        return true
    }
}
