/// The one error of the product: a stable code for programs and a sentence for people.
public struct Problem: Error, Sendable, Equatable {
    /// A stable machine name such as `out_of_range`.
    public var code: Code
    /// One sentence: lower case, no full stop, what is allowed, what was given, the remedy.
    public var sentence: String
    /// The control, command, script or field it is about.
    public var key: String?
    /// What would have been accepted.
    public var allowed: Value?
    /// What was given.
    public var given: Value?

    /// Creates a problem; the factories below cover the usual ones.
    public init(_ code: Code, _ sentence: String, key: String? = nil, allowed: Value? = nil, given: Value? = nil) {
        self.code = code
        self.sentence = sentence
        self.key = key
        self.allowed = allowed
        self.given = given
    }

    /// The kinds of problem; the raw value is what programs see.
    public enum Code: String, Sendable, CaseIterable {
        /// A number beyond the Catalog's limits.
        case outOfRange = "out_of_range"
        /// A value of the wrong type.
        case wrongType = "wrong_type"
        /// A word that is not among the allowed ones.
        case notOneOf = "not_one_of"
        /// Two values that contradict each other.
        case contradiction
        /// A name nobody knows.
        case unknown
        /// A thing that only reads.
        case readOnly = "read_only"
        /// What this camera or this version cannot do.
        case unsupported
        /// Something that is not ready, such as a camera that is away.
        case unavailable
        /// A state that does not allow it now.
        case conflict
        /// Another version than the one that was to be changed.
        case changed
        /// The camera, the encoder or the host refused.
        case failed
        /// A script that did not load or stopped with an error.
        case script
        /// A budget that was used up.
        case budget
        /// A wait that ran out.
        case timeout
        /// The caller may not.
        case denied
    }
}

extension Problem: CustomStringConvertible {
    /// The sentence.
    public var description: String { sentence }
}

extension Problem {
    /// `'focus.lens_position' must be 0 to 15 dioptres, got 22`.
    public static func outOfRange(_ key: String, _ range: ClosedRange<Double>, _ unit: Unit, got: Value) -> Problem {
        Problem(
            .outOfRange, "'\(key)' must be \(ValueType.number(range, unit).limitsText), got \(got)", key: key,
            allowed: ["min": .number(range.lowerBound), "max": .number(range.upperBound)], given: got)
    }

    /// `'raw.AeFlickerPeriod' must be 100 to 1000000 µs, got 7`; 64-bit limits are said exactly.
    public static func outOfRange(_ key: String, whole range: ClosedRange<Int>, _ unit: Unit, got: Value) -> Problem {
        Problem(
            .outOfRange, "'\(key)' must be \(ValueType.integer(range, unit).limitsText), got \(got)", key: key,
            allowed: ["min": .integer(range.lowerBound), "max": .integer(range.upperBound)], given: got)
    }

    /// `'exposure.gain' must be a number, got 'much'`.
    static func notANumber(_ key: String, _ unit: Unit, got: Value) -> Problem {
        wrongType(key, expected: unit.isTime ? "a number or text such as '20ms'" : "a number", got: got)
    }

    /// `element 2 of 'raw.ColourGains' must be …`: a problem with the value as one with an element of it, counted from 1.
    func inElement(_ number: Int) -> Problem {
        var problem = self
        let name = "'\(key ?? "")'"
        problem.sentence = sentence.replacing(name, with: "element \(number) of \(name)", maxReplacements: 1)
        return problem
    }

    /// `'image.hdr' must be text, got 3`.
    public static func wrongType(_ key: String, expected: String, got: Value) -> Problem {
        Problem(.wrongType, "'\(key)' must be \(expected), got \(got)", key: key, given: got)
    }

    /// `'exposure.mode' must be one of 'normal', 'short', got 'slow'`.
    public static func notOneOf(_ key: String, _ allowed: [Value], got: Value) -> Problem {
        let words = allowed.map(\.description).joined(separator: ", ")
        return Problem(.notOneOf, "'\(key)' must be one of \(words), got \(got)", key: key, allowed: .list(allowed), given: got)
    }

    /// `'overlay.text' must be at most 200 characters, got 512`.
    public static func tooLong(_ key: String, maximum: Int, got: Int) -> Problem {
        Problem(
            .outOfRange, "'\(key)' must be at most \(maximum) characters, got \(got)", key: key, allowed: .integer(maximum),
            given: .integer(got))
    }

    /// `'geometry.roi' must lie inside the picture …`.
    public static func outsidePicture(_ key: String, got: Value) -> Problem {
        Problem(
            .outOfRange, "'\(key)' must lie inside the picture: x + width and y + height at most 1, width and height above 0, got \(got)",
            key: key, given: got)
    }

    /// `'stream.size' must have even sides …`.
    public static func oddSize(_ key: String, got: Value) -> Problem {
        Problem(
            .outOfRange, "'\(key)' must have an even width and height, because 4:2:0 video halves both, got \(got)", key: key, given: got)
    }

    /// `there is no control 'exposure.tim'; did you mean 'exposure.time'?`.
    public static func unknown(_ what: String, _ name: String, among names: [String] = []) -> Problem {
        let near = Spelling.nearest(name, among: names).map { "; did you mean '\($0)'?" } ?? ""
        return Problem(.unknown, "there is no \(what) '\(name)'\(near)", key: name)
    }

    /// `'stream.framerate' cannot be set here`.
    public static func readOnly(_ key: String) -> Problem {
        Problem(.readOnly, "'\(key)' is read only", key: key)
    }
}
