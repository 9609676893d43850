internal import CCamera
internal import Catalog

extension RawControl {
    /// A control of libcamera's as people may set it.
    /// - Parameter catalogKeys: the controls of the Catalog that it carries out.
    init(_ control: NativeControl, catalogKeys: [String] = []) {
        self.init(
            type: control.type, standard: control.standard.flatMap(control.words), isSupported: control.isReported, vendor: control.vendor,
            limits: control.limits, catalogKeys: catalogKeys)
    }
}

extension NativeControl {
    /// What libcamera declares of it.
    fileprivate var type: ValueType { list(element(wholes: .min ... .max, reals: -.greatestFiniteMagnitude ... .greatestFiniteMagnitude)) }

    /// What the camera takes of it.
    fileprivate var limits: ValueType {
        if !enumerators.isEmpty, !allowed.isEmpty { return .choice(allowed.sorted().compactMap { enumerators[$0] }) }
        let (least, most) = (scalar(minimum), scalar(maximum))
        // A camera that says nothing, or nothing sensible, limits nothing.
        guard let least, let most, least <= most, least < most || shape.type == CCAM_BOOL else { return type }
        let wholes = (Int(exactly: least.rounded()) ?? .min)...(Int(exactly: most.rounded()) ?? .max)
        return list(element(wholes: wholes, reals: least...most))
    }

    /// The range of a list is given as a number in some versions and as a list in others; that of a rectangle is not that of its sides.
    private func scalar(_ value: Value?) -> Double? {
        guard shape.width == 1 else { return nil }
        return value?.double ?? value?.list?.first?.double
    }

    private func element(wholes: ClosedRange<Int>, reals: ClosedRange<Double>) -> ValueType {
        if !enumerators.isEmpty { return .choice(enumerators.sorted { $0.key < $1.key }.map(\.value)) }
        return switch shape.type {
        case CCAM_BOOL: .bool
        case CCAM_BYTE: .integer(wholes.clamped(to: 0...255), .none)
        case CCAM_UNSIGNED16: .integer(wholes.clamped(to: 0...65_535), .none)
        case CCAM_UNSIGNED32: .integer(wholes.clamped(to: 0...4_294_967_295), .none)
        case CCAM_INTEGER32: .integer(wholes.clamped(to: Int(Int32.min)...Int(Int32.max)), .none)
        case CCAM_FLOAT: .number(reals, .none)
        case CCAM_STRING: .text(maximum: 4096)
        case CCAM_RECTANGLE: .rectangle(Int(Int32.min)...Int(Int32.max))
        case CCAM_SIZE: .list(.integer(0...4_294_967_295, .pixels), count: 2...2)
        case CCAM_POINT: .list(.integer(Int(Int32.min)...Int(Int32.max), .pixels), count: 2...2)
        default: .integer(wholes, .none)
        }
    }

    private func list(_ element: ValueType) -> ValueType {
        guard shape.isArray else { return element }
        return .list(element, count: shape.elements > 0 ? shape.elements...shape.elements : 0 ... .max)
    }
}

// MARK: Words

extension NativeControl {
    /// libcamera's number for a word; everything else as it is.
    func number(_ value: Value) -> Value? {
        guard case .text(let word) = value, !enumerators.isEmpty else { return value }
        return enumerators.first { $0.value == word }.map { .integer($0.key) }
    }

    /// The word for libcamera's number; everything else as it is.
    func words(_ value: Value) -> Value {
        guard let number = value.int, let word = enumerators[number] else { return value }
        return .text(word)
    }
}

extension LibcameraLibrary {
    /// Every control that this version knows, as if a camera reported all of them.
    package static var everyControl: [String: RawControl] {
        knownControls.reduce(into: [:]) { controls, control in
            var reported = control
            reported.isReported = true
            controls[control.name] = RawControl(reported)
        }
    }
}
