internal import CameraBindings
internal import Catalog

/// What becomes of a valid value on the attached camera.
enum Narrowed: Equatable {
    /// It can be sent as it is.
    case fine(Value)
    /// It was cut to what the camera can do, and why.
    case clamped(Value, reason: String)
    /// The camera cannot do it at all, and why.
    case unsupported(reason: String)

    /// The value to send; nil when there is none.
    var sent: Value? {
        switch self {
        case .fine(let value), .clamped(let value, _): value
        case .unsupported: nil
        }
    }
}

extension Capabilities {
    /// Cuts a value that the Catalog accepts to what this camera can do.
    func narrow(_ control: Control, _ value: Value) -> Narrowed {
        guard control.target == .camera else { return .fine(value) }
        guard let limits = limits[control.key] else {
            return .unsupported(reason: "this camera (\(model)) has no '\(control.key)'")
        }
        if let checked = try? limits.check(value, key: control.key) { return .fine(checked) }
        if case .choice(let words) = limits {
            let allowed = words.map { "'\($0)'" }.joined(separator: ", ")
            return .unsupported(reason: "this camera (\(model)) has no \(value) for '\(control.key)'; it has \(allowed)")
        }
        guard let number = value.double, let range = limits.range else {
            return .unsupported(reason: "this camera (\(model)) cannot set '\(control.key)' to \(value)")
        }
        return clamp(number, range, limits, control)
    }

    private func clamp(_ number: Double, _ range: ClosedRange<Double>, _ limits: ValueType, _ control: Control) -> Narrowed {
        // 0 means "no limit" where the Catalog says so; it is never clamped up to the camera's smallest value.
        if number == 0, control.type.range?.lowerBound == 0, control.standard.double == 0 { return .fine(control.standard) }
        let cut = min(max(number, range.lowerBound), range.upperBound)
        let value: Value = if case .integer = limits { .integer(Int(cut)) } else { .number(cut) }
        let unit = limits.unit == .none ? "" : " \(limits.unit.rawValue)"
        let words = "\(Value.plain(range.lowerBound)) to \(Value.plain(range.upperBound))\(unit)"
        return .clamped(value, reason: "this camera (\(model)) does \(words)")
    }
}
