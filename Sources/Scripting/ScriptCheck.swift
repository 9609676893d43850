public import Catalog
public import LuaSource

/// Looks for mistakes in the text of a script without running anything.
public enum ScriptCheck {
    /// What the header, the compiler and the check of names and values have to say, in the order of the text.
    /// - Parameters:
    ///   - name: the name of its file, without `.lua`.
    ///   - isTest: whether it is a test of another script, which finds more names.
    public static func findings(in source: String, name: String? = nil, isTest: Bool = false) -> [Finding] {
        let header = read(source)
        var findings = HeaderParser.strangeTags(in: source)
        switch header {
        case .success(let header): findings += name.map { misnamed(header, $0) } ?? []
        case .failure(let mistake): findings.append(mistake.finding)
        }
        if let mistake = compile(source, .standard) { return findings + [mistake] }
        // What the header lacks cannot be told while it is not understood.
        guard case .success(let header) = header else { return findings + LuaSource.analyse(source, needs: Needs.words) }
        return findings + doubts(in: source, header, isTest: isTest)
    }

    private static func read(_ source: String) -> Result<ScriptHeader, HeaderMistake> {
        Result { () throws(HeaderMistake) in try HeaderParser.parse(source) }
    }

    private static func misnamed(_ header: ScriptHeader, _ name: String) -> [Finding] {
        guard !header.script.isEmpty, header.script != name else { return [] }
        let sentence = "the script is called '\(name)', after its file, and not '\(header.script)'"
        return [Finding(line: 1, column: 1, severity: .warning, message: sentence, suggestion: "---@script \(name)")]
    }

    /// What keeps it from being loaded: a line of the header, or what the compiler says.
    static func mistakes(in source: String, limits: ScriptLimits) -> [Finding] {
        var findings: [Finding] = []
        if case .failure(let mistake) = read(source) { findings.append(mistake.finding) }
        if let mistake = compile(source, limits) { findings.append(mistake) }
        return findings
    }

    /// What would go wrong when it runs, or probably would; nothing is known of a text that does not compile.
    static func doubts(in source: String, _ header: ScriptHeader, isTest: Bool = false) -> [Finding] {
        LuaSource.analyse(source, needs: header.needs, surface: surface(header, isTest: isTest))
    }

    /// What this one finds: its own arguments too.
    private static func surface(_ header: ScriptHeader, isTest: Bool) -> ScriptSurface {
        var surface = ScriptSurface.standard
        if case .table(var script)? = surface.globals["script"], !header.parameters.isEmpty {
            let arguments = header.parameters.map { ($0.name, ScriptSurface.Member.reading) }
            script.members["args"] = .table(
                ScriptSurface.Table("script.args", noun: "argument", members: Dictionary(uniqueKeysWithValues: arguments)))
            surface.globals["script"] = .table(script)
        }
        if isTest {
            for name in ["test", "sim", "expect"] { surface.globals[name] = .open }
        }
        return surface
    }

    private static func compile(_ source: String, _ limits: ScriptLimits) -> Finding? {
        let host = NoHost()
        defer { withExtendedLifetime(host) {} }
        do throws(Problem) {
            let state = try LuaState(limits, StopFlag(), host: host)
            do throws(LuaFailure) {
                _ = try state.load(source, name: "script")
            } catch {
                return place(error.problem.sentence)
            }
        } catch {
            return place(error.sentence)
        }
        return nil
    }

    /// Finds the line in `script:3: '=' expected near 'x'`.
    private static func place(_ sentence: String) -> Finding {
        let parts = sentence.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let line = Int(parts[1]) else {
            return Finding(line: 1, column: 1, severity: .error, message: sentence)
        }
        return Finding(line: line, column: 1, severity: .error, message: String(parts[2].drop { $0 == " " }))
    }
}

extension HeaderMistake {
    fileprivate var finding: Finding { Finding(line: line, column: 1, severity: .error, message: what) }
}

extension Finding {
    /// The finding with its place in a script, as tracebacks have it.
    func sentence(in script: String) -> String { "\(script):\(line): \(message)" }

    /// The finding as a table, for replies.
    public var value: Value {
        var fields: [String: Value] = [
            "message": .text(message), "line": .integer(line), "column": .integer(column), "severity": .text(severity.rawValue),
        ]
        fields["suggestion"] = suggestion.map(Value.text)
        return .table(fields)
    }
}

/// Compiling calls nobody.
private final class NoHost: LuaHost {
    let wall = 0.0
    func call(_ operation: Int32, _ index: Int, _ tape: LuaTape) -> LuaAnswer {
        .raise(Problem(.unavailable, "nothing runs while text is checked"))
    }
}
