internal import Catalog

/// What a Raspberry Pi's firmware says about its supply and temperature; the bits as its documentation has them
/// (https://www.raspberrypi.com/documentation/computers/os.html#get_throttled).
struct Throttling {
    private let bits: UInt32

    /// Reads the firmware's word through the kernel; nil where there is no such firmware.
    init?(_ machine: Machine) {
        let word = machine.words("/sys/devices/platform/soc/soc:firmware/get_throttled")?.first
        guard let bits = word.flatMap({ UInt32($0.hasPrefix("0x") ? $0.dropFirst(2) : $0, radix: 16) }) else { return nil }
        self.bits = bits
    }

    /// The reference service's section, with the firmware's meaning of each bit.
    var document: Document {
        [
            "currently_throttled": has(2), "under_voltage_detected": has(0), "frequency_capped": has(1),
            "currently_throttled_temperature": has(3), "has_occurred": .bool(bits != 0), "raw_value": .text("0x" + String(bits, radix: 16)),
        ]
    }

    private func has(_ bit: UInt32) -> Document { .bool(bits & 1 << bit != 0) }
}
