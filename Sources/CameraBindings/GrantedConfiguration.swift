internal import Catalog

/// What a camera granted of a configuration, as control values with reasons.
struct GrantedConfiguration {
    /// What was granted.
    let configuration: CameraConfiguration
    /// Why a control's value differs from what was asked.
    let reasons: [String: String]

    /// The granted values by Catalog key.
    var values: [String: Value] {
        [
            "stream.size": [.integer(configuration.width), .integer(configuration.height)],
            "stream.framerate": .number(configuration.framerate), "geometry.hflip": .bool(configuration.hflip),
            "geometry.vflip": .bool(configuration.vflip), "geometry.rotation": .integer(configuration.rotation),
            "image.hdr": .text(configuration.hdr), "image.tuning": .text(configuration.tuning),
        ]
    }
}

extension CameraConfiguration {
    /// Cuts the size to even sides between 64 and a largest size.
    mutating func fitSize(width largestWidth: Int, height largestHeight: Int) {
        width = max(64, min(width, largestWidth)) & ~1
        height = max(64, min(height, largestHeight)) & ~1
    }
}
