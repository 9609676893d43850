@testable import Catalog
@testable import LuaSource

/// What is said about a text: `1:5 error unknown name 'x'`, in order.
func findings(_ source: String, needs: [String] = [], surface: ScriptSurface = .standard) -> [String] {
    LuaSource.analyse(source, needs: needs, surface: surface).map { "\($0.line):\($0.column) \($0.severity.rawValue) \($0.message)" }
}

/// What is said about a text, without the places.
func messages(_ source: String, needs: [String] = [], surface: ScriptSurface = .standard) -> [String] {
    LuaSource.analyse(source, needs: needs, surface: surface).map(\.message)
}

/// The mistake that keeps a text from being Lua, with its place; nil when there is none.
func syntaxError(_ source: String) -> String? {
    let text = SourceText(Array(source.utf8))
    do throws(SyntaxError) {
        _ = try Parser.parse(text)
        return nil
    } catch {
        let (line, column) = text.position(error.offset)
        return "\(line):\(column) \(error.message)"
    }
}

/// The value that a text gives to a global.
func literal(_ source: String) throws -> Value? {
    let chunk = try Parser.parse(SourceText(Array("x = \(source)".utf8)))
    guard let value = chunk.assignments.first?.value, case .literal(let literal) = chunk[value].kind else { return nil }
    return literal
}

extension ScriptSurface {
    /// The standard surface with functions that the Catalog does not have.
    static let extended = ScriptSurface(
        functions: Catalog.functions + [
            ScriptFunction(
                "tide.ask", "Asks.",
                [("place", "string"), ("options", "{ within?: number|string, like?: table<string, any>, offset?: number|string }?")],
                returns: ["table?"], example: ""),
            ScriptFunction("tide.on", "Calls.", [("event", "string"), ("fn", "fun()")], returns: ["luneta.Handle"], example: ""),
        ], later: ["moon", "tide"])
}
