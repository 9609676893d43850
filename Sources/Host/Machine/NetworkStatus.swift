internal import Catalog

/// Bytes and packets of all interfaces but the loopback, the one the default route takes, and what a wireless one receives.
struct NetworkStatus {
    let machine: Machine

    init(_ machine: Machine) { self.machine = machine }

    /// The reference service's section; null when nothing can be read.
    var document: Document {
        guard let counters else { return .null }
        var members: [Document.Member] = [
            .init("bytes_sent", .integer(counters[8])), .init("bytes_received", .integer(counters[0])),
            .init("packets_sent", .integer(counters[9])), .init("packets_received", .integer(counters[1])),
        ]
        if let wifi { members.append(.init("wifi", wifi)) }
        if let interface { members.append(.init("interface", .text(interface))) }
        return .object(members)
    }

    /// The columns of `/proc/net/dev`, summed.
    private var counters: [Int]? {
        guard let text = machine.text("/proc/net/dev") else { return nil }
        var sums = Array(repeating: 0, count: 16)
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].filter({ $0 != " " }) != "lo" else { continue }
            for (index, word) in line[line.index(after: colon)...].split(separator: " ").prefix(16).enumerated() {
                sums[index] &+= Int(word) ?? 0
            }
        }
        return sums
    }

    /// The interface of the default route with the lowest metric, or else the first one that is up.
    private var interface: String? {
        let routes = (machine.text("/proc/net/route") ?? "").split(separator: "\n").dropFirst().map { $0.split(separator: "\t") }
        let standard = routes.filter { $0.count > 7 && $0[1] == "00000000" && $0[7] == "00000000" }
        if let best = standard.min(by: { Int($0[6]) ?? 0 < Int($1[6]) ?? 0 }) { return String(best[0]) }
        return machine.names("/sys/class/net").first { $0 != "lo" && machine.words("/sys/class/net/\($0)/operstate")?.first == "up" }
    }

    /// The level column of `/proc/net/wireless`, in dBm.
    private var wifi: Document? {
        for line in (machine.text("/proc/net/wireless") ?? "").split(separator: "\n") where line.contains(":") {
            let words = line.split(separator: " ")
            guard words.count > 3, let level = Double(words[3]), level < 0 else { continue }
            let quality = min(max(2 * (level + 100), 0), 100)
            let word = level >= -50 ? "excellent" : level >= -60 ? "good" : level >= -70 ? "fair" : "weak"
            return ["signal_dbm": .integer(Int(level)), "quality_percent": .number(quality), "status": .text(word)]
        }
        return nil
    }
}
