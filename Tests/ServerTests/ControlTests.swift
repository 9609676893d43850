import Catalog
import Support
import Testing

@testable import Server

struct ControlTests {
    @Test func `every control is listed with its value, limits and sentence`() async {
        let surface = SensorFixtures.surface(
            SensorFixtures.imx708(wide: true), limits: ["exposure.time": .integer(26...1000, .microseconds)])
        let reply = await RESTClient(surface).get("/v1/controls")
        #expect(Set(reply.json.table?.keys.map { $0 } ?? []) == Set(Catalog.controls.map(\.key)))
        let time = reply["exposure.time"]?.table ?? [:]
        #expect(time["limits"] == ["type": "integer", "minimum": 26, "maximum": 1000])
        #expect(time["unit"] == "µs" && time["holder"] == .null && time["supported"] == true)
        #expect(time["effective_while"] == ["key": "exposure.auto", "values": [false]])
        #expect(reply["stream.size"]?.table?["cost"] == "reconfiguration")
    }

    @Test func `several values are one change, and each tells what became of it`() async {
        let surface = FakeSurface()
        let reply = await RESTClient(surface).send("PATCH", "/v1/controls?wait=applied", #"{"exposure.value":1,"exposure.mode":"long"}"#)
        #expect(surface.changes.map(\.values) == [["exposure.value": 1.0, "exposure.mode": "long"]])
        #expect(reply["exposure.value"] == ["state": "applied", "asked": 1, "applied": 1, "clamped": false, "frame": 101])
    }

    @Test(arguments: [
        (#"{"exposure.value":1,"focus.lens_position":99}"#, "out_of_range", "focus.lens_position"),
        (#"{"exposure.value":"1"}"#, "wrong_type", "exposure.value"), (#"{"exposure.valeu":1}"#, "unknown", "exposure.valeu"),
        (#"{"exposure.mode":"slow"}"#, "not_one_of", "exposure.mode"), (#"{"exposure.value":null}"#, "wrong_type", "exposure.value"),
    ])
    func `one bad value refuses them all`(body: String, code: String, key: String) async {
        let surface = FakeSurface()
        let reply = await RESTClient(surface).send("PATCH", "/v1/controls", body)
        #expect(reply.status == 422)
        #expect(reply["code"] == .text(code) && reply["key"] == .text(key))
        #expect(surface.changes.isEmpty)
    }

    @Test func `nothing asked is nothing changed`() async {
        let surface = FakeSurface()
        #expect(await RESTClient(surface).send("PATCH", "/v1/controls", "{}").text == "{}")
        #expect(await RESTClient(surface).send("PATCH", "/v1/controls", "[]").status == 422)
        #expect(surface.changes.isEmpty)
    }

    @Test func `what the camera lacks is refused before anything changes`() async {
        let surface = LackingSurface("image.hdr")
        let reply = await RESTClient(surface).send("PATCH", "/v1/controls", #"{"exposure.value":1,"image.hdr":"auto"}"#)
        #expect(reply.status == 422)
        #expect(reply["code"] == "unsupported" && reply["key"] == "image.hdr")
        #expect(surface.whole.changes.isEmpty)
    }

    @Test func `a control is given back to the holder underneath`() async throws {
        let surface = FakeSurface()
        let client = RESTClient(surface)
        _ = try surface.apply(Change(.script("night"), ["exposure.value": 2]))
        _ = await client.send("PATCH", "/v1/controls", #"{"exposure.value":1}"#)
        #expect(await client.get("/v1/controls/exposure.value")["holder"] == "rest")
        let reply = await client.send("DELETE", "/v1/controls/exposure.value")
        #expect(reply["value"] == 2)
        #expect(reply["holder"] == "script:night")
    }

    @Test func `why lists the holders, newest first`() async throws {
        let surface = FakeSurface()
        let client = RESTClient(surface)
        _ = try surface.apply(Change(.script("night"), ["exposure.value": 2]))
        _ = await client.send("PATCH", "/v1/controls", #"{"exposure.value":1}"#)
        let reply = await client.get("/v1/controls/exposure.value/why")
        #expect(reply["holders"]?.list?.compactMap { $0.table?["owner"]?.string } == ["rest", "script:night"])
        #expect(reply["value"] == 1)
    }

    @Test(arguments: ["GET", "DELETE"]) func `an unknown control is 404 with the nearest name`(method: String) async {
        let reply = await RESTClient().send(method, "/v1/controls/exposure.tim")
        #expect(reply.status == 404)
        #expect(reply.detail == "there is no control 'exposure.tim'; did you mean 'exposure.time'?")
    }
}
