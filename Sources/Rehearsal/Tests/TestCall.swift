internal import Catalog

/// The arguments of a function of `sim`.
struct TestCall {
    /// As they were given.
    let values: [Value]

    /// Text; `what` says what it should have been.
    func text(_ place: Int, _ what: String) throws(Problem) -> String {
        guard place < values.count, let text = values[place].string else { throw missing(place, what) }
        return text
    }

    /// One of some words.
    func word(_ place: Int, _ words: [String]) throws(Problem) -> String {
        let text = try text(place, words.map { "'\($0)'" }.joined(separator: " or "))
        guard words.contains(text) else { throw missing(place, words.map { "'\($0)'" }.joined(separator: " or ")) }
        return text
    }

    /// A table that may be left out.
    func table(_ place: Int) throws(Problem) -> [String: Value] {
        guard place < values.count, values[place] != .null, values[place] != [] else { return [:] }
        guard let table = values[place].table else { throw missing(place, "a table with names") }
        return table
    }

    /// A table with some names only.
    func options(_ place: Int, _ names: [String]) throws(Problem) -> [String: Value] {
        let table = try table(place)
        if let name = table.keys.sorted().first(where: { !names.contains($0) }) { throw .unknown("option", name, among: names) }
        return table
    }

    /// A length of time.
    func seconds(_ place: Int) throws(Problem) -> Double {
        guard place < values.count else { throw missing(place, "a time such as '24h'") }
        return try TestCall.seconds(values[place], "it")
    }

    /// A length of time, forwards or back.
    func signedSeconds(_ place: Int) throws(Problem) -> Double {
        guard place < values.count else { throw missing(place, "a time such as '-1h'") }
        if let seconds = values[place].double { return seconds }
        let text = values[place].string ?? ""
        let isBack = text.hasPrefix("-")
        return try TestCall.seconds(.text(isBack ? String(text.dropFirst()) : text), "it") * (isBack ? -1 : 1)
    }

    static func seconds(_ value: Value, _ name: String) throws(Problem) -> Double {
        guard let seconds = value.double ?? value.string.flatMap(TimeText.seconds), seconds >= 0, seconds < 1e9 else {
            throw Problem(.wrongType, "a time such as '24h' or '90s' was expected for \(name), got \(value)")
        }
        return seconds
    }

    private func missing(_ place: Int, _ what: String) -> Problem {
        let given = place < values.count ? values[place].description : "nothing"
        return Problem(.wrongType, "argument \(place + 1) must be \(what), got \(given)")
    }
}
