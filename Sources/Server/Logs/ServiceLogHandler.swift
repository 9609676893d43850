internal import Foundation
internal import Glibc
public import Logging

/// Writes log entries to standard error and into the log that is served, with secrets taken out.
public struct ServiceLogHandler: LogHandler {
    public var logLevel = Logger.Level.info
    public var metadata: Logger.Metadata = [:]
    private let label: String
    private let mask: SecretMask
    private let log: ServiceLog

    /// Creates a handler of a label.
    public init(label: String, log: ServiceLog, mask: SecretMask) {
        self.label = label
        self.log = log
        self.mask = mask
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
        let words = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let level = event.level.rawValue.uppercased()
        let time = Date.now.formatted(ServiceLogHandler.time)
        let line = mask.hide("\(time) \(level) \(label): \(event.message)\(words)")
        ServiceLogHandler.write(line)
        log.add(level: level, line)
    }

    /// One line at once, so that lines of several threads do not mix; a closed standard error is nobody's problem.
    private static func write(_ line: String) {
        var bytes = Array(line.utf8)
        bytes.append(UInt8(ascii: "\n"))
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }

    private static let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
