import CCamera
@testable import CameraBindings
import Catalog
import Testing

/// The table between the Catalog and libcamera, for the controls a Raspberry Pi reports with an old and a new libcamera.
@Suite struct ControlMapTests {
    private static func control(
        _ name: String, _ type: ccam_type, _ least: Value? = nil, _ most: Value? = nil, allowed: [Int] = [], list: Int? = nil
    ) -> NativeControl {
        NativeControl(
            id: UInt32(name.unicodeScalars.reduce(7) { ($0 * 31 + Int($1.value)) % 65_521 }), name: name, vendor: "core",
            shape: NativeShape(type: type, isArray: list != nil, elements: list ?? 0), minimum: least, maximum: most, allowed: allowed)
    }

    private static let common = [
        control("ExposureTime", CCAM_INTEGER32, 26, 112_015_553), control("AnalogueGain", CCAM_FLOAT, 1.1228, 16.0),
        control("ExposureValue", CCAM_FLOAT, -8.0, 8.0), control("AeExposureMode", CCAM_INTEGER32, 0, 3, allowed: [0, 1, 2, 3]),
        control("AwbEnable", CCAM_BOOL, false, true), control("AwbMode", CCAM_INTEGER32, 0, 7, allowed: [0, 1, 2, 3, 4, 5, 6]),
        control("ColourGains", CCAM_FLOAT, 0.0, 32.0, list: 2), control("AfMode", CCAM_INTEGER32, 0, 2, allowed: [0, 1, 2]),
        control("AfTrigger", CCAM_INTEGER32, 0, 1), control("LensPosition", CCAM_FLOAT, 0.0, 15.0),
        control("FrameDurationLimits", CCAM_INTEGER64, 17_849, 220_535_845, list: 2),
        control("ScalerCrop", CCAM_RECTANGLE, [768, 432, 64, 64], [768, 432, 3072, 1728]),
        control("NoiseReductionMode", CCAM_INTEGER32, 0, 4, allowed: [0, 1, 2, 3, 4]),
    ]
    private static let old = ControlMap(common + [control("AeEnable", CCAM_BOOL, false, true)], cropBounds: [768, 432, 3072, 1728])
    private static let new = ControlMap(
        common + [
            control("AeEnable", CCAM_BOOL, false, true), control("ExposureTimeMode", CCAM_INTEGER32, 0, 1),
            control("AnalogueGainMode", CCAM_INTEGER32, 0, 1),
        ], cropBounds: [768, 432, 3072, 1728])

    @Test func `limits are the camera's, within the Catalog's`() {
        let limits = Self.old.limits
        #expect(limits["exposure.time"] == .integer(26...112_015_553, .microseconds))
        #expect(limits["exposure.gain"]?.range?.lowerBound == 1.1228)
        #expect(limits["white_balance.red_gain"] == .number(0.1...32, .ratio))
        #expect(limits["focus.lens_position"] == .number(0...15, .dioptres))
    }

    @Test func `a word the camera does not list is not offered`() {
        guard case .choice(let words)? = Self.old.limits["white_balance.mode"] else {
            Issue.record("no choice")
            return
        }
        #expect(words == ["auto", "incandescent", "tungsten", "fluorescent", "indoor", "daylight", "cloudy"])
    }

    @Test func `what the camera does not report is not supported`() {
        #expect(Self.old.limits["image.brightness"] == nil)
        #expect(ControlMap([]).limits.isEmpty)
    }

    @Test func `manual exposure is one switch in old versions`() {
        let values: [String: Value] = ["exposure.auto": false, "exposure.time": 20_000, "exposure.gain": 2.0]
        let settings = Self.old.plan(values, framerate: 30).settings
        #expect(settings["AeEnable"] == false && settings["ExposureTime"] == 20_000 && settings["AnalogueGain"] == 2.0)
        #expect(settings["ExposureTimeMode"] == nil)
    }

    @Test func `manual exposure is two modes in new versions`() {
        let values: [String: Value] = ["exposure.auto": false, "exposure.time": 20_000, "exposure.gain": 2.0]
        let settings = Self.new.plan(values, framerate: 30).settings
        #expect(settings["ExposureTimeMode"] == 1 && settings["AnalogueGainMode"] == 1 && settings["AeEnable"] == nil)
    }

