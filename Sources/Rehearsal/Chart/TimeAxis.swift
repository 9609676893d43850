/// The time axis that all rows share.
struct TimeAxis: Sendable {
    /// A moment worth a line.
    struct Tick: Equatable, Sendable {
        let time: Double
        let label: String
        /// Whether something greater begins here: a day among hours, a month among days, a year among months.
        let isMajor: Bool
    }

    /// The left edge of the plots and their width, in pixels.
    static let left = 88.0
    static let columns = 1052
    static let right = left + Double(columns)

    let begin: Double
    let end: Double
    /// In minutes, the least that leaves 66 pixels or so for a label.
    private let step: Int
    /// The lines of the axis, at round local times.
    private(set) var ticks: [Tick] = []
    private let clocks: @Sendable (Double) -> LocalTime

    private static let day = 1440
    /// Months and years count 30 days a month here.
    private static let month = 30 * day
    private static let steps =
        [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720] + [1, 2, 5, 7].map { $0 * day } + [1, 3, 12].map { $0 * month }

    init(_ data: ChartData) {
        begin = data.begin.isFinite ? max(-1e11, min(data.begin, 1e11)) : 0
        end = data.end.isFinite ? max(begin + 1, min(data.end, begin + 1e9)) : begin + 1
        let least = (end - begin) / 60 / 16
        step = TimeAxis.steps.first { Double($0) >= least } ?? 12 * TimeAxis.month
        clocks = data.localTime
        walk()
    }

    var span: Double { end - begin }

    func contains(_ time: Double) -> Bool { time >= begin && time <= end }

    /// Where a moment is, in pixels from the left edge of the plots; never outside of them.
    func offset(_ time: Double) -> Double { max(0, min((time - begin) / span, 1)) * Double(TimeAxis.columns) }

    func x(_ time: Double) -> Double { TimeAxis.left + offset(time) }

    /// What the clocks show; where a time has no end, at that of the axis.
    func local(_ time: Double) -> LocalTime { clocks(time.isFinite ? time : max(begin, min(time, end))) }

    /// What the labels leave out at the beginning: the day of hours, the year of months.
    var origin: String? {
        let isNamed = ticks.first.map { $0.isMajor && offset($0.time) < 40 } ?? false
        if isNamed || (TimeAxis.day..<TimeAxis.month).contains(step) { return nil }
        return step < TimeAxis.day ? local(begin).date : "\(local(begin).year)"
    }

    /// Finds the ticks quarter by quarter of an hour: offsets from UTC are whole quarters but change, and some days have no midnight.
    private mutating func walk() {
        let stride = step < 15 ? 60.0 : 900
        var time = (begin / stride).rounded(.up) * stride
        var before = local(time - stride)
        while time <= end {
            let now = local(time)
            let tick = tick(at: time, now, isNewDay: !now.isSameDay(as: before))
            // Where clocks are put back, a time comes twice.
            let isCrowded = ticks.last.map { time - $0.time < Double(step) * 33 } ?? false
            if let tick, !isCrowded { ticks.append(tick) }
            if step >= TimeAxis.day || ticks.last?.time == time { before = now }
            time += stride
        }
    }

    private func tick(at time: Double, _ now: LocalTime, isNewDay: Bool) -> Tick? {
        if step < TimeAxis.day {
            guard (now.hour * 60 + now.minute).isMultiple(of: step) else { return nil }
            return Tick(time: time, label: isNewDay ? now.date : now.clock, isMajor: isNewDay)
        }
        let (days, months) = (step / TimeAxis.day, step / TimeAxis.month)
        if months == 0 {
            guard isNewDay, (now.day - 1).isMultiple(of: days), now.day <= 32 - days else { return nil }
            return Tick(time: time, label: now.date, isMajor: now.day == 1)
        }
        guard isNewDay, now.day == 1, (now.month - 1).isMultiple(of: months) else { return nil }
        return Tick(time: time, label: now.month == 1 ? "\(now.year)" : now.monthName, isMajor: now.month == 1)
    }
}
