internal import Catalog
internal import LuaSource

/// A line of a header that is not understood.
struct HeaderMistake: Error {
    /// The line, from 1.
    let line: Int
    /// What is wrong with it.
    let what: String

    /// The mistake as others see it.
    var problem: Problem { Problem(.script, "line \(line) of the header: \(what)") }
}

/// Reads the header of a script: the lines that begin with `---@`, up to the first line that is neither a comment nor empty.
enum HeaderParser {
    /// The header of a script's text.
    /// - Throws: which line is not understood, and why.
    static func parse(_ source: String) throws(HeaderMistake) -> ScriptHeader {
        var header = ScriptHeader()
        for (number, line) in tagged(source) { try read(line, at: number, into: &header) }
        return header
    }

    private static let tags = ["script", "about", "needs", "restart", "budget", "param"]

    /// Tags that are nearly one of a header's: the lines would count for nothing.
    static func strangeTags(in source: String) -> [Finding] {
        tagged(source).compactMap { number, line in
            let tag = String(line.prefix { $0.isLetter || $0 == "_" })
            guard !tags.contains(tag), !editorTags.contains(tag), let near = Spelling.nearest(tag, among: tags) else { return nil }
            let message = "there is no tag '@\(tag)'; did you mean '@\(near)'?"
            return Finding(line: number, column: 4, severity: .warning, message: message, suggestion: near)
        }
    }

    /// Annotations of the Lua language server.
    private static let editorTags: Set<String> = [
        "alias", "as", "async", "cast", "class", "deprecated", "diagnostic", "enum", "field", "generic", "meta", "module", "nodiscard",
        "operator", "overload", "package", "private", "protected", "return", "see", "source", "type", "vararg", "version",
    ]

    /// The lines of the header that begin with `---@`, what follows that, each with its number. Lines are as Lua counts them, those of
    /// Windows too.
    private static func tagged(_ source: String) -> [(number: Int, line: Substring)] {
        var tagged: [(Int, Substring)] = []
        let lines = source.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        for (index, line) in lines.enumerated() {
            let line = line.drop { $0 == " " || $0 == "\r" }
            guard line.hasPrefix("--") || line.isEmpty || line.hasPrefix("#!") else { break }
            if line.hasPrefix("---@") { tagged.append((index + 1, line.dropFirst(4))) }
        }
        return tagged
    }

    private static func read(_ line: Substring, at number: Int, into header: inout ScriptHeader) throws(HeaderMistake) {
        let tag = line.prefix { !$0.isWhitespace }
        let rest = trimmed(line.dropFirst(tag.count))
        switch tag {
        case "script": header.script = rest
        case "about": header.about = rest
        case "needs": header.needs += try needs(rest, at: number)
        case "restart": header.restarts = true
        case "budget":
            do throws(Problem) { try header.budget.add(rest) } catch { throw wrong(number, error.sentence) }
        case "param":
            let parameter = try parameter(words(rest), at: number)
            guard !header.parameters.contains(where: { $0.name == parameter.name }) else {
                throw wrong(number, "'\(parameter.name)' is there twice")
            }
            guard header.parameters.count < 100 else { throw wrong(number, "a script has at most 100 parameters") }
            header.parameters.append(parameter)
        // Annotations for the editor, such as `---@type`, may stand there too.
        default: break
        }
    }

    private static func needs(_ line: String, at number: Int) throws(HeaderMistake) -> [String] {
        let needs = line.split(separator: ";").map(trimmed)
        do throws(Problem) { _ = try Needs(needs) } catch { throw wrong(number, error.sentence) }
        return needs
    }

    // MARK: Parameters

    /// `dark number 5 lux "below this it is night" 0..1000`: name, type and standard value; then unit, sentence and range in any order.
    private static func parameter(_ words: [Word], at line: Int) throws(HeaderMistake) -> ScriptParameter {
        guard words.count >= 3 else { throw wrong(line, "a parameter needs a name, a type and a standard value") }
        let extras = words.dropFirst(3)
        let about = extras.first(where: \.isQuoted)?.text ?? ""
        let limits = extras.first { !$0.isQuoted && ($0.text.contains("..") || $0.text.contains("|")) }?.text
        let unit = extras.compactMap { $0.isQuoted ? nil : Unit(word: $0.text) }.first ?? Unit.none
        let name = words[0].text
        guard let type = type(words[1].text, unit, limits) else {
            throw wrong(line, "'\(name)' has the type '\(words[1].text)'; number, integer, bool, text, choice and duration are known")
        }
        do throws(Problem) {
            let standard = try type.check(literal(words[2], for: type), key: name)
            return ScriptParameter(name: name, type: type, standard: standard, about: about)
        } catch {
            throw wrong(line, error.sentence)
        }
    }

    private static func type(_ word: String, _ unit: Unit, _ limits: String?) -> ValueType? {
        let range = limits.flatMap(range)
        switch word {
        case "number": return .number(range ?? -1e12...1e12, unit)
        case "integer":
            let range = range ?? -1e12...1e12
            return .integer(Int(range.lowerBound)...Int(range.upperBound), unit)
        case "duration": return .number(range ?? 0...1e9, .seconds)
        case "bool", "boolean": return .bool
        case "text", "string": return .text(maximum: 2000)
        case "choice": return limits.map { .choice($0.split(separator: "|").map(String.init)) }
        default: return nil
        }
    }

    private static func range(_ text: String) -> ClosedRange<Double>? {
        guard let dots = text.firstRange(of: "..") else { return nil }
        guard let low = Double(text[..<dots.lowerBound]), let high = Double(text[dots.upperBound...]), low <= high else { return nil }
        return abs(low) <= 1e15 && abs(high) <= 1e15 ? low...high : nil
    }

    private static func literal(_ word: Word, for type: ValueType) -> Value {
        switch type {
        case .bool: Bool(word.text).map(Value.bool) ?? .text(word.text)
        case .integer, .number: Int(word.text).map(Value.integer) ?? Double(word.text).map(Value.number) ?? .text(word.text)
        default: .text(word.text)
        }
    }

    // MARK: Words

    private struct Word {
        var text: String
        var isQuoted: Bool
    }

    /// Splits at blanks; text in double quotes is one word.
    private static func words(_ line: String) -> [Word] {
        line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
            index.isMultiple(of: 2)
                ? part.split(whereSeparator: \.isWhitespace).map { Word(text: String($0), isQuoted: false) }
                : [Word(text: String(part), isQuoted: true)]
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func wrong(_ line: Int, _ what: String) -> HeaderMistake { HeaderMistake(line: line, what: what) }
}

extension Unit {
    /// The unit a header's word means: as it is written elsewhere, or in plain letters.
    fileprivate init?(word: String) {
        let plain: [String: Unit] = ["us": .microseconds, "x": .ratio, "times": .ratio, "kelvin": .kelvin]
        guard let unit = plain[word] ?? Unit(rawValue: word), unit != .none else { return nil }
        self = unit
    }
}
