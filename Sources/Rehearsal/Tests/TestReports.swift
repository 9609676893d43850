/// What became of the tests of a file, for people and for machines.
package enum TestReports {
    /// Lines of the Test Anything Protocol 14 for one test.
    package static func tap(_ outcome: ScriptTests.Outcome, number: Int, file: String) -> [String] {
        let name = outcome.name.replacing("#", with: "\\#")
        var lines = ["\(outcome.failure == nil ? "ok" : "not ok") \(number) - \(file): \(name)"]
        lines += outcome.lines.map { "# \($0)" }
        guard let failure = outcome.failure else { return lines }
        lines += ["  ---", "  message: |"] + indented(failure)
        if !outcome.timeline.isEmpty { lines += ["  timeline: |"] + outcome.timeline.map { "    \($0)" } }
        return lines + ["  ..."]
    }

    private static func indented(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
    }

    /// A JUnit report of all files.
    package static func junit(_ suites: [(file: String, outcomes: [ScriptTests.Outcome])]) -> String {
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"]
        for (file, outcomes) in suites {
            let failures = outcomes.count { $0.failure != nil }
            lines.append("  <testsuite name=\"\(escaped(file))\" tests=\"\(outcomes.count)\" failures=\"\(failures)\">")
            for outcome in outcomes { lines += testcase(outcome, file) }
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>", ""]).joined(separator: "\n")
    }

    private static func testcase(_ outcome: ScriptTests.Outcome, _ file: String) -> [String] {
        let head = "    <testcase classname=\"\(escaped(file))\" name=\"\(escaped(outcome.name))\""
        guard let failure = outcome.failure else { return [head + "/>"] }
        let first = failure.split(separator: "\n").first.map(String.init) ?? failure
        let text = ([failure] + outcome.timeline).joined(separator: "\n")
        return [head + ">", "      <failure message=\"\(escaped(first))\">\(escaped(text))</failure>", "    </testcase>"]
    }

    /// Text as XML takes it; control characters it has no place for become blanks.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            default: escaped.unicodeScalars.append(scalar.value < 32 || scalar.value == 0xFFFE || scalar.value == 0xFFFF ? " " : scalar)
            }
        }
    }
}
