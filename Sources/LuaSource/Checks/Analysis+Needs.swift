internal import Catalog

extension Analysis {
    /// Checks the needs themselves; nil when one of them makes no sense, since then nothing is known to be missing.
    mutating func readNeeds(_ given: [String]) -> Needs? {
        var allMakeSense = true
        for need in given.prefix(50) {
            do throws(Problem) {
                for pattern in try Needs([need]).controls ?? [] { checkPattern(pattern, of: need) }
            } catch {
                allMakeSense = false
                findings.add(.error, at: offset(of: need), error.sentence)
            }
        }
        guard allMakeSense else { return nil }
        do throws(Problem) {
            return try Needs(given)
        } catch {
            findings.add(.error, at: given.first.map(offset) ?? 0, error.sentence)
            return nil
        }
    }

    private mutating func checkPattern(_ glob: Glob, of need: String) {
        let keys = Array(surface.controls.keys)
        let pattern = glob.text
        guard !pattern.hasPrefix("raw."), !keys.contains(where: glob.matches), !Catalog.commands.map(\.key).contains(where: glob.matches)
        else {
            return
        }
        let topics = Set(keys.map { "\($0.prefix { $0 != "." }).*" })
        let near = nearest(pattern, among: pattern.hasSuffix("*") ? Array(topics) : keys)
        findings.add(.warning, at: offset(of: need), "no control fits '\(short(pattern))'\(question(near))", suggestion: near)
    }

    /// Says that a need is missing, once for each line that the header lacks.
    mutating func use(_ use: Needs.Use, at offset: Int) {
        guard let needs, checkedUses.insert(use).inserted, !needs.allows(use) else { return }
        let line = Needs.line(for: use)
        guard missingLines.insert(line).inserted, let problem = needs.problem(with: use) else { return }
        findings.add(.error, at: offset, problem.sentence, suggestion: line)
    }

    /// Where a need stands in the header; the beginning of the text when it is not found.
    private func offset(of need: String) -> Int {
        let wanted = Array(need.utf8)
        let mark = Array("---@needs".utf8)
        for line in headerLines where text.bytes[line].starts(with: mark) {
            let starts = line.dropFirst(mark.count).prefix(1000)
            if let start = starts.first(where: { text.bytes[$0..<line.upperBound].starts(with: wanted) }) { return start }
        }
        return 0
    }

    /// The comments and empty lines at the beginning, without their indentation.
    private var headerLines: [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        while start < text.bytes.count, lines.count < 200 {
            let end = text.bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.bytes.count
            let first = text.bytes[start..<end].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? end
            guard first == end || text.bytes[first] == UInt8(ascii: "-") else { break }
            lines.append(first..<end)
            start = end + 1
        }
        return lines
    }
}
