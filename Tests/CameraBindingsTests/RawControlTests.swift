import CCamera
@testable import CameraBindings
import Catalog
import Testing

/// libcamera's own controls as people may set them.
@Suite struct RawControlTests {
    private func control(
        _ type: ccam_type, list: Int? = nil, _ least: Value? = nil, _ most: Value? = nil, words: [Int: String] = [:], allowed: [Int] = []
    ) -> NativeControl {
        NativeControl(
            id: 1, name: "X", vendor: "core", shape: NativeShape(type: type, isArray: list != nil, elements: list ?? 0), enumerators: words,
            minimum: least, maximum: most, allowed: allowed)
    }

    @Test func `each of libcamera's types has one of ours`() {
        let type = { (control: NativeControl) in RawControl(control).limits }
        #expect(type(control(CCAM_BOOL, false, true)) == .bool)
        #expect(type(control(CCAM_INTEGER32, 100, 120_000)) == .integer(100...120_000, .none))
        #expect(type(control(CCAM_INTEGER64)) == .integer(.min ... .max, .none))
        #expect(type(control(CCAM_BYTE)) == .integer(0...255, .none))
        #expect(type(control(CCAM_FLOAT, -1.0, 1.0)) == .number(-1...1, .none))
        #expect(type(control(CCAM_FLOAT, list: 2, 0.0, 32.0)) == .list(.number(0...32, .none), count: 2...2))
        #expect(type(control(CCAM_RECTANGLE, list: 0)) == .list(.rectangle(Int(Int32.min)...Int(Int32.max)), count: 0 ... .max))
        #expect(type(control(CCAM_POINT)) == .list(.integer(Int(Int32.min)...Int(Int32.max), .pixels), count: 2...2))
    }

    @Test func `an enumeration has its words, and the camera's where it lists them`() {
        let words = [0: "Off", 1: "Fast", 2: "Slow"]
        let raw = RawControl(control(CCAM_INTEGER32, 0, 2, words: words, allowed: [0, 2]))
        #expect(raw.type == .choice(["Off", "Fast", "Slow"]) && raw.limits == .choice(["Off", "Slow"]))
        #expect(control(CCAM_INTEGER32, words: words).number("Slow") == 2)
        #expect(control(CCAM_INTEGER32, words: words).words(1) == "Fast")
    }

    @Test func `limits that cannot be limit nothing`() {
        #expect(RawControl(control(CCAM_INTEGER32, 5, 1)).limits == .integer(Int(Int32.min)...Int(Int32.max), .none))
        #expect(RawControl(control(CCAM_FLOAT, 0.0, 0.0)).limits?.range?.upperBound == .greatestFiniteMagnitude)
    }

    @Test func `every control this libcamera knows has a type, and takes a value of it`() throws {
        let controls = LibcameraLibrary.knownControls
        #expect(controls.count >= 48)
        for control in controls {
            let value = try #require(RawTypes.sample(RawControl(control).type), "\(control.name)")
            let number = try #require(control.number(value))
            #expect(control.shape.type == CCAM_STRING || control.shape.numbers(number) != nil, "\(control.name) does not take \(value)")
        }
    }

    @Test func `values travel to libcamera's shapes and back`() throws {
        let gains = control(CCAM_FLOAT, list: 2)
        let numbers = try #require(gains.shape.numbers([1.5, 2]))
        #expect(numbers.map(\.real) == [1.5, 2])
        #expect(gains.shape.numbers([1.5]) == nil && gains.shape.numbers(1.5) == nil)
        let windows = control(CCAM_RECTANGLE, list: 0)
        #expect(try #require(windows.shape.numbers([[1, 2, 3, 4], [5, 6, 7, 8]])).map(\.whole) == [1, 2, 3, 4, 5, 6, 7, 8])
        let large: Value = .integer(.max)
        #expect(try #require(control(CCAM_INTEGER64).shape.numbers(large)).first?.whole == .max)
    }
}

/// A value of each type.
enum RawTypes {
    static func sample(_ type: ValueType) -> Value? {
        switch type {
        case .bool: true
        case .integer(let range, _): .integer(max(range.lowerBound, min(1, range.upperBound)))
        case .number(let range, _): .number(max(range.lowerBound, min(1, range.upperBound)))
        case .choice(let words): words.last.map(Value.text)
        case .text: "x"
        case .list(let element, let count):
            sample(element).map { .list(Array(repeating: $0, count: max(count.lowerBound, min(2, count.upperBound)))) }
        default: nil
        }
    }
}
