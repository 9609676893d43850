import Testing

@testable import Catalog

struct ValueTypeTests {
    @Test(arguments: [("20ms", 20000), ("1/50s", 20000), ("1/30s", 33333), ("250us", 250), ("0.5s", 500_000), ("1 ms", 1000)])
    func `a time may be text with a unit`(text: String, microseconds: Int) throws {
        let type = ValueType.integer(1...1_000_000, .microseconds)
        #expect(try type.check(.text(text), key: "exposure.time") == .integer(microseconds))
    }

    @Test(arguments: ["20", "ms", "1/0s", "1/2/3s", "fast", "", "-", "nan s", "1e999s"])
    func `text that is no time is refused`(text: String) {
        #expect(throws: Problem.self) { try ValueType.integer(1...1_000_000, .microseconds).check(.text(text), key: "exposure.time") }
    }

    @Test func `a number out of range says what is allowed and what was given`() {
        let problem = #expect(throws: Problem.self) { try ValueType.number(0...15, .dioptres).check(22, key: "focus.lens_position") }
        #expect(problem?.sentence == "'focus.lens_position' must be 0 to 15 dioptres, got 22")
        #expect(problem?.code == .outOfRange)
    }

    @Test(arguments: [Value.number(.nan), .number(.infinity), .number(-.infinity)])
    func `a number that is not finite is refused`(value: Value) {
        #expect(throws: Problem.self) { try ValueType.number(-8...8, .stops).check(value, key: "exposure.value") }
    }

    @Test func `an integral number is an integer and a fraction is not`() throws {
        let type = ValueType.integer(0...10, .none)
        #expect(try type.check(3.0, key: "k") == 3)
        #expect(throws: Problem.self) { try type.check(3.5, key: "k") }
    }

    @Test func `a size is two even numbers or text`() throws {
        let type = ValueType.size(64...4096)
        #expect(try type.check("1280x720", key: "stream.size") == [1280, 720])
        #expect(try type.check([640, 480], key: "stream.size") == [640, 480])
        #expect(throws: Problem.self) { try type.check([641, 480], key: "stream.size") }
        #expect(throws: Problem.self) { try type.check("1280x720x3", key: "stream.size") }
    }

    @Test func `a window must lie inside the picture`() throws {
        #expect(try ValueType.window.check([0.7, 0, 0.3, 1], key: "geometry.roi") == [0.7, 0.0, 0.3, 1.0])
        #expect(throws: Problem.self) { try ValueType.window.check([0.8, 0, 0.3, 1], key: "geometry.roi") }
        #expect(throws: Problem.self) { try ValueType.window.check([0, 0, 0, 1], key: "geometry.roi") }
        #expect(throws: Problem.self) { try ValueType.window.check([0, 0, 1], key: "geometry.roi") }
    }

    @Test func `a word that is not allowed is answered with those that are`() {
        let problem = #expect(throws: Problem.self) { try ValueType.choice(["off", "fast"]).check("quick", key: "image.noise_reduction") }
        #expect(problem?.sentence == "'image.noise_reduction' must be one of 'off', 'fast', got 'quick'")
    }
}
