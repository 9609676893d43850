/// One entry of a list in a field of a cron expression: `5`, `mon`, `1-5`, `*`, `*/10`, `8-18/2`.
struct CronEntry {
    let text: Substring
    let unit: CronField.Unit
    /// The whole expression, for the sentences.
    let expression: String

    func values() throws(AlmanacError) -> StrideThrough<Int> {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let range = try range(parts[0])
        guard parts.count == 2 else { return stride(from: range.lowerBound, through: range.upperBound, by: 1) }
        let step = try step(parts[1])
        guard parts[0] == "*" || parts[0].contains("-") else {
            throw problem("has a step without a range; write '\(parts[0])-\(unit.values.upperBound)/\(step)'")
        }
        return stride(from: range.lowerBound, through: range.upperBound, by: step)
    }

    private func range(_ part: Substring) throws(AlmanacError) -> ClosedRange<Int> {
        if part == "*" { return unit.values }
        let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let low = try value(ends[0])
        guard ends.count == 2 else { return low...low }
        var high = try value(ends[1])
        // A week may end on Sunday: `fri-sun`.
        if unit == .dayOfWeek && high == 0 && low > 0 { high = 7 }
        guard low <= high else {
            let least = unit.values.lowerBound
            let greatest = unit == .dayOfWeek ? 6 : unit.values.upperBound
            throw problem("runs backwards; write '\(low)-\(greatest),\(least)-\(high)'")
        }
        return low...high
    }

    private func value(_ word: Substring) throws(AlmanacError) -> Int {
        if let index = unit.names.firstIndex(of: word.lowercased()) { return unit.values.lowerBound + index }
        guard !word.isEmpty, let number = Int(digits: word), unit.values.contains(number) else {
            throw problem("must be \(unit.allowed)" + (word == text ? "" : ", got \(AlmanacError.quoted(word))"))
        }
        return number
    }

    /// A step past the last value would be the first value alone, which is never meant: `*/60` is not every hour.
    private func step(_ word: Substring) throws(AlmanacError) -> Int {
        guard let step = Int(digits: word), (1...unit.values.upperBound).contains(step) else {
            throw problem("has a step that must be 1 to \(unit.values.upperBound), got \(AlmanacError.quoted(word))")
        }
        return step
    }

    private func problem(_ rest: String) -> AlmanacError {
        AlmanacError(sentence: "\(unit.rawValue) \(AlmanacError.quoted(text)) in cron \(AlmanacError.quoted(expression)) \(rest)")
    }
}
