internal import CameraBindings
internal import Catalog

/// Chooses the sensor mode for a picture size, and the frame rate that goes with both, by the Catalog's ``SizeRule``.
enum ModeChoice {
    /// The index of the mode for a size; nil leaves it to the camera.
    static func mode(_ camera: Capabilities, width: Int, height: Int, fovMode: String) -> Int? {
        guard fovMode == "scale" else { return nil }
        let modes = camera.modes.map { mode in
            SizeRule.Mode(width: mode.width, height: mode.height, framerate: mode.maximumFramerate, isFull: mode.crop == .full)
        }
        return SizeRule.mode(modes, isWide: camera.isWide, width: width, height: height)
    }

    /// The most frames a second for a size.
    static func maximumFramerate(width: Int, height: Int) -> Double { SizeRule.framerate(width: width, height: height) }
}
