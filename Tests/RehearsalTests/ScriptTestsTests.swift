import Catalog
import Foundation
#if canImport(FoundationXML)
    import FoundationXML
#endif
import Testing

@testable import Rehearsal

extension Rehearsals {
    struct ScriptTestsTests {
        private func outcomes(_ source: String) throws -> [ScriptTests.Outcome] {
            let tests = try ScriptTests(source, name: "a_test", folders: [bundledScripts])
            return tests.names.indices.map(tests.run)
        }

        @Test func `a test that expects what happens goes well`() throws {
            let outcomes = try outcomes(
                """
                test("dusk", function(sim)
                  sim.at{ day = "2026-12-21", time = "15:00", lat = 48.1, lon = 11.6, zone = "Europe/Berlin" }
                  sim.load("day_night", { dark = 5, bright = 12 })
                  sim.run_to("20:00")
                  expect(sim.count("profile.changed")).is(1)
                  expect(sim.at_time("15:30").profile).is("normal")
                  expect(sim.at_time("19:00").profile).is("night")
                  expect(sim.time()).is("20:00:00")
                  expect(sim.value("exposure.mode")).is("long")
                  expect(sim.frame().lux).below(1)
                  expect(#sim.decisions("day_night")).above(3)
                  expect(sim.state("day_night")).is("running")
                  expect(sim.problem("day_night")).is(nil)
                end)
                """)
            #expect(outcomes.map(\.failure) == [nil])
            #expect(outcomes[0].rehearsed == 5 * 3600)
        }

        @Test func `a failing expectation says what was expected, where, and what happened around it`() throws {
            let outcomes = try outcomes(
                """
                test("dusk", function(sim)
                  sim.at{ time = "15:00" }
                  sim.load("day_night")
                  sim.run("6h")
                  expect(sim.at_time("16:00").profile).is("night")
                end)
                test("next", function(sim) expect(sim.time()).is("00:00:00") end)
                """)
            #expect(outcomes[0].failure?.hasPrefix("a_test:5: expected \"normal\" to be \"night\"") == true)
            #expect(outcomes[0].timeline.contains { $0.contains("profile night on") })
            #expect(outcomes[1].failure == nil)
        }

        @Test(arguments: [
            ("expect(1).is(1.0)", nil), ("expect({a = {1, 2}}).is({a = {1, 2}})", nil), ("expect({a = 1}).isnt({a = 2})", nil),
            ("expect(1).near(1.05, 0.1)", nil), ("expect(3).between(1, 3)", nil), ("expect('abc').contains('b')", nil),
            ("expect({'x', 'y'}).contains('y')", nil), ("expect('a1').matches('%d')", nil), ("expect(1).exists()", nil),
            ("expect(nil).exists()", "expected nil to be there"), ("expect(5).below(5)", "expected 5 to be below 5"),
            ("expect('5').above(1)", "expected \"5\" to be above 1"), ("expect({1}).is({1, 2})", "expected { 1 } to be { 1, 2 }"),
            ("expect(2).near(1, 0.5)", "expected 2 to be near 1, 0.5"),
        ])
        func `expectations compare as people do`(_ line: String, _ failure: String?) throws {
            let outcomes = try outcomes("test('x', function(sim) \(line) end)")
            let sentence = outcomes[0].failure?.split(separator: "\n").first.map(String.init)
            #expect(sentence == failure.map { "a_test:1: \($0)" })
        }

