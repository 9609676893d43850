import Catalog
import Engine
import Foundation
#if canImport(FoundationXML)
    import FoundationXML
#endif
import Scripting
import Testing

@testable import Rehearsal

extension Rehearsals {
    struct RehearsalTests {
        @Test func `what a script sets is proved by a frame of the simulated sensor`() throws {
            let rehearsal = try rehearsal()
            try rehearsal.load(
                "a",
                source: """
                    after("10s", function()
                      local outcome = camera:apply{ ["exposure.auto"] = false, ["exposure.time"] = 20000, ["exposure.gain"] = 60 }:await()
                      print(outcome["exposure.time"].state, outcome["exposure.gain"].state, outcome["exposure.gain"].applied)
                    end)
                    """)
            rehearsal.run(for: 20)
            #expect(rehearsal.lines("a") == ["applied\tclamped\t16.0"])
            let frame = try #require(rehearsal.frame)
            #expect(abs((frame.exposureTime ?? 0) - 20000) < 100)
            let change = try #require(
                rehearsal.timeline.entries.compactMap { entry -> TimelineEntry.Change? in
                    if case .decision(let change) = entry.what { change } else { nil }
                }.first)
            #expect(change.outcomes["exposure.time"]?.state == .applied && change.outcomes["exposure.time"]?.frame != nil)
            #expect(rehearsal.timeline.entries.contains { $0.script == "a" })
        }

        @Test func `a proof takes the sensor's delay, not a step of the cadence`() throws {
            let rehearsal = try rehearsal { $0.cadence = 60 }
            try rehearsal.load("a", source: "after(30, function() camera.image.contrast = 2; local t = clock.now(); print('x') end)")
            try rehearsal.load(
                "b",
                source: """
                    after(30, function()
                      local begin = clock.now()
                      camera:apply{ ["image.contrast"] = 1.5 }:await()
                      print(clock.now() - begin < 0.5)
                    end)
                    """)
            rehearsal.run(for: 40)
            #expect(rehearsal.lines("b") == ["true"])
        }

        @Test func `timers fire when they are due, however fast the day goes by`() throws {
            let rehearsal = try rehearsal("2026-12-21 00:00")
            try rehearsal.load(
                "a",
                source: "local n = 0 every('1m', function() n = n + 1 end) at('23:59:30', function() print(n, os.date('%H:%M:%S')) end)")
            rehearsal.run(for: 86_400)
            #expect(rehearsal.lines("a") == ["1439\t23:59:30"])
        }

        @Test func `the same plan gives the same timeline, another seed another one`() throws {
            func run(_ seed: UInt64) throws -> [String] {
                let rehearsal = try rehearsal("2026-12-21 15:00") { plan in
                    (plan.clouds, plan.headlights, plan.seed) = (.gusty, 60, seed)
                }
                try rehearsal.load("day_night")
                try rehearsal.load(
                    "a",
                    source:
                        "every('7m', function() local t = {} for i = 1, 9 do t['k' .. math.random(99)] = i end for k in pairs(t) do print(k, camera.frame.lux) end end)"
                )
                rehearsal.run(for: 4 * 3600)
                return rehearsal.text
            }
            let first = try run(7)
            #expect(first.count > 100)
            #expect(try run(7) == first)
            #expect(try run(8) != first)
        }

        @Test func `a ramp goes at its pace and never takes a step one would see`() throws {
            let rehearsal = try rehearsal()
            try rehearsal.load(
                "a",
                source: """
                    camera:apply{ ["exposure.auto"] = false, ["exposure.time"] = 1000, ["exposure.gain"] = 2 }
                    after("1m", function()
                      local begin = clock.now()
                      camera:ramp{ ["exposure.time"] = 16000, over = "10m" }:await()
                      print(math.floor(clock.now() - begin + 0.5))
                    end)
                    """)
            rehearsal.run(for: 70)
            var last = try #require(rehearsal.frame?.exposureTime)
            var largest = 0.0
            for _ in 0..<650 {
                rehearsal.run(for: 1)
                let now = try #require(rehearsal.frame?.exposureTime)
                largest = max(largest, abs(log2(Double(now) / Double(last))))
                last = now
            }
            #expect(largest > 0 && largest < 1.0 / 6)
            let seconds = try #require(rehearsal.lines("a").first.flatMap { Int($0) })
            #expect((599...605).contains(seconds))
        }

