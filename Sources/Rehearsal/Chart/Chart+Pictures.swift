extension Chart {
    /// When pictures were taken and films recorded.
    mutating func drawPictures() {
        let silent = flags.silent.isEmpty ? "" : ", \(counted(flags.silent.count, "event")) too close to others to name"
        caption("Pictures", note: pictures + silent)
        let box = panel(height: recordings.isEmpty ? 28 : 40)
        let stills = data.stills.filter(axis.contains)
        let isDense = stills.count > TimeAxis.columns / 6
        margin("stills", at: box.top + 14)
        page.strip(isDense ? density(stills) : columns(of: stills.map { $0...$0 }), box.top + 6, 16, colours: Ink.density)
        guard !recordings.isEmpty else { return }
        margin("recordings", at: box.top + 30)
        page.strip(columns(of: recordings), box.top + 25, 10, colours: [Ink.recording])
    }

    /// Such as `1,440 stills, 3 recordings of 42 min in all`; recordings only where there are some.
    var pictures: String {
        let stills = counted(data.stills.count(where: axis.contains), "still")
        guard !recordings.isEmpty else { return stills }
        let seconds = recordings.reduce(0) { $0 + min($1.upperBound, axis.end) - max($1.lowerBound, axis.begin) }
        return "\(stills), \(counted(recordings.count, "recording")) of \(duration(seconds))\(recordings.count > 1 ? " in all" : "")"
    }

    private var recordings: [ClosedRange<Double>] {
        data.recordings.filter { $0.lowerBound <= axis.end && $0.upperBound >= axis.begin }
    }

    /// Shades of how many there are, counted from the darkest.
    private func density(_ times: [Double]) -> [Int?] {
        let width = 4
        let counts = times.reduce(into: [Int](repeating: 0, count: TimeAxis.columns / width)) { counts, time in
            counts[min(Int(axis.offset(time)) / width, counts.count - 1)] += 1
        }
        let most = counts.max() ?? 0
        return (0..<TimeAxis.columns).map { column in
            let count = counts[column / width]
            return count == 0 ? nil : (most - count) * Ink.density.count / most
        }
    }

    /// At least two columns for each, so that it is seen.
    private func columns(of ranges: [ClosedRange<Double>]) -> [Int?] {
        ranges.reduce(into: [Int?](repeating: nil, count: TimeAxis.columns)) { columns, range in
            let first = min(Int(axis.offset(range.lowerBound)), TimeAxis.columns - 2)
            let last = min(Int(axis.offset(range.upperBound)), TimeAxis.columns - 1)
            for column in first...max(first + 1, last) { columns[column] = 0 }
        }
    }

    private func duration(_ seconds: Double) -> String {
        let whole = Int(max(0, min(seconds, 1e12)).rounded())
        if whole < 120 { return "\(whole) s" }
        return whole < 7200 ? "\(whole / 60) min" : "\((whole / 3600).grouped) h \(whole % 3600 / 60) min"
    }

    /// Such as `no stills`, `1 still` or `1,440 stills`.
    private func counted(_ number: Int, _ noun: String) -> String {
        "\(number == 0 ? "no" : number.grouped) \(noun)\(number == 1 ? "" : "s")"
    }
}
