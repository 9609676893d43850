internal import Catalog

/// Where pictures go: a path below the media folder with fields for time, frame and a counter.
///
/// `%Y %m %d %H %M %S` are the local time's parts as `strftime` has them, `%f` is milliseconds, `%s` seconds since 1970, `%%` a percent
/// sign. `{frame}` is the frame's number; `{n}` counts up from 1 in the file's folder, so that nothing is overwritten, and `{n:05}` is
/// the same with five digits. Without `{n}` a file of the same name is replaced.
package struct PathTemplate: Sendable, Equatable {
    /// One piece of a name.
    enum Piece: Sendable, Equatable {
        case literal(String)
        case time(Character)
        case frame
        case counter(digits: Int)
    }

    /// The folders from the outermost on.
    let folders: [[Piece]]
    /// The file's name.
    let name: [Piece]

    /// Fields of the time, and what each becomes.
    private static let times: [Character: @Sendable (LocalTime) -> String] = [
        "Y": { LocalTime.digits($0.year, 4) }, "m": { LocalTime.digits($0.month, 2) }, "d": { LocalTime.digits($0.day, 2) },
        "H": { LocalTime.digits($0.hour, 2) }, "M": { LocalTime.digits($0.minute, 2) }, "S": { LocalTime.digits($0.second, 2) },
        "f": { LocalTime.digits($0.millisecond, 3) }, "s": { String($0.unix) },
    ]

    /// Reads a template.
    /// - Throws: what is wrong with it: a path out of the folder, a hidden or empty name, a field nobody knows, another file type.
    init(_ text: String) throws(Problem) {
        guard !text.hasPrefix("/") else { throw .badPath(text, "be relative to the media folder, not start with '/'") }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .badPath(text, "have no control characters")
        }
        var parts: [[Piece]] = []
        for part in text.split(separator: "/", omittingEmptySubsequences: false) {
            parts.append(try PathTemplate.pieces(String(part), in: text))
        }
        guard let name = parts.popLast(), PathTemplate.isPicture(name) else { throw .badPath(text, "end in '.jpg' or '.jpeg'") }
        guard parts.count <= PathTemplate.deepest else { throw .badPath(text, "have at most \(PathTemplate.deepest) folders") }
        let counters = name.filter { if case .counter = $0 { true } else { false } }
        guard counters.count <= 1, !parts.joined().contains(where: { if case .counter = $0 { true } else { false } }) else {
            throw .badPath(text, "have '{n}' once, in the file's name")
        }
        (folders, self.name) = (parts, name)
    }

    private static let deepest = 8

    private static func isPicture(_ name: [Piece]) -> Bool {
        guard case .literal(let end)? = name.last else { return false }
        return [".jpg", ".jpeg"].contains { end.lowercased().hasSuffix($0) && (name.count > 1 || end.count > $0.count) }
    }

    private static func pieces(_ part: String, in text: String) throws(Problem) -> [Piece] {
        guard !part.isEmpty else { throw .badPath(text, "have no empty names between '/'") }
        guard !part.hasPrefix(".") else { throw .badPath(text, "have no '..' and no hidden names") }
        var pieces: [Piece] = []
        var rest = part[...]
        while let first = rest.first {
            switch first {
            case "%": pieces.append(try time(&rest, in: text))
            case "{": pieces.append(try field(&rest, in: text))
            default:
                let literal = rest.prefix { $0 != "%" && $0 != "{" }
                pieces.append(.literal(String(literal)))
                rest = rest.dropFirst(literal.count)
            }
        }
        return pieces
    }

    private static func time(_ rest: inout Substring, in text: String) throws(Problem) -> Piece {
        let letter = rest.dropFirst().first
        rest = rest.dropFirst(2)
        guard let letter, letter == "%" || times[letter] != nil else {
            let known = times.keys.sorted().map { "%\($0)" }.joined(separator: " ")
            throw .badPath(text, "have no other fields of time than \(known) and %%")
        }
        return letter == "%" ? .literal("%") : .time(letter)
    }

    private static func field(_ rest: inout Substring, in text: String) throws(Problem) -> Piece {
        guard let end = rest.firstIndex(of: "}") else { throw .badPath(text, "close '{' with '}'") }
        let field = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        if field == "frame" { return .frame }
        if field == "n" { return .counter(digits: 1) }
        if let match = field.wholeMatch(of: /n:0?([1-9])/), let digits = Int(match.1) { return .counter(digits: digits) }
        throw .badPath(text, "have no other fields in braces than {frame}, {n} and {n:05}")
    }
}

extension PathTemplate {
    /// A template with its fields filled in, except for the counter.
    package struct Filled: Sendable, Equatable {
        /// The folders from the outermost on.
        let folders: [String]
        /// What comes before the counter, or the whole name where there is none.
        let head: String
        /// The counter's digits; nil where there is none.
        let digits: Int?
        /// What comes after the counter.
        let tail: String

        /// The file's name with a number in the counter's place.
        func name(_ number: Int) -> String { head + (digits.map { LocalTime.digits(number, $0) } ?? "") + tail }

        /// The number in the counter's place of a name; nil when the name is another one.
        func number(of name: String) -> Int? {
            guard digits != nil, name.hasPrefix(head), name.hasSuffix(tail), name.utf8.count > head.utf8.count + tail.utf8.count else {
                return nil
            }
            let middle = name.dropFirst(head.count).dropLast(tail.count)
            return middle.allSatisfy { $0.isASCII && $0.isNumber } ? Int(middle) : nil
        }
    }

    /// Fills in time and frame.
    /// - Throws: `out_of_range` for a name that no file system takes.
    func filled(_ time: LocalTime, frame: UInt64) throws(Problem) -> Filled {
        let text = { (pieces: ArraySlice<Piece>) in pieces.map { PathTemplate.text($0, time, frame) }.joined() }
        let counter = name.firstIndex { if case .counter = $0 { true } else { false } }
        var digits: Int?
        if let counter, case .counter(let count) = name[counter] { digits = count }
        let filled = Filled(
            folders: folders.map { text($0[...]) }, head: text(name[..<(counter ?? name.endIndex)]), digits: digits,
            tail: counter.map { text(name[($0 + 1)...]) } ?? "")
        for name in filled.folders + [filled.name(1)] where name.utf8.count > PathTemplate.longestName {
            throw .badPath(name, "be at most \(PathTemplate.longestName) bytes between two '/'")
        }
        return filled
    }

    /// File systems take 255 bytes; a counter that grows and a temporary name need some.
    private static let longestName = 200

    private static func text(_ piece: Piece, _ time: LocalTime, _ frame: UInt64) -> String {
        switch piece {
        case .literal(let text): text
        case .time(let letter): times[letter]?(time) ?? ""
        case .frame: String(frame)
        case .counter: ""
        }
    }
}

extension Problem {
    /// `'path' must end in '.jpg' or '.jpeg', got 'a.png'`.
    static func badPath(_ path: String, _ rule: String) -> Problem {
        Problem(.outOfRange, "'path' must \(rule), got '\(path)'", key: "path", given: .text(path))
    }
}
