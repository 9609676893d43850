import Catalog
import Support
import Testing

@testable import Server

/// Answers that say ok mean it (weakness 10).
struct TruthTests {
    /// A surface that settles nothing by itself.
    private func pending() -> FakeSurface {
        let surface = SensorFixtures.surface(SensorFixtures.imx708(wide: true))
        surface.settlesAtOnce = false
        return surface
    }

    @Test func `a write on its way is answered at once, compact and with status first`() async {
        let client = RESTClient(pending())
        #expect(await client.post("/v1/camera/exposure_value", #"{"ev":1.5}"#).text == #"{"status":"ok"}"#)
        #expect(await client.post("/v1/camera/auto_exposure", #"{"enabled":true}"#).text == #"{"status":"ok","auto_exposure":true}"#)
        #expect(await client.post("/v1/camera/awb", #"{"enabled":false}"#).text == #"{"status":"ok","awb_enabled":false}"#)
        #expect(
            await client.post("/v1/camera/manual_exposure", #"{"exposure_us":20000,"gain":2}"#).text
                == #"{"status":"ok","exposure_us":20000,"gain":2}"#)
    }

    @Test func `a proved write tells what is in force and since which frame`() async {
        let reply = await RESTClient().post("/v1/camera/exposure_value?wait=applied", #"{"ev":1.5}"#)
        #expect(reply.text == #"{"status":"ok","applied":{"exposure.value":1.5},"frame":101}"#)
    }

    @Test func `waiting ends with the proof`() async {
        let surface = pending()
        let client = RESTClient(surface, patience: .seconds(30))
        async let reply = client.post("/v1/camera/manual_exposure?wait=applied", #"{"exposure_us":500000}"#)
        while surface.changes.isEmpty { await Task.yield() }
        surface.settle(
            Ticket(id: 1),
            ["exposure.time": Outcome(.clamped, asked: 500_000, applied: 33333, frame: 1842, reason: "the frame is 33333 µs long")])
        #expect(
            await reply.text
                == #"{"status":"ok","exposure_us":500000,"gain":1,"applied":{"exposure.time":33333},"clamped":true,"frame":1842,"#
                + #""reason":"'exposure.time': the frame is 33333 µs long"}"#)
    }

    @Test func `waiting ends without a proof too`() async {
        let reply = await RESTClient(pending(), patience: .milliseconds(20)).post("/v1/camera/exposure_value?wait=applied", #"{"ev":1}"#)
        #expect(reply.status == 200)
        #expect(reply["applied"] == nil)
    }

    @Test func `a value that was cut before it was sent is told at once`() {
        let cut = Outcome(.pending, asked: 64, reason: "this camera does 1.12 to 16 ×")
        #expect(
            Document.object(Truth(["exposure.gain": cut, "exposure.time": Outcome(.pending, asked: 9)]).members)
                == ["clamped": true, "reason": "'exposure.gain': this camera does 1.12 to 16 ×"])
    }

    @Test func `another word to wait for is refused`() async {
        let reply = await RESTClient().post("/v1/camera/exposure_value?wait=long", #"{"ev":1}"#)
        #expect(reply.status == 422)
        #expect(reply["key"] == "wait")
    }

    @Test func `a value without effect now is accepted with the reason`() async {
        let surface = pending()
        let client = RESTClient(surface)
        _ = await client.post("/v1/camera/auto_exposure", #"{"enabled":false}"#)
        surface.settlesAtOnce = false
        async let reply = RESTClient(surface, patience: .seconds(30)).post("/v1/camera/exposure_value?wait=applied", #"{"ev":1}"#)
        while surface.changes.count < 2 { await Task.yield() }
        surface.settle(
            Ticket(id: 2), ["exposure.value": Outcome(.unsupported, asked: 1, reason: "has no effect while 'exposure.auto' is false")])
        let settled = await reply
        #expect(settled.status == 200)
        #expect(settled["status"] == "ok")
        #expect(settled["reason"]?.string?.contains("has no effect while 'exposure.auto' is false") == true)
    }

    // Weakness 6: cameras without autofocus.
    @Test(arguments: [("lens_position", #"{"position":1}"#), ("autofocus_mode", #"{"mode":"continuous"}"#)])
    func `what the camera lacks is unsupported and changes nothing`(path: String, body: String) async {
        let surface = LackingSurface("focus.mode", "focus.lens_position")
        let reply = await RESTClient(surface).post("/v1/camera/\(path)", body)
        #expect(reply.status == 422)
        #expect(reply["code"] == "unsupported")
        #expect(reply.detail.contains("has no 'focus."), "\(reply.text)")
        #expect(surface.whole.changes.isEmpty)
    }

    @Test func `turning off what the camera lacks is true anyway`() async {
        let surface = LackingSurface("image.hdr", "geometry.hflip")
        let client = RESTClient(surface)
        #expect(await client.post("/v1/camera/hdr", #"{"mode":"off"}"#).status == 200)
        #expect(await client.post("/v1/camera/hdr", #"{"mode":"sensor"}"#).status == 422)
        #expect(await client.post("/v1/camera/transform", "{}").status == 200)
        #expect(surface.whole.changes.map(\.values) == [["geometry.vflip": false, "geometry.rotation": 0]])
    }

    @Test func `a word the camera does not know is unsupported, with those it knows`() async {
        let surface = SensorFixtures.surface(SensorFixtures.imx708(wide: false), limits: ["image.hdr": .choice(["off", "single-exp"])])
        let reply = await RESTClient(surface).post("/v1/camera/hdr", #"{"mode":"sensor"}"#)
        #expect(reply.status == 422)
        #expect(reply["allowed"] == ["off", "single-exp"])
        #expect(reply.detail == "this camera (imx708) has no 'sensor' for 'image.hdr'; it has ['off', 'single-exp']")
    }

    @Test func `a size beyond the sensor is unsupported`() async {
        let surface = SensorFixtures.surface(SensorFixtures.imx219, limits: ["stream.size": .size(64...3280)])
        let reply = await RESTClient(surface).post("/v1/camera/resolution", #"{"width":3840,"height":2160}"#)
        #expect(reply.status == 422)
        #expect(reply["code"] == "unsupported")
    }

    @Test func `a value that the camera refused in the end is no success`() async {
        let surface = pending()
        async let reply = RESTClient(surface, patience: .seconds(30)).post(
            "/v1/camera/resolution?wait=applied", #"{"width":64,"height":64}"#)
        while surface.changes.isEmpty { await Task.yield() }
        surface.settle(Ticket(id: 1), ["stream.size": Outcome(.unsupported, asked: [64, 64], reason: "the driver refused 64x64")])
        let settled = await reply
        #expect(settled.status == 422)
        #expect(settled.detail == "the driver refused 64x64")
    }
}
