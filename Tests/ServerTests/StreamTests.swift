import Catalog
import Support
import Testing

@testable import Server

/// Frame rate, size, field of view and publishing.
struct StreamTests {
    @Test func `a rate above the limit is cut and said`() async {
        let surface = SensorFixtures.surface(SensorFixtures.imx708(wide: true))
        surface.settlesAtOnce = false
        let reply = await RESTClient(surface).post("/v1/camera/framerate", #"{"framerate":500}"#)
        #expect(
            reply.text
                == #"{"status":"ok","requested_framerate":500,"applied_framerate":50,"max_framerate_for_resolution":50,"#
                + #""resolution":"1920x1080","clamped":true}"#)
        #expect(await RESTClient(surface).post("/v1/camera/framerate", #"{"framerate":50}"#)["clamped"] == false)
    }

    // Weakness 9: 4K "30 fps" runs in the 14.35 fps mode.
    @Test func `the sensor mode's limit counts, not only the encoder's`() async {
        let client = RESTClient(SensorFixtures.surface(SensorFixtures.imx708(wide: true)))
        _ = await client.post("/v1/camera/resolution", #"{"width":3840,"height":2160}"#)
        let reply = await client.post("/v1/camera/framerate", #"{"framerate":30}"#)
        #expect(reply["max_framerate_for_resolution"] == 14.35)
        #expect(reply["clamped"] == true)
    }

    @Test func `what the camera really applied wins over the table`() async {
        let surface = SensorFixtures.surface(SensorFixtures.imx708(wide: true))
        surface.settlesAtOnce = false
        async let reply = RESTClient(surface, patience: .seconds(30)).post("/v1/camera/framerate?wait=applied", #"{"framerate":40}"#)
        while surface.changes.isEmpty { await Task.yield() }
        surface.settle(Ticket(id: 1), ["stream.framerate": Outcome(.clamped, asked: 40, applied: 25, frame: 9, reason: "exposure")])
        let settled = await reply
        #expect(settled["applied_framerate"] == 25)
        #expect(settled["clamped"] == true)
    }

    @Test func `a change that shall not restart publishing stops it`() async {
        let surface = FakeSurface()
        let client = RESTClient(surface)
        _ = await client.post("/v1/camera/resolution", #"{"width":640,"height":480}"#)
        #expect(surface.performed.isEmpty)
        _ = await client.post("/v1/camera/resolution", #"{"width":640,"height":480,"restart_streaming":false}"#)
        _ = await client.post("/v1/camera/framerate", #"{"framerate":10,"restart_streaming":"no"}"#)
        #expect(surface.performed.map(\.0) == ["stream.stop", "stream.stop"])
    }

    @Test func `the field-of-view mode reads back as set`() async {
        let client = RESTClient()
        #expect(await client.get("/v1/camera/fov_mode").text.hasPrefix(#"{"mode":"scale","description":""#))
        #expect(await client.post("/v1/camera/fov_mode", #"{"mode":"crop"}"#).text.hasPrefix(#"{"mode":"crop","description":""#))
        #expect(await client.get("/v1/camera/fov_mode")["mode"] == "crop")
    }

    // Weakness 2: a dead publisher goes unnoticed.
    @Test func `starting tells whether packets reach the server`() async {
        let surface = FakeSurface()
        surface.commandReply = .success(["state": "connecting", "up": false, "reason": "connection refused"])
        let reply = await RESTClient(surface).post("/v1/streaming/start")
        #expect(reply.text == #"{"status":"ok","streaming":true,"up":false,"state":"connecting","reason":"connection refused"}"#)
        #expect(surface.performed.map(\.0) == ["stream.start"])
    }

    @Test func `stopping answers the state after the call`() async {
        let surface = FakeSurface()
        #expect(await RESTClient(surface).post("/v1/streaming/stop", "not even JSON").text == #"{"status":"ok","streaming":false}"#)
        #expect(surface.performed.map(\.0) == ["stream.stop"])
    }

    @Test func `a focus scan is a command, and a failed one says so`() async {
        let surface = FakeSurface()
        let client = RESTClient(surface)
        // Weakness 10: a trigger outside auto mode answers ok and does nothing.
        #expect(await client.post("/v1/camera/autofocus_trigger")["reason"]?.string?.contains("'focus.mode' is 'continuous'") == true)
        _ = await client.post("/v1/camera/autofocus_mode", #"{"mode":"auto"}"#)
        #expect(await client.post("/v1/camera/autofocus_trigger").text == #"{"status":"ok"}"#)
        surface.commandReply = .failure(Problem(.unsupported, "this camera has a fixed lens", key: "focus.trigger"))
        #expect(await client.post("/v1/camera/autofocus_trigger").status == 422)
        surface.commandReply = .failure(Problem(.failed, "the lens driver answered EIO"))
        let failed = await client.post("/v1/camera/autofocus_trigger")
        #expect(failed.status == 500)
        #expect(failed.detail == "the lens driver answered EIO")
    }
}