        @Test func `a power cut ends scripts in the middle; what they keep is there when they start again`() throws {
            let rehearsal = try rehearsal()
            try rehearsal.load(
                "a",
                source: "persist.n = (persist.n or 0) + 1 print('start', persist.n) every(1, function() persist.last = clock.now() end)")
            rehearsal.run(for: 10.5)
            camera(of: rehearsal, is: "a")
            try rehearsal.cutPower(for: 600)
            rehearsal.run(for: 5)
            #expect(rehearsal.lines("a") == ["start\t1", "start\t2"])
            #expect(rehearsal.book.values(ofScript: "a")["last"]?.double.map { $0 > rehearsal.plan.begin + 610 } == true)
            #expect(rehearsal.scriptInfos.map(\.state) == [.running])
        }

        private func camera(of rehearsal: Rehearsal, is script: String) { #expect(rehearsal.scriptInfos.map(\.name) == [script]) }

        @Test func `schedules wait for a clock that was not set, and find their place when it is stepped by a year`() throws {
            let rehearsal = try rehearsal("2026-12-21 12:00") { $0.isTrusted = false }
            rehearsal.clock.step(by: -365 * 86_400)
            try rehearsal.load("a", source: "at('12:30', function() print(os.date('%Y-%m-%d %H:%M')) end)")
            rehearsal.run(for: 3600)
            #expect(rehearsal.lines("a").count == 1, "\(rehearsal.lines("a"))")
            rehearsal.clock.step(by: 365 * 86_400)
            rehearsal.clock.trust(true)
            rehearsal.run(for: 86_400)
            #expect(rehearsal.lines("a").last == "2026-12-22 12:30")
            #expect(rehearsal.times("clock.stepped") == ["12:00:01", "13:00:01"])
        }

        @Test func `pictures are taken when they are asked for, and what is known of them is told`() throws {
            let rehearsal = try rehearsal("2026-12-21 12:00")
            try rehearsal.load(
                "a",
                source: """
                    ---@needs still
                    every("10m", function()
                      local still, problem = still.take{ path = "x/%H%M%S-{n}.jpg", width = 640 }
                      print(still and still.path or problem, still and still.width)
                    end)
                    """)
            rehearsal.run(for: 1210)
            rehearsal.fault = Problem(.failed, "there is no space left on the disk")
            rehearsal.run(for: 600)
            #expect(rehearsal.lines("a") == ["x/121000-1.jpg\t640", "x/122000-1.jpg\t640", "there is no space left on the disk\tnil"])
            #expect(rehearsal.timeline.stills.map(\.path) == ["x/121000-1.jpg", "x/122000-1.jpg"])
            let still = try #require(rehearsal.timeline.stills.first)
            #expect(still.exposureTime > 0 && still.gain >= 1 && (60...180).contains(still.luma))
        }

        @Test func `pictures become files when a folder is named for them`() throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "rehearsal-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let rehearsal = try rehearsal { $0.pictures = folder }
            try rehearsal.load(
                "a",
                source:
                    "---@needs still\nafter(5, function() print(still.take{ path = 'a.jpg', width = 320, height = 180 }.bytes > 1000) end)")
            rehearsal.run(for: 10)
            #expect(rehearsal.lines("a") == ["true"])
            let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/a.jpg"))
            #expect(bytes.prefix(2) == Data([0xFF, 0xD8]))
        }

        @Test func `servers answer as they were told to, and every request is noted`() throws {
            let rehearsal = try rehearsal()
            rehearsal.web.answer("broken", .problem(Problem(.timeout, "no answer")))
            try rehearsal.load(
                "a",
                source: """
                    ---@needs http
                    after(1, function()
                      print(http.post("http://fine.example/x", { json = { a = 1 } }).status)
                      print(http.get("http://broken.example/"))
                    end)
                    """)
            rehearsal.run(for: 2)
            #expect(rehearsal.lines("a") == ["200", "nil\tno answer"])
            #expect(rehearsal.text.contains { $0.contains("POST http://fine.example/x -> 200") })
        }

