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
    /// Why a control has no effect here.
    func reasonForLacking(_ key: String) -> String { "this camera (\(model)) has no '\(key)'" }

    /// Cuts a value that the Catalog accepts to what this camera can do.
    func narrow(_ control: Control, _ value: Value) -> Narrowed {
        guard control.target == .camera else { return .fine(value) }
        guard let limits = limits(of: control.key) else {
            return .unsupported(reason: reasonForLacking(control.key))
        }
        guard value != .null else {
            let reason = "this camera (\(model)) does not say what '\(control.key)' is when nobody sets it; it stays as it is"
            return .unsupported(reason: reason)
        }
        if let checked = try? limits.check(value, key: control.key) { return .fine(checked) }
        if case .choice(let words) = limits {
            let allowed = words.map { "'\($0)'" }.joined(separator: ", ")
            return .unsupported(reason: "this camera (\(model)) has no \(value) for '\(control.key)'; it has \(allowed)")
        }
        // 0 means "no limit" where the Catalog says so; it is never clamped up to the camera's smallest value.
        if value.double == 0, control.type.range?.lowerBound == 0, control.standard.double == 0 { return .fine(control.standard) }
        guard let cut = limits.nearest(to: value) else {
            return .unsupported(reason: "this camera (\(model)) cannot set '\(control.key)' to \(value)")
        }
        return .clamped(cut, reason: "this camera (\(model)) does \(limits.limitsText)")
    }
}
