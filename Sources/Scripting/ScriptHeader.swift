public import Catalog

/// What a script says about itself in the comments at its top.
///
///     ---@script day_night
///     ---@about  Night profile when it gets dark, back at dawn.
///     ---@needs  control exposure.* image.* ; still
///     ---@param  dark number 5 lux "below this it is night" 0..1000
///     ---@budget memory 64MB ; run 200ms
///     ---@restart
public struct ScriptHeader: Sendable, Equatable {
    /// The name it gives itself; empty when there is none.
    public var script = ""
    /// What it does, in one sentence.
    public var about = ""
    /// What it may touch, one need each.
    public var needs: [String] = []
    /// What it takes, in order.
    public var parameters: [ScriptParameter] = []
    /// Whether it is started again when it fails.
    public var restarts = false
    /// What it asks for beside the standard limits.
    public var budget = ScriptBudget()

    /// A header that says nothing.
    public init() {}

    /// The arguments with the standard value for each that is not given.
    /// - Throws: `unknown` for a name the header does not have, or what is wrong with a value.
    public func arguments(_ given: [String: Value]) throws(Problem) -> [String: Value] {
        for name in given.keys.sorted() where !parameters.contains(where: { $0.name == name }) {
            throw .unknown("parameter", name, among: parameters.map(\.name))
        }
        var arguments: [String: Value] = [:]
        for parameter in parameters {
            arguments[parameter.name] = try parameter.type.check(given[parameter.name] ?? parameter.standard, key: parameter.name)
        }
        return arguments
    }
}

/// A parameter of a script.
public struct ScriptParameter: Sendable, Equatable {
    /// Its name in `script.args`.
    public let name: String
    /// What it accepts.
    public let type: ValueType
    /// Its value when none is given.
    public let standard: Value
    /// What it is for.
    public let about: String

    /// The parameter as a table, for replies.
    public var value: Value {
        var fields: [String: Value] = ["name": .text(name), "standard": standard, "about": .text(about), "unit": .text(type.unit.rawValue)]
        if let range = type.range { fields["range"] = [.number(range.lowerBound), .number(range.upperBound)] }
        if case .choice(let words) = type { fields["choices"] = .list(words.map(Value.text)) }
        return .table(fields)
    }
}
