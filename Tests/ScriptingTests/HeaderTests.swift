import Catalog
import Support
import Testing

@testable import Scripting

private let example = """
    #!/usr/bin/env luneta repl
    -- A comment.
    ---@script day_night
    ---@about  Night profile when it gets dark, back at dawn.
    ---@needs  control exposure.* image.* ; still

    ---@param  dark   number 5   lux   "below this it is night"  0..1000
    ---@param  mode   choice soft "how" soft|hard
    ---@param  dwell  duration 5m
    ---@param  quiet  bool false "say nothing"
    ---@restart
    print("hello")
    ---@param late number 1
    """

@Test func `a header is read up to the first line of code`() throws {
    let header = try HeaderParser.parse(example)
    #expect(header.script == "day_night")
    #expect(header.about == "Night profile when it gets dark, back at dawn.")
    #expect(header.needs == ["control exposure.* image.*", "still"])
    #expect(header.restarts)
    #expect(header.parameters.map(\.name) == ["dark", "mode", "dwell", "quiet"])
}

@Test func `line ends of Windows are line ends`() throws {
    let header = try HeaderParser.parse("---@script x\r\n---@needs control focus.*\r\n---@restart\r\nprint(1)\r\n---@needs http\r\n")
    #expect(header.script == "x" && header.needs == ["control focus.*"] && header.restarts)
}

@Test func `a header has at most a hundred parameters, and a small memory is no trap`() async throws {
    let many = (0..<101).map { "---@param p\($0) text v" }.joined(separator: "\n")
    let mistake = #expect(throws: HeaderMistake.self) { try HeaderParser.parse(many) }
    #expect(mistake?.line == 101)
    let value = String(repeating: "v", count: 1900)
    let long = "---@budget memory 1MB\n" + (0..<100).map { "---@param p\($0) text \(value)\($0)" }.joined(separator: "\n")
    let host = ScriptHost(surface: FakeSurface(), clock: TestClock(), folders: [], log: { _ in })
    _ = try? await host.run(source: long, name: "long")
    await host.shutDown()
}

@Test func `a parameter has a type, a unit, limits and a sentence`() throws {
    let parameters = try HeaderParser.parse(example).parameters
    #expect(parameters[0] == ScriptParameter(name: "dark", type: .number(0...1000, .lux), standard: 5.0, about: "below this it is night"))
    #expect(parameters[1].type == .choice(["soft", "hard"]))
    #expect(parameters[2].standard == 300.0)
}

@Test func `arguments are completed and checked`() throws {
    let header = try HeaderParser.parse(example)
    #expect(try header.arguments(["dark": 7]) == ["dark": 7.0, "mode": "soft", "dwell": 300.0, "quiet": false])
    #expect(throws: Problem.outOfRange("dark", 0...1000, .lux, got: 2000)) { try header.arguments(["dark": 2000]) }
}

@Test func `an argument the header does not have is refused with the nearest name`() throws {
    let header = try HeaderParser.parse(example)
    #expect(throws: Problem.unknown("parameter", "drak", among: ["dark"])) { try header.arguments(["drak": 1]) }
}

@Test(arguments: [
    ("---@param x", "line 1 of the header: a parameter needs a name, a type and a standard value"),
    ("\n---@param x colour red", "line 2 of the header: 'x' has the type 'colour'"),
    ("---@param x number 5 0..1", "line 1 of the header: 'x' must be 0 to 1, got 5"),
    ("---@param x number 5\n---@param x number 5", "line 2 of the header: 'x' is there twice"),
])
func `a header that makes no sense says where`(_ source: String, _ words: String) {
    let mistake = #expect(throws: HeaderMistake.self) { try HeaderParser.parse(source) }
    #expect(mistake?.problem.sentence.hasPrefix(words) == true)
}

@Test func `random bytes in a header never crash the parser`() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("-@param number 5..1|\" \t\n;script\u{0}é")
    for _ in 0..<2000 {
        let text = "---@" + String((0..<40).map { _ in alphabet.randomElement(using: &random) ?? " " })
        _ = try? HeaderParser.parse(text)
    }
}
