/// Finds the name somebody probably meant.
package enum Spelling {
    /// The closest of `names` within a third of the word's length in edits, or nil. What comes before the last dot counts only where it
    /// differs.
    package static func nearest(_ word: String, among names: [String]) -> String? {
        if let dot = word.lastIndex(of: ".") {
            let path = word[...dot]
            let inside = names.filter { $0.hasPrefix(path) }
            let last = String(word[word.index(after: dot)...])
            if let near = nearest(last, among: inside.map { String($0.dropFirst(path.count)) }) { return path + near }
            if !inside.isEmpty { return nil }
        }
        return nearestWord(word, among: names) ?? names.filter { isBeginning($0, word) }.min()
    }

    /// `warn` and `warning`.
    private static func isBeginning(_ a: String, _ b: String) -> Bool {
        min(a.count, b.count) >= 3 && (a.hasPrefix(b) || b.hasPrefix(a))
    }

    private static func nearestWord(_ word: String, among names: [String]) -> String? {
        let limit = max(1, word.count / 3)
        // Words of very different length cannot be near: most need no comparison.
        let candidates = names.filter { abs($0.utf8.count - word.utf8.count) <= limit }
        return candidates.map { (name: $0, distance: distance(Array(word.utf8), Array($0.utf8))) }
            .filter { $0.distance <= limit }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// Edits between two words, where two neighbours that changed places are one edit (optimal string alignment), a row at a time.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var before: [Int] = []
        var above = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(above[j] + (a[i] == b[j] ? 0 : 1), above[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
                row.append(best)
            }
            (before, above) = (above, row)
        }
        return above[b.count]
    }
}
