package import Catalog

extension SensorModel {
    /// The limits of each Catalog control on this sensor; what is missing it does not have.
    package var limits: [String: ValueType] {
        Catalog.controls.filter { $0.target == .camera }.reduce(into: [:]) { $0[$1.key] = limit(of: $1) }
    }

    private func limit(of control: Control) -> ValueType? {
        switch control.key {
        case "exposure.time": .integer(max(Int(readouts[0].lineTime), 1)...longest, .microseconds)
        case "exposure.min_time", "exposure.max_time": control.type.capped(at: Double(longest))
        case "exposure.gain": .number(gain.range, .ratio)
        case "exposure.min_gain", "exposure.max_gain": control.type.capped(at: gain.range.upperBound)
        // A tuning file may bring a custom mode of its own; these sensors' have none.
        case "exposure.mode", "exposure.constraint", "exposure.metering", "white_balance.mode": control.type.without("custom")
        case "focus.mode", "focus.range": lens.map { _ in control.type }
        case "focus.lens_position": lens.map { .number($0, .dioptres) }
        case "image.hdr": hdrFramerate.map { _ in control.type }
        // Its image processing has no files.
        case "image.tuning": nil
        case "stream.size": .size(64...min(width, 4608))
        case "stream.framerate": control.type.capped(at: readouts.map(\.mode.maximumFramerate).max() ?? 30)
        // Choosing the mode is the host's part; it comes with the configuration.
        case "geometry.fov_mode": nil
        default: control.type
        }
    }

    private var longest: Int { min(Int(maximumExposure), 240_000_000) }
}

extension ValueType {
    fileprivate func capped(at limit: Double) -> ValueType {
        switch self {
        case .integer(let range, let unit): .integer(range.lowerBound...min(range.upperBound, Int(limit)), unit)
        case .number(let range, let unit): .number(range.lowerBound...min(range.upperBound, limit), unit)
        default: self
        }
    }

    fileprivate func without(_ word: String) -> ValueType {
        if case .choice(let words) = self { .choice(words.filter { $0 != word }) } else { self }
    }
}
