import CameraBindings
import Testing

@testable import Engine

struct ModeChoiceTests {
    private func imx708(_ model: String) -> Capabilities {
        Capabilities(
            model: model, kind: "test", sensorWidth: 4608, sensorHeight: 2592,
            modes: [
                SensorMode(width: 4608, height: 2592, maximumFramerate: 14.35, about: "full"),
                SensorMode(width: 2304, height: 1296, maximumFramerate: 56.03, about: "full, binned"),
                SensorMode(
                    width: 1536, height: 864, maximumFramerate: 120.13, crop: Window(x: 1 / 6, y: 1 / 6, width: 2 / 3, height: 2 / 3),
                    about: "cropped to 2/3, binned"),
            ], limits: [:], hasAutofocus: true)
    }

    @Test(arguments: [(640, 480, 2), (1536, 864, 2), (1280, 720, 2), (1920, 1080, 1), (2304, 1296, 1), (3840, 2160, 0), (1000, 1200, 1)])
    func `a standard camera takes the smallest mode that covers the size`(width: Int, height: Int, mode: Int) {
        #expect(ModeChoice.mode(imx708("imx708"), width: width, height: height, fovMode: "scale") == mode)
    }

    @Test(arguments: [(640, 480, 1), (1920, 1080, 1), (2304, 1296, 1), (2306, 1296, 0), (4608, 2592, 0)])
    func `a wide camera keeps its full field of view`(width: Int, height: Int, mode: Int) {
        #expect(ModeChoice.mode(imx708("imx708_wide"), width: width, height: height, fovMode: "scale") == mode)
    }

    @Test func `crop leaves the choice to the camera`() {
        #expect(ModeChoice.mode(imx708("imx708"), width: 640, height: 480, fovMode: "crop") == nil)
    }

    @Test(arguments: [
        (3840, 2160, 30.0), (2560, 1440, 40.0), (1920, 1080, 50.0), (1600, 1000, 60.0), (1280, 720, 120.0), (640, 480, 120.0),
    ])
    func `the frame rate limit follows the number of pixels`(width: Int, height: Int, framerate: Double) {
        #expect(ModeChoice.maximumFramerate(width: width, height: height) == framerate)
    }
}
