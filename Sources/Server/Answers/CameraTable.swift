internal import Catalog

/// The attached camera's table with typed members; nil where it does not say.
struct CameraTable {
    private let table: [String: Value]

    init(_ info: Value) { table = info.table ?? [:] }

    /// A sensor mode.
    struct Mode {
        let size: SizeRule.Mode
        let about: String
    }

    var model: String? { table["configured_model"]?.string ?? table["model"]?.string }
    var sensorWidth: Int? { table["sensor_width"]?.int }
    var sensorHeight: Int? { table["sensor_height"]?.int }
    var isWide: Bool? { table["is_wide"]?.bool }
    var fieldOfView: Int? { table["field_of_view"]?.int }
    var hasAutofocus: Bool? { table["has_autofocus"]?.bool }
    var framerate: Double? { table["framerate"]?.double }
    /// The size of the mode in force.
    var modeWidth: Int? { table["mode"]?.table?["width"]?.int }
    var modeHeight: Int? { table["mode"]?.table?["height"]?.int }

    /// The sensor modes, in the sensor's order.
    var modes: [Mode] {
        (table["modes"]?.list ?? []).compactMap { entry in
            guard let mode = entry.table, let width = mode["width"]?.int, let height = mode["height"]?.int else { return nil }
            let crop = mode["crop"]?.list?.compactMap(\.double)
            let size = SizeRule.Mode(
                width: width, height: height, framerate: mode["max_fps"]?.double ?? .infinity, isFull: crop == nil || crop == [0, 0, 1, 1])
            return Mode(size: size, about: mode["about"]?.string ?? "")
        }
    }

    /// The most frames a second for a size: what both the encoder and the sensor mode for it can do.
    func framerateLimit(width: Int, height: Int, fovMode: String) -> Double {
        let sizes = modes.map(\.size)
        let index = fovMode == "scale" ? SizeRule.mode(sizes, isWide: isWide ?? false, width: width, height: height) : nil
        let sensor = index.map { sizes[$0].framerate } ?? sizes.map(\.framerate).max() ?? .infinity
        return min(SizeRule.framerate(width: width, height: height), sensor)
    }
}
