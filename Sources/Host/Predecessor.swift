internal import CRestart
internal import Foundation
internal import Logging

/// The process that was here before, in the same place and with the same pid, until a signal ended it.
struct Predecessor: Sendable {
    /// What it left; nil when it left nothing, or nothing that can be read.
    let legacy: Legacy?
    /// The sentence for the log, and whether it is no more than a notice.
    let sentence: String
    let isWhole: Bool

    /// Starts to catch the signals that a library ends the process with: whatever comes from here on, the process starts again.
    /// - Returns: who was here before; nil at a normal start.
    static func arm() -> Predecessor? {
        var left = cres_legacy()
        let status = cres_arm(CommandLine.argc, CommandLine.unsafeArgv, &left)
        if status != 0 {
            let reason = String(cString: strerror(-status))
            return Predecessor(legacy: nil, sentence: "an abort of a library will end luneta: \(reason)", isWhole: false)
        }
        guard left.signal != 0 else { return nil }
        let count = "\(left.restarts) of at most \(CRES_RESTARTS) times within \(CRES_SECONDS) s"
        let start = "started again after \(String(cString: cres_signal_name(left.signal))), \(count)"
        guard left.document >= 0 else {
            return Predecessor(legacy: nil, sentence: "\(start); there was nothing to go on from yet", isWhole: false)
        }
        do {
            let legacy = try Legacy(json: read(left.document))
            return Predecessor(legacy: legacy, sentence: "\(start); settings and scripts go on", isWhole: true)
        } catch {
            let reason = (error as? Exit)?.sentence ?? "\(error)"
            return Predecessor(legacy: nil, sentence: "\(start), afresh: what it left cannot be read: \(reason)", isWhole: false)
        }
    }

    private static func read(_ descriptor: Int32) throws -> Data {
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        try file.seek(toOffset: 0)
        return try file.readToEnd() ?? Data()
    }

    /// From here on an end is an end: a fault while everything is taken down does not start it again.
    static func disarm() { cres_disarm() }

    /// Ends this process in the way it survives: a new one goes on in its place.
    static func startAgain() -> Never { abort() }

    /// Tells people.
    func report(to logger: Logger) { logger.log(level: isWhole ? .notice : .warning, "\(sentence)") }
}
