/// What a number is counted in.
public enum Unit: String, Sendable, CaseIterable {
    /// A plain number.
    case none = ""
    /// Microseconds.
    case microseconds = "µs"
    /// Seconds.
    case seconds = "s"
    /// Dioptres, the reciprocal of metres.
    case dioptres
    /// Photographic stops: a factor of two in light each.
    case stops
    /// A factor.
    case ratio = "×"
    /// Frames a second.
    case framesPerSecond = "fps"
    /// Bits a second.
    case bitsPerSecond = "bit/s"
    /// Lux.
    case lux
    /// Kelvin.
    case kelvin = "K"
    /// Degrees of rotation.
    case degrees = "°"
    /// Picture elements.
    case pixels = "px"

    /// Whether text such as `"20ms"` or `"1/50s"` is accepted for it.
    public var isTime: Bool { self == .microseconds || self == .seconds }
}

/// Reads a time written with a unit.
public enum TimeText {
    /// Seconds in text such as `20ms`, `1/50s`, `5m`, `2h`, `1d`, `250us`; nil when it is not one.
    ///
    /// A number without a unit is not a time here: the caller knows which unit a bare number has.
    public static func seconds(_ text: String) -> Double? {
        let trimmed = text.filter { $0 != " " }
        guard let split = trimmed.lastIndex(where: { $0.isNumber || $0 == "." }) else { return nil }
        let digits = trimmed[...split]
        guard let scale = scales[String(trimmed[trimmed.index(after: split)...])] else { return nil }
        let parts = digits.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = Double(parts[0]), first.isFinite else { return nil }
        guard parts.count == 2 else { return first * scale }
        guard let second = Double(parts[1]), second > 0 else { return nil }
        return first / second * scale
    }

    private static let scales: [String: Double] = [
        "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400,
    ]
}
