import Catalog
import Support
import Testing

@testable import Server

struct CapabilitiesTests {
    private static let imx708Limits: [String: ValueType] = [
        "exposure.time": .integer(26...220_417_486, .microseconds), "exposure.gain": .number(1.12...16, .ratio),
        "focus.lens_position": .number(0...32, .dioptres),
    ]

    private func capabilities(_ info: Value, limits: [String: ValueType] = [:]) async -> RESTReply {
        await RESTClient(SensorFixtures.surface(info, limits: limits)).get("/v1/camera/capabilities")
    }

    private func sizes(_ list: Value?) -> [String] {
        (list?.list ?? []).map { entry in
            let table = entry.table ?? [:]
            let numbers = ["width", "height", "max_fps"].compactMap { table[$0]?.double }.map(Value.plain)
            let words = ["label", "sensor_mode", "fov"].compactMap { table[$0]?.string }
            return (numbers + words).joined(separator: " ")
        }
    }

    @Test func `the wide IMX708 comes out as the reference service's tables`() async {
        let reply = await capabilities(SensorFixtures.imx708(wide: true))
        #expect(
            sizes(reply["recommended_resolutions"]) == [
                "2304 1296 56 Native Mode 1 mode_1 Full 120°", "1920 1080 56 1080p (Full FOV) mode_1 Full 120°",
                "1280 720 56 720p (Full FOV) mode_1 Full 120°", "4608 2592 14 4K (Full sensor) mode_0 Full 120°",
            ])
        #expect(
            sizes(reply["supported_resolutions"]) == ["640 480 VGA", "1280 720 720p", "1920 1080 1080p", "2560 1440 1440p", "3840 2160 4K"])
        #expect(
            reply["sensor_modes"]?.table?["mode_0"] == ["width": 4608, "height": 2592, "max_fps": 14.35, "description": "full"])
        #expect(reply["field_of_view_degrees"] == 120)
    }

    @Test func `the standard IMX708 comes out as the reference service's tables`() async {
        let reply = await capabilities(SensorFixtures.imx708(wide: false))
        #expect(
            sizes(reply["recommended_resolutions"]) == [
                "1536 864 120 Native Mode 2 mode_2 Standard", "1280 720 120 720p (High FPS) mode_2 Standard",
                "2304 1296 56 Native Mode 1 mode_1 Standard", "1920 1080 56 1080p mode_1 Standard", "4608 2592 14 4K mode_0 Standard",
            ])
    }

    // Weakness 9: the table promises rates that the sensor mode for the size cannot do.
    @Test func `frame rate limits are the encoder's or the sensor's, whichever is lower`() async {
        let reply = await capabilities(SensorFixtures.imx708(wide: false))
        #expect(
            sizes(reply["framerate_limits_by_resolution"]) == [
                "3840 2160 14.35 4K", "2560 1440 14.35 1440p", "1920 1080 50 1080p", "1280 720 120 720p", "640 480 120 VGA",
            ])
        #expect(reply["max_framerate_for_current_resolution"] == 50)
        #expect(reply["current_framerate"] == 30)
    }

    @Test func `limits are those of the camera within those the paths take`() async {
        let reply = await capabilities(SensorFixtures.imx708(wide: true), limits: CapabilitiesTests.imx708Limits)
        #expect(reply["exposure_limits_us"] == ["min": 100, "max": 1_000_000])
        #expect(reply["gain_limits"] == ["min": 1.12, "max": 16])
        #expect(reply["lens_position_limits"] == ["min": 0, "max": 15])
        #expect(reply["exposure_value_range"] == ["min": -8, "max": 8])
    }

    // Weakness 6: sensor sizes and limits are constants of the IMX708.
    @Test func `another sensor comes out with its own sizes`() async {
        let reply = await capabilities(SensorFixtures.imx219)
        #expect(reply["sensor_resolution"] == ["width": 3280, "height": 2464])
        #expect(sizes(reply["supported_resolutions"]).last == "2560 1440 1440p")
        #expect(sizes(reply["recommended_resolutions"]).last == "3280 2464 21 Native Mode 0 mode_0 Standard")
        #expect(reply["sensor_modes"]?.table?.count == 4)
    }

    @Test func `features and words are those of the attached camera`() async {
        let surface = LackingSurface("focus.mode", "focus.lens_position", "exposure.time")
        surface.whole.configure(info: SensorFixtures.imx219, limits: ["image.noise_reduction": .choice(["off", "fast"])])
        let reply = await RESTClient(surface).get("/v1/camera/capabilities")
        let features = reply["features"]?.list?.compactMap(\.string) ?? []
        #expect(features.contains("auto_exposure") && features.contains("exposure_limits"))
        #expect(!features.contains("autofocus") && !features.contains("manual_exposure"))
        #expect(reply["supported_noise_reduction_modes"] == ["off", "fast"])
        #expect(
            reply["supported_awb_modes"] == ["auto", "tungsten", "fluorescent", "indoor", "daylight", "cloudy", "custom"])
        #expect(reply["lens_position_limits"] == ["min": 0, "max": 0])
    }

    @Test func `a camera without a table still answers`() async {
        let reply = await RESTClient().get("/v1/camera/capabilities")
        #expect(reply.status == 200)
        #expect(reply["sensor_modes"] == .null && reply["recommended_resolutions"] == .null && reply["is_wide_camera"] == .null)
    }
}
