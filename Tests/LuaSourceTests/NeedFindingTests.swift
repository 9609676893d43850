import Testing

@testable import LuaSource

struct NeedFindingTests {
    @Test func `a missing need is said once, with the line to add`() {
        let found = LuaSource.analyse("still.take()\nstill.take()\nlocal take = still.take")
        #expect(
            found == [
                Finding(
                    line: 1, column: 7, severity: .error, message: "'still.take' needs '---@needs still' in the header",
                    suggestion: "---@needs still")
            ])
    }

    @Test(arguments: [
        "camera.image.contrast = 2", "local i = camera.image i.contrast = 2", "camera:apply{ ['image.contrast'] = 2 }",
        "profile.define('n', { ['image.contrast'] = 2 })", "camera:ramp{ ['image.contrast'] = 2, over = 5 }",
    ])
    func `setting a control that is not among the needs is found`(_ source: String) {
        #expect(messages(source, needs: ["control exposure.*"]) == ["'image.contrast' needs '---@needs control image.*' in the header"])
        #expect(messages(source, needs: ["control exposure.*", "control image.*"]) == [])
        #expect(messages(source) == [])
    }

    @Test(arguments: [
        "print(camera.image.contrast)", "camera:release('image.contrast')", "camera:why('image.contrast')", "stream.status()",
    ])
    func `looking needs nothing`(_ source: String) {
        #expect(messages(source, needs: ["control exposure.*"]) == [])
    }

    @Test func `each kind of command has its need`() {
        #expect(messages("stream.start() stream.stop()") == ["'stream.start' needs '---@needs stream' in the header"])
        #expect(messages("script.run{ name = 'x' }") == ["'script.run' needs '---@needs script' in the header"])
        #expect(messages("camera.focus.trigger()") == [])
        #expect(
            messages("camera.focus.trigger()", needs: ["control exposure.*"])
                == ["'focus.trigger' needs '---@needs control focus.*' in the header"])
    }

    @Test func `a need that makes no sense is found in the header`() {
        let source = "---@script x\n---@needs control exposure.* ; stil\nstill.take()"
        #expect(
            findings(source, needs: ["control exposure.*", "stil"])
                == ["2:32 error there is no need 'stil', only 'control', 'http', 'script', 'still', 'stream'; did you mean 'still'?"])
    }

    @Test func `a pattern that no control fits is probably misspelt`() {
        #expect(
            findings("---@needs control exposre.* raw.* focus.trigger", needs: ["control exposre.* raw.* focus.trigger"])
                == ["1:11 warning no control fits 'exposre.*'; did you mean 'exposure.*'?"])
    }

    @Test func `the network is asked for by host`() {
        let get = "http.get('https://example.org/x')"
        #expect(messages(get) == ["'example.org' needs '---@needs http example.org' in the header"])
        #expect(messages(get, needs: ["http *.org"]) == [])
        #expect(
            messages(get, needs: ["http *.lan"]) == ["'example.org' needs '---@needs http example.org' in the header"])
        #expect(messages("http.get(url) url = 1") == ["'http' needs '---@needs http' in the header"])
        #expect(messages("http.get(url) url = 1", needs: ["http *.lan"]) == [])
        #expect(messages("pcall(http.get, 'http://a.b')") == ["'http' needs '---@needs http' in the header"])
    }
}
