internal import Catalog

/// Why a call from a script is refused.
enum Refusal: Error {
    /// `bad argument #1 to 'every' (text)`.
    case misuse(Int, String)
    /// The problem is raised at the line that called.
    case problem(Problem)

    /// Turns a problem of the host into a refusal.
    static func ifRaised<Result>(_ body: () throws(Problem) -> Result) throws(Refusal) -> Result {
        do { return try body() } catch { throw .problem(error) }
    }
}

/// The arguments of a call from a script, checked as they are read.
struct Arguments {
    private let all: [LuaArgument]

    init(_ all: [LuaArgument]) { self.all = all }

    var count: Int { all.count }

    /// Argument `number`, counted from 1, or nothing.
    func value(_ number: Int) throws(Refusal) -> Value {
        guard number <= all.count else { return .null }
        guard case .value(let value) = all[number - 1] else { throw .misuse(number, "a plain value expected, got \(kind(number))") }
        return value
    }

    func text(_ number: Int) throws(Refusal) -> String {
        guard let text = try? value(number).string else { throw .misuse(number, "string expected, got \(kind(number))") }
        return text
    }

    func table(_ number: Int) throws(Refusal) -> [String: Value] {
        if case .list? = try? value(number) { throw .misuse(number, "table with names expected, got a list") }
        guard let table = try? value(number).table else { throw .misuse(number, "table expected, got \(kind(number))") }
        return table
    }

    /// A table that may be left out.
    func optionalTable(_ number: Int) throws(Refusal) -> [String: Value] {
        if number > all.count || kind(number) == "nil" { return [:] }
        return try table(number)
    }

    /// A table that may be left out and has only these names.
    func options(_ number: Int, _ names: [String]) throws(Refusal) -> [String: Value] {
        let options = try optionalTable(number)
        if let name = options.keys.filter({ !names.contains($0) }).min() { throw .problem(.unknown("option", name, among: names)) }
        return options
    }

    func function(_ number: Int) throws(Refusal) -> Int64 {
        guard number <= all.count, case .function(let function) = all[number - 1] else {
            throw .misuse(number, "function expected, got \(kind(number))")
        }
        return function
    }

    /// The number of an object of a class.
    func object(_ number: Int, _ wanted: ObjectClass) throws(Refusal) -> Int {
        guard number <= all.count, case .object(wanted.rawValue, let object) = all[number - 1] else {
            throw .misuse(number, "\(wanted.name) expected, got \(kind(number))")
        }
        return object
    }

    /// Seconds, as a number or as text such as `20ms`.
    func seconds(_ number: Int) throws(Refusal) -> Double {
        let given = try? value(number)
        return try Arguments.seconds(given, number, called: "", got: given?.string.map { "'\($0)'" } ?? kind(number))
    }

    /// Seconds in a table of options that is argument `number`; nil when they are left out.
    static func seconds(_ name: String, in options: [String: Value], _ number: Int) throws(Refusal) -> Double? {
        guard let given = options[name] else { return nil }
        return try seconds(given, number, called: "'\(name)' ", got: given.string.map { "'\($0)'" } ?? given.description)
    }

    private static func seconds(_ given: Value?, _ number: Int, called name: String, got: String) throws(Refusal) -> Double {
        guard let seconds = given?.double ?? given?.string.flatMap(TimeText.seconds) else {
            throw .misuse(number, "\(name)a time such as 5 or '5m' expected, got \(got)")
        }
        guard seconds >= 0, seconds <= Arguments.longest else {
            throw .misuse(number, "\(name)a time from 0 to ten years expected, got \(seconds) s")
        }
        return seconds
    }

    /// The number of a change, and whether it is on a long way.
    func change(_ number: Int) throws(Refusal) -> (number: Int, isSlow: Bool) {
        if let ramp = try? object(number, .ramp) { return (ramp, true) }
        return (try object(number, .change), false)
    }

    /// Seconds that may be left out.
    func optionalSeconds(_ number: Int) throws(Refusal) -> Double? {
        number > all.count || kind(number) == "nil" ? nil : try seconds(number)
    }

    private static let longest = 10 * 366 * 86400.0

    /// The type as Lua names it.
    private func kind(_ number: Int) -> String {
        guard number <= all.count else { return "no value" }
        switch all[number - 1] {
        case .function: return "function"
        case .object(let kind, _): return ObjectClass(rawValue: kind)?.name ?? "userdata"
        case .value(.null): return "nil"
        case .value(.bool): return "boolean"
        case .value(.integer), .value(.number): return "number"
        case .value(.text): return "string"
        case .value(.list), .value(.table): return "table"
        }
    }
}

/// Things of the host in a script's hands.
enum ObjectClass: Int, CaseIterable {
    case change = 1
    case handle
    /// A change that takes its time.
    case ramp

    /// What `tostring` calls it.
    var name: String {
        switch self {
        case .change: "change"
        case .handle: "handle"
        case .ramp: "ramp"
        }
    }
}
