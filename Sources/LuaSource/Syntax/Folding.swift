internal import Catalog

/// Arithmetic with numbers that are written out, as far as everybody does it in scripts: `-0.5`, `5 * 60`, `1 / 50`.
enum Folding {
    /// The negative of a number; nil for everything else.
    static func negated(_ value: Value) -> Value? {
        switch value {
        case .integer(let whole): .integer(0 &- whole)
        case .number(let number): .number(-number)
        default: nil
        }
    }

    /// The result of an operator; nil where only running it would tell.
    static func result(_ left: Value, _ symbol: Token.Kind, _ right: Value) -> Value? {
        if case .integer(let a) = left, case .integer(let b) = right {
            switch symbol {
            case .plus: return .integer(a &+ b)
            case .minus: return .integer(a &- b)
            case .star: return .integer(a &* b)
            default: break
            }
        }
        guard let a = number(left), let b = number(right) else { return nil }
        switch symbol {
        case .plus: return .number(a + b)
        case .minus: return .number(a - b)
        case .star: return .number(a * b)
        case .slash: return .number(a / b)
        default: return nil
        }
    }

    /// Text would count as a number too; nobody who writes it out means that.
    private static func number(_ value: Value) -> Double? { value.string == nil ? value.double : nil }
}
