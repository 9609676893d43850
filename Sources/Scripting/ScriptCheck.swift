public import Catalog
internal import Foundation

/// A mistake in program text.
public struct ScriptMistake: Sendable, Equatable {
    /// What is wrong, in a sentence.
    public let message: String
    /// The line, from 1; nil when it is about the whole text.
    public let line: Int?

    /// The mistake as a table, for replies.
    public var value: Value {
        var fields: [String: Value] = ["message": .text(message)]
        fields["line"] = line.map(Value.integer)
        return .table(fields)
    }
}

/// Looks for mistakes without running anything.
enum ScriptCheck {
    /// What the header and the compiler have to say.
    static func mistakes(in source: String, limits: ScriptLimits) -> [ScriptMistake] {
        var mistakes: [ScriptMistake] = []
        do throws(Problem) {
            _ = try HeaderParser.parse(source)
        } catch {
            mistakes.append(mistake(error.sentence))
        }
        let flag = StopFlag()
        let host = NoHost()
        do throws(Problem) {
            let state = try LuaState(limits, flag, host: host)
            do throws(LuaFailure) {
                _ = try state.load(source, name: "script")
            } catch {
                mistakes.append(mistake(error.problem.sentence))
            }
        } catch {
            mistakes.append(mistake(error.sentence))
        }
        withExtendedLifetime(host) {}
        return mistakes
    }

    /// Finds the line in `script:3: '=' expected near 'x'`.
    private static func mistake(_ sentence: String) -> ScriptMistake {
        let parts = sentence.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let line = Int(parts[1]) else { return ScriptMistake(message: sentence, line: nil) }
        return ScriptMistake(message: parts[2].trimmingCharacters(in: .whitespaces), line: line)
    }
}

/// Compiling calls nobody.
private final class NoHost: LuaHost {
    let wall = 0.0
    func call(_ operation: Int32, _ index: Int, _ tape: LuaTape) -> LuaAnswer {
        .raise(Problem(.unavailable, "nothing runs while text is checked"))
    }
}
