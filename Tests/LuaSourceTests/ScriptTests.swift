import Testing

@testable import LuaSource

struct ScriptTests {
    @Test func `a script as people write them is fine`() {
        let source = """
            ---@script night
            ---@needs control exposure.* ; still
            local args = script.args
            profile.define("night", { ["exposure.mode"] = "long", ["exposure.value"] = args.ev, ["exposure.max_time"] = "1s" })
            local agreeing, since = 0, math.huge
            local function switch(to_night)
              persist.is_night = to_night
              if to_night then profile.push("night", { over = "20m" }) else profile.pop("night") end
              log[to_night and "info" or "warn"]("switched", { lux = camera.frame.lux })
            end
            on("light.changed", function(event)
              if event.lux < args.dark then agreeing = agreeing + 1 elseif agreeing > 3 then switch(false) end
            end)
            function selftest() return args.bright > args.dark, "'bright' must be above 'dark'" end
            local timer = every("1m", function()
              local still, problem = still.take{ path = "%H%M.jpg", quality = 90 }
              if not still then log.warn(tostring(problem), problem.code) end
            end)
            after("2h", function() timer:cancel() camera:release() end)
            local outcome = camera:apply{ ["exposure.auto"] = true }:await("5s")
            for key, o in pairs(outcome or {}) do print(("%s %s"):format(key, o.state), os.date("%H:%M"), since) end
            """
        #expect(findings(source, needs: ["control exposure.*", "still"]) == [])
    }
}