        @Test func `a camera that is lost is found again once it is there`() throws {
            let rehearsal = try rehearsal()
            try rehearsal.load("a", source: "for _, t in ipairs{'camera.lost', 'camera.found'} do on(t, function() print(t) end) end")
            rehearsal.run(for: 5)
            rehearsal.loseCamera("unplugged")
            rehearsal.run(for: 60)
            #expect(rehearsal.lines("a") == ["camera.lost"])
            rehearsal.loseCamera(nil)
            rehearsal.run(for: 10)
            #expect(rehearsal.lines("a") == ["camera.lost", "camera.found"])
        }

        @Test func `the stream goes down and up when the rehearsal says so`() throws {
            let rehearsal = try rehearsal()
            try rehearsal.load(
                "a", source: "on('stream.down', function(e) print(e.reason) end) on('stream.up', function() print('up') end)")
            rehearsal.parts.video.fail("no route")
            rehearsal.run(for: 1)
            rehearsal.parts.video.fail(nil)
            rehearsal.run(for: 1)
            #expect(rehearsal.lines("a") == ["no route", "up"])
        }

        @Test func `automatic exposure follows the sun down, and the camera's own light changes what it measures`() throws {
            let rehearsal = try rehearsal("2026-12-21 14:00") { plan in
                (plan.camera, plan.infrared, plan.hasMoon) = ("imx708_noir", 12, false)
            }
            rehearsal.run(for: 10)
            let day = try #require(rehearsal.frame)
            rehearsal.run(for: 5 * 3600)
            let night = try #require(rehearsal.frame)
            #expect((day.lux ?? 0) > 1000 && (night.lux ?? 1) < 0.01)
            #expect((night.exposureTime ?? 0) > 20 * (day.exposureTime ?? 0) && (night.luma ?? 255) < 40)
            try rehearsal.load("a", source: "profile.define('night', { ['image.contrast'] = 1.1 }) profile.push('night')")
            rehearsal.run(for: 20)
            #expect((rehearsal.frame?.lux ?? 0) > 6)
        }

        @Test func `a script that never ends is stopped`() throws {
            let rehearsal = try rehearsal()
            try rehearsal.load("a", source: "after(1, function() while true do end end)")
            rehearsal.run(for: 5)
            #expect(rehearsal.scriptInfos.map(\.state) == [.failed])
        }

        @Test func `a recorded night is replayed with its light and its events`() throws {
            let begin = try seconds("2026-12-21T16:00:00Z")
            let rehearsal = try rehearsal { plan in
                plan.begin = begin
                plan.night = RecordedNight(
                    lights: [
                        .init(time: begin, lux: 100, colourTemperature: 5000), .init(time: begin + 60, lux: 2, colourTemperature: 3000),
                    ],
                    events: [Event("motion.started", time: begin + 30), Event("profile.changed", time: begin + 31)], decisions: [])
            }
            try rehearsal.load(
                "a", source: "on('motion.started', function() print('motion') end) on('profile.changed', function() print('profile') end)")
            rehearsal.run(for: 50)
            #expect(rehearsal.lines("a") == ["motion"] && abs((rehearsal.frame?.lux ?? 0) - 100) < 5)
            rehearsal.run(for: 30)
            #expect(abs((rehearsal.frame?.lux ?? 0) - 2) < 0.2)
        }

        @Test func `the chart of a day is well-formed and has what happened`() throws {
            let rehearsal = try rehearsal("2026-12-21 00:00")
            try rehearsal.load("day_night")
            rehearsal.run(for: 86_400)
            let svg = rehearsal.chart("day & night")
            #expect(svg.contains("day &amp; night") && svg.contains("night") && svg.hasSuffix("</svg>\n"))
            #expect(XMLParser(data: Data(svg.utf8)).parse())
        }
    }
}
