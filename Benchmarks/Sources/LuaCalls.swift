import Catalog
import CameraBindings
import Engine
import Foundation
import Scripting
import Timing

/// What crossing from Lua to the host costs, beside what Lua costs by itself.
enum LuaCalls {
    private static let script = """
        local n = 100000
        local function time(name, fn, fewer)
          local best = math.huge
          for round = 1, 5 do
            local start = os.clock()
            fn(n)
            best = math.min(best, (os.clock() - start) / n * (fewer or 1) * 1e9)
          end
          print(string.format("%-34s %6.0f ns", name, best))
        end
        local own = { exposure = { gain = 1 } }
        local function call(x) return x end
        -- Once it is in service, as handlers run.
        after("1ms", function()
        time("empty loop", function(n) for i = 1, n do end end)
        time("Lua table, two fields deep", function(n) for i = 1, n do local x = own.exposure.gain end end)
        time("Lua function", function(n) for i = 1, n do call(i) end end)
        time("camera.exposure.gain", function(n) for i = 1, n do local x = camera.exposure.gain end end)
        local exposure = camera.exposure
        time("exposure.gain, topic kept", function(n) for i = 1, n do local x = exposure.gain end end)
        time("camera.exposure.gain = x", function(n) for i = 1, n // 100 do camera.exposure.gain = 1 + i % 2 end end, 100)
        time("clock.now()", function(n) for i = 1, n do clock.now() end end)
        time("string.find of this version", function(n) for i = 1, n do ("key = value"):find("(%w+) = (%w+)") end end)
        end)
        """

    static func time() async throws {
        let clock = SystemClock()
        let engine = Engine(clock: clock, url: "rtsp://127.0.0.1:1/cam") { () throws(CameraError) in
            try CameraSource.open("sim:imx708?prepainted=3", clock: clock).camera
        }
        defer { engine.shutDown() }
        try engine.preset(Change(.configuration, ["stream.size": [640, 480]]))
        try engine.start()
        var limits = ScriptLimits.standard
        limits.runSeconds = 60
        let host = ScriptHost(surface: engine, clock: SystemClock(), folders: [], limits: limits) { print($0.text) }
        let name = try await host.run(source: script).name
        while try host.info(name).state == .running { try await Task.sleep(for: .milliseconds(20)) }
        if let problem = try host.info(name).lastProblem { throw problem }
        await host.shutDown()
    }
}
