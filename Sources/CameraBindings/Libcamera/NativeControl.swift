internal import CCamera
internal import Catalog

/// A control that libcamera knows, with what the attached camera reports of it.
struct NativeControl: Sendable, Equatable {
    /// libcamera's number for it, which differs between versions.
    var id: UInt32
    /// Its name without a namespace.
    var name: String
    /// `core`, `draft`, `rpi` or another vendor.
    var vendor: String
    /// What its values are made of.
    var shape: NativeShape
    /// Names of its numbers; empty for a control that is not enumerated.
    var enumerators: [Int: String] = [:]
    /// Whether the camera reports it.
    var isReported = true
    /// The least value on this camera.
    var minimum: Value?
    /// The greatest value on this camera.
    var maximum: Value?
    /// Its value before anybody set one.
    var standard: Value?
    /// The numbers an enumerated control takes on this camera; empty where it does not say.
    var allowed: [Int] = []
}

extension NativeControl {
    init(_ control: ccam_control) {
        id = control.id
        name = String(cString: control.name)
        vendor = String(cString: control.vendor)
        shape = NativeShape(type: control.type, isArray: control.is_array, elements: control.elements)
        for index in 0..<control.enumerator_count {
            let enumerator = control.enumerators[index]
            enumerators[Int(enumerator.number)] = String(cString: enumerator.name)
        }
        isReported = control.is_reported
        minimum = NativeShape.value(control.minimum)
        maximum = NativeShape.value(control.maximum)
        standard = NativeShape.value(control.standard)
        allowed = (0..<control.allowed_count).map { Int(control.allowed[$0].whole) }
    }
}
