import Catalog
import HTTPTypes
import Support
import Testing

@testable import Server

/// Every setting of the reference service: what it writes and what it refuses.
struct SettingTests {
    private struct Good: Sendable, CustomTestStringConvertible {
        let path: String
        let body: String
        let values: [String: Value]
        var testDescription: String { "\(path) \(body)" }

        init(_ path: String, _ body: String, _ values: [String: Value]) {
            self.path = path
            self.body = body
            self.values = values
        }
    }

    private static let good: [Good] = [
        Good("auto_exposure", #"{"enabled":false}"#, ["exposure.auto": false]),
        Good("auto_exposure", #"{"enabled":"on","other":1}"#, ["exposure.auto": true]),
        Good("manual_exposure", #"{"exposure_us":100}"#, ["exposure.auto": false, "exposure.time": 100, "exposure.gain": 1.0]),
        Good(
            "manual_exposure", #"{"exposure_us":1000000,"gain":16}"#,
            ["exposure.auto": false, "exposure.time": 1_000_000, "exposure.gain": 16.0]),
        Good(
            "manual_exposure", #"{"exposure_us":"20000","gain":"2.5"}"#,
            ["exposure.auto": false, "exposure.time": 20000, "exposure.gain": 2.5]),
        Good("exposure_value", #"{"ev":-8}"#, ["exposure.value": -8.0]), Good("exposure_value", #"{"ev":8}"#, ["exposure.value": 8.0]),
        Good(
            "exposure_limits", #"{"min_exposure_us":100,"max_exposure_us":33333}"#,
            ["exposure.min_time": 100, "exposure.max_time": 33333]),
        Good("exposure_limits", #"{"max_gain":8,"min_gain":null}"#, ["exposure.max_gain": 8.0]), Good("exposure_limits", "{}", [:]),
        Good("ae_constraint_mode", #"{"mode":"shadows"}"#, ["exposure.constraint": "shadows"]),
        Good("ae_exposure_mode", #"{"mode":"long"}"#, ["exposure.mode": "long"]),
        Good("awb", #"{"enabled":0}"#, ["white_balance.auto": false]),
        Good("awb_mode", #"{"mode":"tungsten"}"#, ["white_balance.auto": true, "white_balance.mode": "tungsten"]),
        Good(
            "manual_awb", #"{"red_gain":0.5,"blue_gain":5}"#,
            ["white_balance.auto": false, "white_balance.red_gain": 0.5, "white_balance.blue_gain": 5.0]),
        Good(
            "awb_preset", #"{"preset":"daylight_noir"}"#,
            ["white_balance.auto": false, "white_balance.red_gain": 1.2, "white_balance.blue_gain": 1.8]),
        Good(
            "awb_preset", #"{"preset":"ir_850nm"}"#,
            ["white_balance.auto": false, "white_balance.red_gain": 1.0, "white_balance.blue_gain": 1.0]),
        Good(
            "awb_preset", #"{"preset":"ir_940nm"}"#,
            ["white_balance.auto": false, "white_balance.red_gain": 1.0, "white_balance.blue_gain": 1.0]),
        Good(
            "awb_preset", #"{"preset":"indoor_noir"}"#,
            ["white_balance.auto": false, "white_balance.red_gain": 1.4, "white_balance.blue_gain": 1.6]),
        Good("autofocus_mode", #"{"mode":"default"}"#, ["focus.mode": "default"]),
        // Weakness 10: a lens position outside manual mode is not applied.
        Good("lens_position", #"{"position":15}"#, ["focus.mode": "manual", "focus.lens_position": 15.0]),
        Good("autofocus_range", #"{"range_mode":"macro"}"#, ["focus.range": "macro"]),
        Good("image_processing", #"{"brightness":-1,"contrast":2,"sharpness":null}"#, ["image.brightness": -1.0, "image.contrast": 2.0]),
        Good("image_processing", #"{"saturation":0,"sharpness":16}"#, ["image.saturation": 0.0, "image.sharpness": 16.0]),
        Good("image_processing", "{}", [:]), Good("noise_reduction", #"{"mode":"zsl"}"#, ["image.noise_reduction": "zsl"]),
        // Weakness 10: HDR, lens correction and transform answer ok and do nothing.
        Good("hdr", #"{"mode":"single-exp"}"#, ["image.hdr": "single-exp"]),
        Good("lens_correction", #"{"enabled":true}"#, ["image.lens_correction": true]),
        Good("transform", "{}", ["geometry.hflip": false, "geometry.vflip": false, "geometry.rotation": 0]),
        Good("transform", #"{"hflip":1,"rotation":180}"#, ["geometry.hflip": true, "geometry.vflip": false, "geometry.rotation": 180]),
        Good("roi", #"{"x":0.25,"y":0.25,"width":0.5,"height":0.75}"#, ["geometry.roi": [0.25, 0.25, 0.5, 0.75]]),
        Good("day_night_mode", #"{"mode":"auto"}"#, ["scene.day_night": "auto", "scene.threshold": 10.0]),
        Good("day_night_mode", #"{"mode":"manual","threshold_lux":0}"#, ["scene.day_night": "manual", "scene.threshold": 0.0]),
        Good("resolution", #"{"width":64,"height":4096}"#, ["stream.size": [64, 4096]]),
        Good("resolution", #"{"width":1280,"height":720,"fov_mode":"crop"}"#, ["stream.size": [1280, 720], "geometry.fov_mode": "crop"]),
        Good("framerate", #"{"framerate":25.5}"#, ["stream.framerate": 25.5]),
        Good("fov_mode", #"{"mode":"crop"}"#, ["geometry.fov_mode": "crop"]),
    ]

    @Test(arguments: good) private func `a setting writes its controls as one change of the client's`(good: Good) async {
        let surface = FakeSurface()
        let reply = await RESTClient(surface).post("/v1/camera/\(good.path)", good.body)
        #expect(reply.status == 200, "\(reply.text)")
        #expect(surface.changes.map(\.values) == (good.values.isEmpty ? [] : [good.values]))
        #expect(surface.changes.allSatisfy { $0.owner == .rest })
    }

    /// Types and limits: a list. The peer's tests need several of these.
    @Test(arguments: [
        ("auto_exposure", "{}", "missing"), ("auto_exposure", #"{"enabled":"maybe"}"#, "bool_parsing"),
        ("manual_exposure", "{}", "missing"), ("manual_exposure", #"{"exposure_us":0}"#, "greater_than"),
        ("manual_exposure", #"{"exposure_us":1000001}"#, "less_than_equal"),
        ("manual_exposure", #"{"exposure_us":10.5}"#, "int_from_float"),
        ("manual_exposure", #"{"exposure_us":1000,"gain":20}"#, "less_than_equal"),
        ("manual_exposure", #"{"exposure_us":1000,"gain":0}"#, "greater_than"),
        ("manual_exposure", #"{"exposure_us":1000,"gain":null}"#, "float_type"),
        ("exposure_value", #"{"ev":8.01}"#, "less_than_equal"), ("exposure_value", #"{"ev":-8.01}"#, "greater_than_equal"),
        ("exposure_limits", #"{"min_exposure_us":99}"#, "greater_than_equal"),
        ("exposure_limits", #"{"max_gain":16.1}"#, "less_than_equal"),
        ("ae_constraint_mode", #"{"mode":3}"#, "string_type"), ("ae_exposure_mode", "{}", "missing"),
        ("awb", #"{"enabled":null}"#, "bool_type"),
        ("awb_mode", #"{"mode":null}"#, "string_type"), ("manual_awb", #"{"red_gain":0.4,"blue_gain":1}"#, "greater_than_equal"),
        ("manual_awb", #"{"red_gain":1,"blue_gain":5.1}"#, "less_than_equal"), ("awb_preset", #"{"preset":[]}"#, "string_type"),
        ("autofocus_mode", #"{"mode":true}"#, "string_type"), ("lens_position", #"{"position":15.1}"#, "less_than_equal"),
        ("lens_position", #"{"position":-0.1}"#, "greater_than_equal"), ("autofocus_range", #"{"mode":"full"}"#, "missing"),
        ("image_processing", #"{"brightness":1.1}"#, "less_than_equal"), ("image_processing", #"{"contrast":-0.1}"#, "greater_than_equal"),
        ("noise_reduction", #"{"mode":1}"#, "string_type"), ("hdr", "{}", "missing"),
        ("roi", #"{"x":0,"y":0,"width":0,"height":1}"#, "greater_than"),
        ("roi", #"{"x":0,"y":0,"width":1}"#, "missing"), ("lens_correction", #"{"enabled":5}"#, "bool_parsing"),
        ("transform", #"{"rotation":"abc"}"#, "int_parsing"),
        ("day_night_mode", #"{"mode":"auto","threshold_lux":-1}"#, "greater_than_equal"),
        ("resolution", #"{"width":50,"height":50}"#, "greater_than_equal"),
        ("resolution", #"{"width":4098,"height":100}"#, "less_than_equal"),
        ("framerate", #"{"framerate":0}"#, "greater_than"), ("framerate", #"{"framerate":1001}"#, "less_than_equal"),
        ("fov_mode", #"{"mode":null}"#, "string_type"),
    ])
    func `a breach of type or limit is a list and changes nothing`(path: String, body: String, type: String) async {
        let surface = FakeSurface()
        let reply = await RESTClient(surface).post("/v1/camera/\(path)", body)
        #expect(reply.status == 422)
        #expect(reply.violation["type"] == .text(type), "\(reply.text)")
        #expect(surface.changes.isEmpty)
    }

    /// Weakness 5: rule violations are 500 text/plain. Weakness 9: odd sizes and rates near zero are accepted and echoed.
    @Test(arguments: [
        ("manual_exposure", #"{"exposure_us":50}"#, "exposure_us must be >= 100, got 50"),
        ("manual_exposure", #"{"exposure_us":99,"gain":2}"#, "exposure_us must be >= 100, got 99"),
        ("manual_exposure", #"{"exposure_us":100,"gain":0.5}"#, "gain must be >= 1, got 0.5"),
        (
            "exposure_limits", #"{"min_exposure_us":500,"max_exposure_us":500}"#,
            "'min_exposure_us' must be below 'max_exposure_us', got 500 and 500"
        ),
        ("exposure_limits", #"{"min_gain":8,"max_gain":2}"#, "'min_gain' must be below 'max_gain', got 8 and 2"),
        ("ae_constraint_mode", #"{"mode":"sky"}"#, "'mode' must be one of 'normal', 'highlight', 'shadows', 'custom', got 'sky'"),
        ("ae_exposure_mode", #"{"mode":"Long"}"#, "'mode' must be one of 'normal', 'short', 'long', 'custom', got 'Long'"),
        ("awb_mode", #"{"mode":"moon"}"#, "'mode' must be one of"), ("awb_preset", #"{"preset":"x"}"#, "'preset' must be one of"),
        ("autofocus_mode", #"{"mode":""}"#, "'mode' must be one of"),
        ("autofocus_range", #"{"range_mode":"near"}"#, "'range_mode' must be one of"),
        ("noise_reduction", #"{"mode":"best"}"#, "'mode' must be one of"), ("hdr", #"{"mode":"on"}"#, "'mode' must be one of"),
        ("transform", #"{"rotation":90}"#, "'rotation' must be one of 0, 180, got 90"),
        ("fov_mode", #"{"mode":"zoom"}"#, "'mode' must be one of"),
        ("day_night_mode", #"{"mode":"dusk"}"#, "'mode' must be one of"),
        ("roi", #"{"x":0.6,"y":0,"width":0.5,"height":1}"#, "'geometry.roi' must lie inside the picture"),
        ("resolution", #"{"width":1281,"height":720}"#, "must have an even width and height"),
        ("resolution", #"{"width":1280,"height":720,"fov_mode":"wide"}"#, "'fov_mode' must be one of 'scale', 'crop', got 'wide'"),
        ("framerate", #"{"framerate":1e-7}"#, "'stream.framerate' must be 0.1 to 1000 fps"),
    ])
    func `a broken rule is a sentence and changes nothing`(path: String, body: String, sentence: String) async {
        let surface = FakeSurface()
        let reply = await RESTClient(surface).post("/v1/camera/\(path)", body)
        #expect(reply.status == 422)
        #expect(reply.detail.contains(sentence), "\(reply.text)")
        #expect(reply["code"] != nil && reply["key"] != nil)
        #expect(reply.headers[.contentType] == "application/json")
        #expect(surface.changes.isEmpty)
    }

    @Test func `a limit that contradicts the one in force is refused`() async {
        let client = RESTClient()
        #expect(await client.post("/v1/camera/exposure_limits", #"{"max_exposure_us":20000}"#).status == 200)
        let reply = await client.post("/v1/camera/exposure_limits", #"{"min_exposure_us":30000}"#)
        #expect(reply.status == 422)
        #expect(reply["code"] == "contradiction")
    }
}
