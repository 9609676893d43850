internal import CCamera
internal import Catalog

/// What the values of a control are made of, and how they travel to and from libcamera.
struct NativeShape: Sendable, Equatable {
    /// The type of an element.
    var type: ccam_type
    /// Whether it is a list.
    var isArray = false
    /// Elements of the list; 0 where any number will do.
    var elements = 0

    /// Numbers that make an element: four for a rectangle, two for a size or a point.
    var width: Int {
        switch type {
        case CCAM_RECTANGLE: 4
        case CCAM_SIZE, CCAM_POINT: 2
        default: 1
        }
    }
}

// MARK: From libcamera

extension NativeShape {
    /// A value of libcamera's; nil for none. Rectangles, sizes and points become lists of whole numbers.
    static func value(_ value: ccam_value) -> Value? {
        guard value.type != CCAM_STRING else { return value.text.map { .text(String(cString: $0)) } }
        guard value.type != CCAM_NONE, value.count > 0 || value.is_array else { return nil }
        let width = NativeShape(type: value.type).width
        // Most are one number: no list is made for it, on a path that every field of every frame takes.
        if !value.is_array && value.count == width { return element(value.type, value.numbers, width) }
        let elements = stride(from: 0, to: value.count - value.count % width, by: width).map { start in
            element(value.type, value.numbers + start, width)
        }
        return value.is_array ? .list(elements) : elements.first
    }

    private static func element(_ type: ccam_type, _ numbers: UnsafePointer<ccam_number>, _ width: Int) -> Value {
        switch type {
        case CCAM_BOOL: .bool(numbers[0].whole != 0)
        case CCAM_FLOAT: .number(numbers[0].real)
        case CCAM_RECTANGLE, CCAM_SIZE, CCAM_POINT: .list((0..<width).map { .integer(Int(numbers[$0].whole)) })
        default: .integer(Int(numbers[0].whole))
        }
    }
}

// MARK: To libcamera

extension NativeShape {
    /// The numbers of a value; nil when it is not of this shape.
    func numbers(_ value: Value) -> [ccam_number]? {
        guard isArray else { return element(value) }
        guard let list = value.list, elements == 0 || list.count == elements else { return nil }
        var numbers: [ccam_number] = []
        for item in list {
            guard let element = element(item) else { return nil }
            numbers += element
        }
        return numbers
    }

    private func element(_ value: Value) -> [ccam_number]? {
        switch type {
        case CCAM_BOOL: value.bool.map { [ccam_number(whole: $0 ? 1 : 0)] }
        case CCAM_FLOAT: value.double.map { [ccam_number(real: $0)] }
        case CCAM_RECTANGLE, CCAM_SIZE, CCAM_POINT:
            value.list.flatMap { list in
                let sides = list.compactMap(\.int)
                return sides.count == width && list.count == width ? sides.map { ccam_number(whole: Int64($0)) } : nil
            }
        case CCAM_NONE, CCAM_STRING: nil
        default: value.int.map { [ccam_number(whole: Int64($0))] }
        }
    }
}

/// Control values on their way to libcamera: the C fields and the memory they point into.
struct NativeFields {
    private var fields: [(control: NativeControl, numbers: [ccam_number])] = []

    /// Adds a value; false when it is not of the control's shape.
    @discardableResult mutating func add(_ control: NativeControl, _ value: Value) -> Bool {
        guard let numbers = control.shape.numbers(value) else { return false }
        fields.append((control, numbers))
        return true
    }

    /// Lends the C fields.
    func withFields<Result>(_ body: (UnsafePointer<ccam_field>?, Int) -> Result) -> Result {
        // One block for all numbers, so that nothing moves while libcamera reads.
        fields.flatMap(\.numbers).withUnsafeBufferPointer { block in
            var start = 0
            let list = fields.map { control, numbers in
                defer { start += numbers.count }
                let value = ccam_value(
                    type: control.shape.type, is_array: control.shape.isArray, count: numbers.count,
                    numbers: block.baseAddress?.advanced(by: start), text: nil)
                return ccam_field(id: control.id, value: value)
            }
            return list.withUnsafeBufferPointer { body($0.baseAddress, $0.count) }
        }
    }
}
