internal import Catalog

/// Finds mistakes in the text of a script without running it.
///
/// It knows what the host offers and what Lua's grammar says; where only running the script would tell, it says nothing.
public enum LuaSource {
    /// The longest text that is looked at, in bytes.
    public static let longest = 16 << 20

    /// What is wrong in a text, or probably is, in the order of the text; nothing but the mistake when it is not Lua.
    /// - Parameters:
    ///   - source: the text, with its header.
    ///   - needs: what its header says it needs, one need each, as in ``Needs``.
    ///   - surface: what it finds when it runs.
    public static func analyse(_ source: String, needs: [String] = [], surface: ScriptSurface = .standard) -> [Finding] {
        analyse(Array(source.utf8), needs: needs, surface: surface)
    }

    /// The same for bytes that need not be text.
    public static func analyse(_ bytes: [UInt8], needs: [String] = [], surface: ScriptSurface = .standard) -> [Finding] {
        guard bytes.count <= longest else {
            return [Finding(line: 1, column: 1, severity: .error, message: "the text is longer than \(longest) bytes")]
        }
        let text = SourceText(bytes)
        do throws(SyntaxError) {
            var analysis = Analysis(text, try Parser.parse(text), surface)
            analysis.run(needs: needs)
            return analysis.findings.inOrder
        } catch {
            let (line, column) = text.position(error.offset)
            return [Finding(line: line, column: column, severity: .error, message: error.message)]
        }
    }
}
