internal import Catalog
internal import Glibc
internal import Timing

/// What the machine under the service is doing, read from the kernel's files: no child process, no pause.
struct MachineStatus: Sendable {
    let machine: Machine
    let load: ProcessorLoad
    let clock: any HostClock
    private let start: Instant

    /// Creates readings of a machine; the service's uptime counts from here.
    init(_ machine: Machine = Machine(), clock: any HostClock) {
        self.machine = machine
        self.clock = clock
        start = clock.now
        load = ProcessorLoad(machine)
    }

    /// The reference service's sections; one that cannot be read is null.
    var document: Document {
        [
            "temperature": temperature, "cpu": processor, "memory": memory, "network": NetworkStatus(machine).document,
            "disk": MachineStatus.disk("/"), "uptime": uptime, "throttled": Throttling(machine)?.document ?? .null,
        ]
    }

    /// The processor's zone, or else the first one; thousandths of a degree in the file.
    private var temperature: Document {
        let folder = "/sys/class/thermal"
        let zones = machine.names(folder).filter { $0.hasPrefix("thermal_zone") }
        let ofProcessor = zones.first { zone in
            ["cpu", "soc", "x86_pkg"].contains { machine.text("\(folder)/\(zone)/type")?.contains($0) ?? false }
        }
        guard let zone = ofProcessor ?? zones.first, let raw = machine.number("\(folder)/\(zone)/temp") else { return .null }
        let degrees = raw / 1000
        let word = degrees < 60 ? "normal" : degrees < 70 ? "warm" : degrees < 80 ? "hot" : "critical"
        return ["cpu_c": .number(degrees.rounded(places: 1)), "status": .text(word)]
    }

    private var processor: Document {
        guard let averages = machine.words("/proc/loadavg"), averages.count >= 3 else { return .null }
        let numbers = averages.prefix(3).map { Document.number((Double($0) ?? 0).rounded(places: 2)) }
        return [
            "usage_percent": .number(load.percent.rounded(places: 1)),
            "load_average": ["1min": numbers[0], "5min": numbers[1], "15min": numbers[2]],
            "cores": .integer(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
        ]
    }

    private var memory: Document {
        guard let total = machine.memory("MemTotal").map(Double.init),
            let available = machine.memory("MemAvailable").map(Double.init), total > 0
        else { return .null }
        let used = total - available
        return [
            "total_mb": .number((total / 1024).rounded(places: 1)), "used_mb": .number((used / 1024).rounded(places: 1)),
            "available_mb": .number((available / 1024).rounded(places: 1)), "percent": .number((100 * used / total).rounded(places: 1)),
        ]
    }

    private static func disk(_ path: String) -> Document {
        var figures = statvfs()
        guard statvfs(path, &figures) == 0, figures.f_blocks > 0 else { return .null }
        let block = Double(figures.f_frsize) / Double(1 << 30)
        let (total, left) = (Double(figures.f_blocks) * block, Double(figures.f_bavail) * block)
        let used = total - Double(figures.f_bfree) * block
        // Blocks kept for root are neither used nor free: the share is that of what people can use, as `df` tells it.
        return [
            "total_gb": .number(total.rounded(places: 1)), "used_gb": .number(used.rounded(places: 1)),
            "free_gb": .number(left.rounded(places: 1)), "percent": .number((100 * used / max(used + left, 1e-9)).rounded(places: 1)),
        ]
    }

    private var uptime: Document {
        var members: [Document.Member] = [.init("service_seconds", .number(start.seconds(to: clock.now).rounded(places: 1)))]
        if let seconds = machine.words("/proc/uptime")?.first.flatMap({ Double($0) }) {
            members.append(.init("system_seconds", .number(seconds)))
            members.append(.init("system_days", .number((seconds / 86400).rounded(places: 1))))
        }
        return .object(members)
    }
}

extension Machine {
    /// The words of a file.
    func words(_ file: String) -> [Substring]? { text(file)?.split(whereSeparator: \.isWhitespace) }

    /// A file that is one number.
    func number(_ file: String) -> Double? { words(file)?.first.flatMap { Double($0) } }
}

extension Double {
    /// Rounded to so many decimal places.
    func rounded(places: Int) -> Double {
        let scale = pow(10, Double(places))
        return (self * scale).rounded() / scale
    }
}
