import Catalog
import Support
import Testing

@testable import Server

struct RawControlTests {
    private static let controls = [
        Control("raw.AeFlickerPeriod", "libcamera's AeFlickerPeriod (core).", .integer(.min ... .max, .none), standard: 0),
        Control("raw.ScalerCrop", "libcamera's ScalerCrop (core).", .rectangle(.min ... .max), standard: nil),
        Control(
            "raw.AeFlickerMode", "libcamera's AeFlickerMode (core).", .choice(["FlickerOff", "FlickerManual"]), standard: "FlickerOff"),
    ]

    private func prepare(_ surface: FakeSurface) {
        surface.configure(
            limits: ["raw.AeFlickerPeriod": .integer(100...1_000_000, .none), "raw.ScalerCrop": .rectangle(0...4608)],
            raw: RawControlTests.controls)
    }

    private func client() -> RESTClient {
        let surface = FakeSurface()
        prepare(surface)
        return RESTClient(surface)
    }

    @Test func `a raw control is shown like any other`() async {
        let reply = await client().get("/v1/controls/raw.ScalerCrop")
        #expect(reply.status == 200)
        #expect(reply["value"] == .null && reply["standard"] == .null && reply["supported"] == true && reply["cost"] == "none")
        #expect(reply["unit"] == "px" && reply["about"] == "libcamera's ScalerCrop (core).")
        #expect(
            reply["limits"] == [
                "type": "array", "items": ["type": "integer", "minimum": 0, "maximum": 4608], "minItems": 4, "maxItems": 4,
            ])
    }

    @Test func `raw controls are listed after those of the Catalog`() async {
        let text = await client().get("/v1/controls").text
        let names = text.matches(of: /"([a-z_]+\.\w+)":\{"value"/).map { String($0.1) }
        #expect(names == Catalog.controls.map(\.key) + ["raw.AeFlickerMode", "raw.AeFlickerPeriod", "raw.ScalerCrop"])
    }

    @Test func `raw and other values are one change, and each tells what became of it`() async throws {
        let client = client()
        let body = #"{"raw.ScalerCrop":[0,0,2304,1296],"raw.AeFlickerPeriod":9007199254740993,"exposure.value":1}"#
        let reply = await client.send("PATCH", "/v1/controls?wait=applied", body)
        #expect(reply.status == 200)
        #expect(reply["raw.ScalerCrop"]?.table?["applied"] == [0, 0, 2304, 1296])
        #expect(reply["raw.AeFlickerPeriod"]?.table?["asked"] == 9_007_199_254_740_993)
        #expect(try #require(client.surface as? FakeSurface).changes.count == 1)
        #expect(await client.get("/v1/controls/raw.ScalerCrop")["holder"] == "rest")
    }

    @Test(arguments: [
        (#"{"exposure.value":1,"raw.ScalerCrop":[0,0,1]}"#, "wrong_type", "raw.ScalerCrop"),
        (#"{"exposure.value":99,"raw.ScalerCrop":[0,0,1,1]}"#, "out_of_range", "exposure.value"),
        (#"{"exposure.value":1,"raw.ScalerCorp":[0,0,1,1]}"#, "unknown", "raw.ScalerCorp"),
        (#"{"raw.AeFlickerMode":"FlickerAuto"}"#, "not_one_of", "raw.AeFlickerMode"),
        (#"{"raw.AeFlickerPeriod":1e30}"#, "out_of_range", "raw.AeFlickerPeriod"),
        (#"{"raw.AeFlickerPeriod":null}"#, "wrong_type", "raw.AeFlickerPeriod"),
    ])
    func `one bad value refuses them all`(body: String, code: String, key: String) async throws {
        let client = client()
        let reply = await client.send("PATCH", "/v1/controls", body)
        #expect(reply.status == 422)
        #expect(reply["code"] == .text(code) && reply["key"] == .text(key))
        #expect(try #require(client.surface as? FakeSurface).changes.isEmpty)
    }

    @Test func `a number beyond the camera's limits is taken, to be clamped`() async {
        let reply = await client().send("PATCH", "/v1/controls", #"{"raw.ScalerCrop":[0,0,9999,9999]}"#)
        #expect(reply.status == 200)
    }

    @Test func `a raw control that the camera does not report is refused before anything changes`() async {
        let surface = LackingSurface("raw.AeFlickerPeriod")
        prepare(surface.whole)
        let client = RESTClient(surface)
        let reply = await client.send("PATCH", "/v1/controls", #"{"exposure.value":1,"raw.AeFlickerPeriod":10000}"#)
        #expect(reply.status == 422)
        #expect(reply["code"] == "unsupported" && reply.detail == "this camera has no 'raw.AeFlickerPeriod'")
        #expect(surface.whole.changes.isEmpty)
        #expect(await client.get("/v1/controls/raw.AeFlickerPeriod")["supported"] == false)
        #expect(await client.get("/v1/controls")["raw.AeFlickerPeriod"] == nil)
    }

    @Test(arguments: ["GET /v1/controls/raw.ScalerCorp", "DELETE /v1/controls/raw.ScalerCorp", "GET /v1/controls/raw.ScalerCorp/why"])
    func `an unknown raw control is 404 with the nearest name`(request: String) async {
        let parts = request.split(separator: " ").map(String.init)
        let reply = await client().send(parts[0], parts[1])
        #expect(reply.status == 404)
        #expect(reply.detail == "there is no control 'raw.ScalerCorp'; did you mean 'raw.ScalerCrop'?")
    }

    @Test func `a raw control is given back and explained`() async throws {
        let client = client()
        _ = try client.surface.apply(Change(.script("mains"), ["raw.AeFlickerPeriod": 8333]))
        _ = await client.send("PATCH", "/v1/controls", #"{"raw.AeFlickerPeriod":10000}"#)
        let why = await client.get("/v1/controls/raw.AeFlickerPeriod/why")
        #expect(why["holders"]?.list?.compactMap { $0.table?["owner"]?.string } == ["rest", "script:mains"])
        #expect(await client.send("DELETE", "/v1/controls/raw.AeFlickerPeriod")["value"] == 8333)
    }
}
