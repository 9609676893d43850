import Catalog
import Support

/// Cameras as the engine describes them.
enum SensorFixtures {
    private static func mode(_ width: Int, _ height: Int, _ framerate: Double, _ crop: Value, _ about: String) -> Value {
        [
            "width": .integer(width), "height": .integer(height), "max_fps": .number(framerate), "crop": crop, "bit_depth": 10,
            "about": .text(about),
        ]
    }

    private static let full: Value = [0.0, 0.0, 1.0, 1.0]

    /// The IMX708 with the standard or the wide lens, in its binned mode.
    static func imx708(wide: Bool) -> Value {
        let modes = [
            mode(4608, 2592, 14.35, full, "full"), mode(2304, 1296, 56.03, full, "full, binned"),
            mode(1536, 864, 120.13, [0.1667, 0.1667, 0.6667, 0.6667], "cropped to 2/3, binned"),
        ]
        var inForce = modes[1].table ?? [:]
        inForce["index"] = 1
        return [
            "model": wide ? "imx708_wide" : "imx708", "kind": "simulated", "sensor_width": 4608, "sensor_height": 2592,
            "is_wide": .bool(wide),
            "field_of_view": wide ? 120 : 66, "has_autofocus": true, "modes": .list(modes), "mode": .table(inForce), "size": [1920, 1080],
            "framerate": 30.0,
        ]
    }

    /// The IMX219: no autofocus, four by three.
    static let imx219: Value = [
        "model": "imx219", "kind": "simulated", "sensor_width": 3280, "sensor_height": 2464, "is_wide": false, "field_of_view": 62,
        "has_autofocus": false, "size": [1920, 1080], "framerate": 30.0,
        "modes": .list([
            mode(3280, 2464, 21.19, full, "full"), mode(1920, 1080, 47.57, [0.207, 0.281, 0.585, 0.438], "cropped"),
            mode(1640, 1232, 41.85, full, "full, binned"), mode(640, 480, 206.65, [0.305, 0.305, 0.39, 0.39], "cropped, binned"),
        ]),
    ]

    /// A surface with an attached camera.
    static func surface(_ info: Value, limits: [String: ValueType] = [:]) -> FakeSurface {
        let surface = FakeSurface()
        surface.configure(info: info, limits: limits)
        return surface
    }
}
