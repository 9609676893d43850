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

    @Test func `a list takes so many values of its type, each in its canonical form`() throws {
        let gains = ValueType.list(.number(0...32, .none), count: 2...2)
        #expect(try gains.check([1, 2.5], key: "k") == [1.0, 2.5])
        #expect(try ValueType.list(.integer(0...10, .none), count: 1...3).check([3.0], key: "k") == [3])
        let problem = #expect(throws: Problem.self) { try gains.check([1, 2, 3], key: "raw.ColourGains") }
        #expect(problem?.sentence == "'raw.ColourGains' must be a list of 2 numbers, got [1, 2, 3]")
        #expect(problem?.code == .wrongType && problem?.key == "raw.ColourGains")
    }

    @Test(arguments: [Value.null, 3, "1,2", true, ["x": 1], [1, "2"], [1, nil], [1, [2]], [1, .number(.nan)]])
    func `what is no list of numbers is refused as one`(value: Value) {
        #expect(throws: Problem.self) { try ValueType.list(.number(0...32, .none), count: 2...2).check(value, key: "k") }
    }

    @Test func `a bad element is named by its place, also in a list of lists`() {
        let gains = #expect(throws: Problem.self) { try ValueType.list(.number(0...32, .none), count: 2...2).check([1, 99], key: "k") }
        #expect(gains?.sentence == "element 2 of 'k' must be 0 to 32, got 99")
        #expect(gains?.code == .outOfRange && gains?.key == "k")
        let windows = ValueType.list(.rectangle(0...4608), count: 0...4)
        let window = #expect(throws: Problem.self) { try windows.check([[0, 0, 1, 1], [0, 0, 1.5, 1]], key: "k") }
        #expect(window?.sentence == "element 3 of element 2 of 'k' must be a whole number, got 1.5")
        let flat = #expect(throws: Problem.self) { try windows.check([0, 0, 1, 1], key: "k") }
        #expect(flat?.sentence == "element 1 of 'k' must be a list of 4 whole numbers, got 0")
    }

    @Test func `an empty table is an empty list where that is allowed`() throws {
        #expect(try ValueType.list(.rectangle(0...4608), count: 0...4).check([:], key: "k") == [])
        #expect(throws: Problem.self) { try ValueType.list(.bool, count: 1...2).check([:], key: "k") }
    }

    @Test func `whole numbers of 64 bits are kept exactly`() throws {
        let type = ValueType.integer(.min ... .max, .none)
        for whole in [Int.max, Int.max - 1, Int.min, 9_007_199_254_740_993] {
            #expect(try type.check(.integer(whole), key: "k") == .integer(whole))
            #expect(type.nearest(to: .integer(whole)) == .integer(whole))
        }
        let problem = #expect(throws: Problem.self) { try type.check(.number(0x1p63), key: "k") }
        #expect(problem?.sentence == "'k' must be -9223372036854775808 to 9223372036854775807, got \(Value.number(0x1p63))")
        #expect(throws: Problem.self) { try ValueType.integer(0 ... .max - 1, .none).check(.integer(.max), key: "k") }
    }

    @Test func `the nearest value is cut at the limits, element by element`() {
        #expect(ValueType.integer(.min ... .max, .none).nearest(to: .number(1e30)) == .integer(.max))
        #expect(ValueType.integer(0...10, .none).nearest(to: -3) == 0)
        #expect(ValueType.list(.number(0...32, .none), count: 2...2).nearest(to: [99, -1]) == [32.0, 0.0])
        #expect(ValueType.list(.rectangle(0...100), count: 0...1).nearest(to: [[-5, 0, 200, 50]]) == [[0, 0, 100, 50]])
    }

    @Test func `cutting does not help a wrong word, a wrong type or a wrong count`() {
        #expect(ValueType.choice(["off"]).nearest(to: "on") == nil)
        #expect(ValueType.number(0...1, .none).nearest(to: .number(.nan)) == nil)
        #expect(ValueType.list(.number(0...32, .none), count: 2...2).nearest(to: [1]) == nil)
        #expect(ValueType.list(.choice(["off"]), count: 1...1).nearest(to: ["on"]) == nil)
    }

    @Test func `a list is described by its elements in schema and words`() {
        let windows = ValueType.list(.rectangle(0...4608), count: 0 ... .max)
        let rectangle: Document = [
            "type": "array", "items": ["type": "integer", "minimum": 0, "maximum": 4608], "minItems": 4, "maxItems": 4,
        ]
        #expect(windows.schema == ["type": "array", "items": rectangle, "minItems": 0])
        #expect(windows.unit == .pixels && windows.limitsText == "0 to 4608 px")
        #expect(ValueType.words(1...1, windows) == "1 lists of at least 0 lists of 4 whole numbers")
    }

    @Test func `a word that is not allowed is answered with those that are`() {
        let problem = #expect(throws: Problem.self) { try ValueType.choice(["off", "fast"]).check("quick", key: "image.noise_reduction") }
        #expect(problem?.sentence == "'image.noise_reduction' must be one of 'off', 'fast', got 'quick'")
    }
}