        @Test(arguments: [
            ("sim.at{ dya = '2026-12-21' }", "there is no option 'dya'; did you mean 'day'?"),
            ("sim.at{ day = '2026-13-01' }", "a day such as '2026-12-21 or 2026-12-21 16:30' was expected, got '2026-13-01 00:00'"),
            ("sim.load('nobody')", "there is no script 'nobody'"),
            ("sim.run('soon')", "a time such as '24h' or '90s' was expected for it, got 'soon'"),
            ("sim.run('1s') sim.at{}", "'sim.at' comes before anything runs; begin another test"),
            ("sim.at_time('02:00')", "02:00 is still to come; it is 00:00:00"), ("sim.at{ clouds = 'pink' }", "'clouds' must be one of"),
            ("sim.stream('sideways')", "argument 1 must be 'up' or 'down', got 'sideways'"),
            ("sleep(1)", "attempt to call a nil value (global 'sleep')"),
        ])
        func `misuse is told with the remedy`(_ line: String, _ part: String) throws {
            let outcomes = try outcomes("test('x', function(sim) \(line) end)")
            #expect(outcomes[0].failure?.contains(part) == true, "\(outcomes[0].failure ?? "nothing")")
        }

        @Test func `doubles stand in for the world`() throws {
            let outcomes = try outcomes(
                """
                local script = [[
                ---@needs http ; still
                on("stream.down", function(e) http.post("http://x.example/", { body = e.reason }) end)
                on("garden.gate", function() still.take{ path = "gate.jpg" } end)
                on("light.changed", function(e) if e.lux > 500 then print("bright") end end)
                on("clock.stepped", function(e) print(math.floor(e.by)) end)
                ]]
                test("world", function(sim)
                  sim.at{ time = "02:00" }
                  sim.source("a", script)
                  sim.http("x.example", { status = 503 })
                  sim.stream("down", "gone")
                  sim.run("1s")
                  expect(sim.requests("x.example")[1].body).is("gone")
                  expect(sim.requests()[1].answer).is("503")
                  sim.emit("garden.gate")
                  sim.run("2s")
                  expect(sim.stills()[1].path).is("gate.jpg")
                  sim.disk_full(true)
                  sim.emit("garden.gate")
                  sim.run("2s")
                  expect(#sim.stills()).is(1)
                  sim.flash{ lux = 5000, duration = "5s" }
                  sim.run("10s")
                  sim.light(800)
                  sim.run("10s")
                  expect(sim.frame().lux).near(800, 40)
                  sim.step_clock("1h")
                  sim.run("2s")
                  sim.camera("lost")
                  sim.run("20s")
                  sim.camera("found")
                  sim.run("20s")
                  expect(sim.count("camera.lost")).is(1)
                  expect(sim.count("camera.found")).is(1)
                  local lines = {}
                  for _, line in ipairs(sim.log("a")) do lines[#lines + 1] = line.text end
                  expect(lines).contains("bright")
                  expect(lines).contains("3600")
                  sim.reload("a")
                  sim.power_cut("5m")
                  expect(sim.state("a")).is("running")
                  sim.stop("a")
                  expect(sim.state("a")).is("stopped")
                end)
                """)
            #expect(outcomes[0].failure == nil)
        }

        @Test func `a file that does not load says where`() {
            #expect(throws: Problem.self) { try ScriptTests("test('x', function(", name: "a_test", folders: []) }
            do {
                _ = try ScriptTests("\nnothing.at = 1", name: "a_test", folders: [])
                Issue.record("it loaded")
            } catch {
                #expect(error.sentence.hasPrefix("a_test:2: attempt to index a nil value (global 'nothing')"))
            }
        }

        @Test func `reports are TAP and JUnit`() throws {
            let outcomes = try outcomes("test('good', function(sim) print('hello') end) test('bad <&>', function(sim) expect(1).is(2) end)")
            #expect(TestReports.tap(outcomes[0], number: 1, file: "a_test") == ["ok 1 - a_test: good", "# hello"])
            let bad = TestReports.tap(outcomes[1], number: 2, file: "a_test")
            #expect(bad.first == "not ok 2 - a_test: bad <&>" && bad.contains("    a_test:1: expected 1 to be 2"))
            let xml = TestReports.junit([("a_test", outcomes)])
            #expect(xml.contains("tests=\"2\" failures=\"1\"") && xml.contains("name=\"bad &lt;&amp;&gt;\""))
            #expect(XMLParser(data: Data(xml.utf8)).parse())
        }
    }
}
