internal import Catalog

/// The usual picture sizes with the frame rates and sensor modes they come to on one camera.
struct FramerateTable {
    /// A size people know by name.
    struct Size {
        let width: Int
        let height: Int
        let label: String

        /// The size on the wire.
        var document: Document { ["width": .integer(width), "height": .integer(height), "label": .text(label)] }
    }

    private static let names = [
        Size(width: 3840, height: 2160, label: "4K"), Size(width: 2560, height: 1440, label: "1440p"),
        Size(width: 1920, height: 1080, label: "1080p"), Size(width: 1280, height: 720, label: "720p"),
        Size(width: 640, height: 480, label: "VGA"),
    ]

    private let camera: CameraTable
    private let fovMode: String

    init(_ camera: CameraTable, fovMode: String) {
        self.camera = camera
        self.fovMode = fovMode
    }

    /// The named sizes that fit the sensor, largest first.
    var named: [Size] {
        FramerateTable.names.filter { $0.width <= camera.sensorWidth ?? .max && $0.height <= camera.sensorHeight ?? .max }
    }

    /// The most frames a second for a size.
    func limit(_ width: Int, _ height: Int) -> Double { camera.framerateLimit(width: width, height: height, fovMode: fovMode) }

    /// The named sizes with their limits, largest first.
    var limits: [Document] {
        named.map { .object($0.document.members + [.init("max_fps", .number(limit($0.width, $0.height)))]) }
    }

    /// Sizes worth choosing: each sensor mode's own, fastest mode first, then the HD sizes that it serves. The largest mode stands alone.
    var recommended: [Document] {
        let modes = camera.modes.map(\.size)
        let isWide = camera.isWide ?? false
        let largest = SizeRule.mode(modes, isWide: isWide, width: .max, height: .max)
        let order = modes.indices.filter { !isWide || modes[$0].isFull }.sorted { modes[$0].framerate > modes[$1].framerate }
        return order.flatMap { index in
            index == largest ? [whole(modes[index], index)] : native(modes[index], index) + smaller(than: modes, index, isWide: isWide)
        }
    }

    private func native(_ mode: SizeRule.Mode, _ index: Int) -> [Document] {
        [entry(mode.width, mode.height, "Native Mode \(index)", mode, index)]
    }

    private func whole(_ mode: SizeRule.Mode, _ index: Int) -> Document {
        let name = mode.width >= 3840 ? "4K" : "Native Mode \(index)"
        return entry(mode.width, mode.height, camera.isWide == true ? "\(name) (Full sensor)" : name, mode, index)
    }

    private func smaller(than modes: [SizeRule.Mode], _ index: Int, isWide: Bool) -> [Document] {
        let mode = modes[index]
        let suffix = isWide ? " (Full FOV)" : mode.framerate > 60 ? " (High FPS)" : ""
        return FramerateTable.names.filter { ["1080p", "720p"].contains($0.label) && ($0.width, $0.height) != (mode.width, mode.height) }
            .filter { SizeRule.mode(modes, isWide: isWide, width: $0.width, height: $0.height) == index }
            .map { entry($0.width, $0.height, $0.label + suffix, mode, index) }
    }

    private func entry(_ width: Int, _ height: Int, _ label: String, _ mode: SizeRule.Mode, _ index: Int) -> Document {
        let fov = camera.isWide == true ? "Full" + (camera.fieldOfView.map { " \($0)°" } ?? "") : "Standard"
        return [
            "width": .integer(width), "height": .integer(height), "label": .text(label), "max_fps": .number(mode.framerate.rounded(.down)),
            "sensor_mode": "mode_\(index)", "fov": .text(fov),
        ]
    }
}
