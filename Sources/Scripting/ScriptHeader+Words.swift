package import Catalog

extension ScriptHeader {
    /// The header of a script's text.
    /// - Throws: which line is not understood.
    package static func read(_ source: String) throws(Problem) -> ScriptHeader {
        do throws(HeaderMistake) { return try HeaderParser.parse(source) } catch { throw error.problem }
    }

    /// Arguments from the words of a command line, each read as its parameter's type; what is wrong with one is said when it is checked.
    package func arguments(words: [String: String]) -> [String: Value] {
        words.reduce(into: [:]) { arguments, word in
            let type = parameters.first { $0.name == word.key }?.type
            arguments[word.key] = type?.value(word: word.value) ?? .text(word.value)
        }
    }
}

extension ValueType {
    fileprivate func value(word: String) -> Value? {
        switch self {
        case .bool: ["true": true, "false": false][word]
        case .number, .integer: Int(word).map(Value.integer) ?? Double(word).map(Value.number)
        default: nil
        }
    }
}
