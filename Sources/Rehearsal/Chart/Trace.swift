/// A series of samples brought down to the pixels of a chart.
struct Trace: Equatable, Sendable {
    /// `x` in pixels from the left edge of the plots.
    struct Point: Equatable, Sendable {
        let x: Double
        let y: Double
    }

    /// What is left of the samples of one column of pixels.
    enum Kept {
        /// The first, the least, the greatest and the last: a spike of one sample among thousands is still there.
        case extremes
        case least, greatest
        /// From the first to the last sample.
        case mean
    }

    /// Unbroken parts of the series.
    private(set) var parts: [[Point]] = []

    /// - Parameter width: that of a column, in pixels.
    init(
        _ data: ChartData, on axis: TimeAxis, _ kept: Kept, width: Double = 1, _ value: (ChartData.Sample) -> Double?
    ) {
        var part: [Point] = []
        var column: [Point] = []
        var current = -1
        for sample in data.samples where axis.contains(sample.time) {
            let x = axis.offset(sample.time)
            let index = min(Int(x / width), Int(Double(TimeAxis.columns) / width) - 1)
            if index != current, current >= 0 { close(&column, into: &part, kept) }
            current = index
            if let y = value(sample), abs(y) < 1e6 { column.append(Point(x: x, y: y)) }
        }
        close(&column, into: &part, kept)
        if !part.isEmpty { parts.append(part) }
    }

    /// A column with samples but without a value ends the part.
    private mutating func close(_ column: inout [Point], into part: inout [Point], _ kept: Kept) {
        if column.isEmpty, !part.isEmpty {
            parts.append(part)
            part = []
        }
        part += Trace.thinned(column, kept)
        column = []
    }

    private static func thinned(_ column: [Point], _ kept: Kept) -> [Point] {
        guard let least = column.indices.min(by: { column[$0].y < column[$1].y }),
            let greatest = column.indices.max(by: { column[$0].y < column[$1].y })
        else { return [] }
        switch kept {
        case .least: return [column[least]]
        case .greatest: return [column[greatest]]
        case .mean:
            let mean = column.reduce(0) { $0 + $1.y } / Double(column.count)
            return [Point(x: column[0].x, y: mean), Point(x: column[column.count - 1].x, y: mean)]
        case .extremes:
            let indices = [0, min(least, greatest), max(least, greatest), column.count - 1]
            return indices.indices.filter { $0 == 0 || indices[$0] != indices[$0 - 1] }.map { column[indices[$0]] }
        }
    }

    /// A value for each column of pixels, on straight lines between the points.
    var columns: [Double?] {
        var columns = [Double?](repeating: nil, count: TimeAxis.columns)
        for part in parts {
            for (from, to) in zip(part, part.dropFirst()) {
                for column in Int(from.x)...Int(to.x) where column < TimeAxis.columns {
                    let share = max(0, min((Double(column) + 0.5 - from.x) / max(to.x - from.x, 0.01), 1))
                    columns[column] = from.y + (to.y - from.y) * share
                }
            }
        }
        return columns
    }
}
