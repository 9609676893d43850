internal import CJournal
internal import Server

/// What systemd's journal has kept of this service from before it was started.
enum Journal {
    /// Puts the unit's last lines in front of what the service logs itself; nothing happens outside of a unit, or where this user may
    /// not read the journal.
    static func seed(_ log: ServiceLog) {
        guard let unit = ownUnit else { return }
        read(unit: unit, folder: nil) { log.add(level: $0, $1) }
    }

    private static var ownUnit: String? {
        var name = [CChar](repeating: 0, count: 256)
        guard cjournal_own_unit(&name, name.count) == 0 else { return nil }
        let unit = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        // A login shell has a unit too, which is none of a service.
        return unit.hasSuffix(".service") ? unit : nil
    }

    /// Hands over the last lines of a unit, oldest first, with their level.
    static func read(unit: String, folder: String?, count: Int = ServiceLog.kept, _ take: (String, String) -> Void) {
        withoutActuallyEscaping(take) { take in
            var taker = Taker(take: take)
            withUnsafeMutablePointer(to: &taker) { pointer in
                _ = cjournal_read(folder, unit, Int32(count), takeLine, pointer)
            }
        }
    }

    /// The level in a line of ours, or else the journal's priority.
    fileprivate static func level(_ text: String, _ priority: Int32) -> String {
        let words = text.split(separator: " ", maxSplits: 2)
        if words.count == 3, let own = ServiceLog.level(named: String(words[1])) { return own }
        return switch priority {
        case 0...2: "CRITICAL"
        case 3: "ERROR"
        case 4: "WARNING"
        case 5: "NOTICE"
        case 6: "INFO"
        default: "DEBUG"
        }
    }
}

private struct Taker {
    let take: (String, String) -> Void
}

private func takeLine(_ context: UnsafeMutableRawPointer?, _ priority: Int32, _ text: UnsafePointer<CChar>?, _ length: Int) {
    guard let context, let text else { return }
    let line = String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
    context.assumingMemoryBound(to: Taker.self).pointee.take(Journal.level(line, priority), line)
}