    @Test func `going back to automatic releases time and gain`() {
        let old = Self.old.plan(["exposure.auto": true, "exposure.time": 20_000], framerate: 30).settings
        #expect(old["AeEnable"] == true && old["ExposureTime"] == 0 && old["AnalogueGain"] == 0.0)
        let new = Self.new.plan(["exposure.auto": true, "exposure.time": 20_000], framerate: 30).settings
        #expect(new["ExposureTimeMode"] == 0 && new["ExposureTime"] == nil)
    }

    @Test(arguments: [
        // automatic: the frame rate, and a ceiling above it
        (["exposure.auto": true, "exposure.max_time": 0] as [String: Value], [33_333, 33_333]),
        (["exposure.auto": true, "exposure.max_time": 1_000_000], [33_333, 1_000_000]),
        // manual: an exposure longer than the frame makes the frame longer
        (["exposure.auto": false, "exposure.time": 10_000], [33_333, 33_333]),
        (["exposure.auto": false, "exposure.time": 2_000_000], [2_000_000, 2_000_000]),
    ])
    func `frame rate and exposure ceiling are one control`(values: [String: Value], limits: [Int]) {
        #expect(Self.old.plan(values, framerate: 30).settings["FrameDurationLimits"] == .list(limits.map(Value.integer)))
    }

    @Test func `a ceiling below the frame time is said to be none`() {
        let plan = Self.old.plan(["exposure.auto": true, "exposure.max_time": 5000], framerate: 30)
        #expect(plan.cuts["exposure.max_time"]?.value == 33_333)
    }

    @Test(arguments: ["exposure.min_time", "exposure.min_gain", "exposure.max_gain"])
    func `a bound that libcamera does not have is taken as none, and says so`(key: String) throws {
        let standard = try #require(Catalog.controlsByKey[key]?.standard)
        #expect(Self.old.limits[key] != nil)
        #expect(Self.old.plan([key: standard], framerate: 30).cuts[key] == nil)
        #expect(Self.old.plan([key: 16], framerate: 30).cuts[key]?.value == standard)
    }

    @Test func `white balance modes have libcamera's numbers`() {
        let mode = { (word: String) in Self.old.plan(["white_balance.mode": .text(word)], framerate: 30).settings["AwbMode"] }
        #expect(mode("auto") == 0 && mode("tungsten") == 2 && mode("daylight") == 5 && mode("cloudy") == 6)
    }

    @Test func `colour gains go together, and only while white balance is manual`() {
        let gains: [String: Value] = ["white_balance.red_gain": 1.2, "white_balance.blue_gain": 1.8]
        let settings = { (auto: Value) in
            Self.old.plan(gains.merging(["white_balance.auto": auto]) { $1 }, framerate: 30).settings["ColourGains"]
        }
        #expect(settings(false) == [1.2, 1.8])
        #expect(settings(true) == nil)
    }

    @Test func `a window counts from the mode's crop`() {
        let settings = Self.old.plan(["geometry.roi": [0.25, 0.5, 0.5, 0.25]], framerate: 30).settings
        #expect(settings["ScalerCrop"] == [1536, 1296, 1536, 432])
        let back = Self.old.reported("ScalerCrop", [1536, 1296, 1536, 432], asked: [:])
        #expect(back["geometry.roi"]?.matches([0.25, 0.5, 0.5, 0.25], tolerance: 1e-6) == true)
    }

    @Test func `what a frame reports is a setting only while it was set`() {
        #expect(Self.old.reported("ExposureTime", 19_987, asked: ["exposure.auto": false]) == ["exposure.time": 19_987])
        #expect(Self.old.reported("ExposureTime", 19_987, asked: ["exposure.auto": true]) == [:])
    }

    @Test func `everything it sends has the shape of the control`() {
        var values = Catalog.controls.reduce(into: [String: Value]()) { $0[$1.key] = $1.standard }
        for isAuto in [true, false] {
            values["exposure.auto"] = .bool(isAuto)
            values["white_balance.auto"] = .bool(isAuto)
            for map in [Self.old, Self.new] {
                for (name, value) in map.plan(values, framerate: 30).settings {
                    #expect(map.native[name]?.shape.numbers(value) != nil, "\(name) = \(value)")
                }
            }
        }
    }
}
