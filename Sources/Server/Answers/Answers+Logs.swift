internal import Catalog

extension Answers {
    /// The last lines of the service's log.
    func logs(_ call: Call) -> Document {
        let lines = log.last(call.query["lines"]?.int ?? 100, call.logFilter)
        return [
            "logs": .list(lines.map(Document.text)), "total_lines": .integer(lines.count),
            // The reference service's name: its clients may look for it.
            "service": "pi-camera-service",
        ]
    }

    /// New lines of the service's log.
    func followLogs(_ call: Call) -> Reply { .stream(log.follow(call.logFilter), ServerSentEvent.mediaType) }
}

extension Call {
    fileprivate var logFilter: LogFilter { LogFilter(level: query["level"]?.string, search: query["search"]?.string) }
}
