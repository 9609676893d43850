extension Chart {
    /// One time that a profile was active, or several so close that no gap would be seen.
    private struct Bar {
        var band: ChartData.Band
        var times = 1
    }

    private static let laneHeight = 24.0

    /// The sky in the colours of the Sun's elevation, and over it the profiles.
    mutating func drawSky() {
        let own = lanes(data.bands)
        let others = lanes(data.otherBands)
        let bars = Array((own + others).joined())
        let names = bars.reduce(into: [String]()) { if !$0.contains($1.band.name) { $0.append($1.band.name) } }
        let unnamed = names.filter { name in !bars.contains { $0.band.name == name && words(of: $0) != nil } }
        caption("Sky and profiles", unnamed.map { (SVG.fitted($0, 120), colour(of: $0, names)) })
        let top = cursor
        let height = Double(max(1, own.count + others.count)) * Chart.laneHeight + (others.isEmpty ? 10 : 16)
        page.rectangle(SVG.Box(left: TimeAxis.left, top: top, width: Double(TimeAxis.columns), height: height), fill: Ink.grid)
        page.strip(isLong ? daylight : sky, top, height, colours: isLong ? Ink.daylight : Ink.sky)
        cursor += 5
        draw(own, names, isOther: false)
        if !others.isEmpty { margin("other", at: cursor + 6 + Chart.laneHeight / 2) }
        cursor += 6
        draw(others, names, isOther: true)
        cursor = top + height + 5
    }

    private var sky: [Int?] { elevation.map { $0.map { Int((max(-18, min($0, 12)) * 8).rounded()) + 144 } } }

    /// How much of each day is light, where days are too narrow for their nights to be seen.
    private var daylight: [Int?] {
        let light = Trace(data, on: axis, .mean, width: dayWidth) { $0.sunElevation.map { $0 > -6 ? 1 : 0 } }
        return light.columns.map { $0.map { Int(($0 * 32).rounded()) } }
    }

    private mutating func draw(_ lanes: [[Bar]], _ names: [String], isOther: Bool) {
        for lane in lanes {
            for bar in lane { draw(bar, colour(of: bar.band.name, names), isOther: isOther) }
            cursor += Chart.laneHeight
        }
    }

    private mutating func draw(_ bar: Bar, _ colour: String, isOther: Bool) {
        let left = axis.x(bar.band.from)
        let box = SVG.Box(left: left, top: cursor + 2, width: max(1, axis.x(bar.band.to) - left - 1), height: Chart.laneHeight - 4)
        page.rectangle(box, fill: isOther && box.width > 4 ? Ink.paper : colour, stroke: colour, radius: min(5, box.width / 3))
        if let words = words(of: bar) { page.text(words, box.left + 8, box.top + 14) }
    }

    /// The name, and the times if there is room for them; nil if there is no room at all.
    private func words(of bar: Bar) -> [SVG.Run]? {
        let band = bar.band
        let room = axis.x(band.to) - axis.x(band.from) - 14
        guard SVG.width(band.name) <= room else { return nil }
        let clocks = band.to - band.from <= 86_400 ? "  \(axis.local(band.from).clock)–\(axis.local(band.to).clock)" : ""
        let times = bar.times > 1 ? "  \(bar.times.grouped) times" : clocks
        return [SVG.Run(words: band.name, isBold: true)] + (SVG.width(band.name + times) <= room ? [SVG.Run(words: times)] : [])
    }

    private func colour(of name: String, _ names: [String]) -> String {
        Ink.bands[(names.firstIndex(of: name) ?? 0) % Ink.bands.count]
    }

    /// As many lanes as there are profiles at the same time.
    private func lanes(_ bands: [ChartData.Band]) -> [[Bar]] {
        let shown = bands.filter { $0.from < $0.to && $0.from <= axis.end && $0.to >= axis.begin }
        return shown.sorted { $0.from < $1.from }.reduce(into: []) { lanes, band in
            guard let lane = lanes.firstIndex(where: { ($0.last?.band.to ?? band.from) <= band.from }) else {
                return lanes.append([Bar(band: band)])
            }
            let last = lanes[lane].count - 1
            if lanes[lane][last].band.name == band.name, axis.x(band.from) - axis.x(lanes[lane][last].band.to) < 3 {
                lanes[lane][last].band.to = band.to
                lanes[lane][last].times += 1
            } else {
                lanes[lane].append(Bar(band: band))
            }
        }
    }
}
