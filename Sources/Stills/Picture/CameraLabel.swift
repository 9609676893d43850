internal import Catalog

/// Who made the camera and what it is called, as EXIF says it.
struct CameraLabel: Sendable, Equatable {
    /// The maker; nil when it is not known.
    var make: String?
    /// The sensor; nil without a camera.
    var model: String?

    /// Reads `camera.info`: sensors are named after their makers, and a camera that is none says so.
    init(_ info: Value) {
        guard let model = info.table?["model"]?.string, !model.isEmpty else { return }
        let kind = info.table?["kind"]?.string ?? ""
        guard kind == "libcamera" else {
            self.model = "\(model) (\(kind))"
            return
        }
        self.model = model
        make = CameraLabel.makers.first { model.lowercased().hasPrefix($0.prefix) }?.maker
    }

    private static let makers = [(prefix: "imx", maker: "Sony"), (prefix: "ov", maker: "OmniVision")]
}
