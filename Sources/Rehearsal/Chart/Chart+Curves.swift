extension Chart {
    /// The light as measured, and as it is where that is something else.
    mutating func drawLight() {
        let scene: (ChartData.Sample) -> Double? = { sample in
            sample.sceneLux.flatMap { $0 <= sample.lux * 1.1 && $0 >= sample.lux / 1.1 ? nil : $0 }
        }
        let scenes = data.samples.compactMap(scene)
        let lux = LogAxis(base: 10, values: data.samples.map(\.lux) + scenes, within: -3...5, most: 9)
        caption("Light in lux", scenes.isEmpty ? [] : [("measured", Ink.light), ("in the scene", Ink.scene)], note: envelope)
        let box = panel(height: 124)
        lines(of: lux, in: box, LogAxis.decimal)
        if !isLong { page.area(trace(lux, in: box, .least, \.lux).parts.map { area($0, box.bottom) }.joined(), fill: Ink.lightArea) }
        draw(lux, in: box, Ink.scene, width: 1, scene)
        draw(lux, in: box, Ink.light, width: 1.4, \.lux)
        cursor += 3
    }

    /// Exposure time and gain over the same lines, both in stops, and the brightness they result in.
    mutating func drawExposure() {
        let time = LogAxis(base: 2, values: data.samples.map { $0.exposureTime / 1e6 }, within: -20...12, most: 5)
        let gain = LogAxis(base: 2, values: data.samples.map(\.gain), within: 0...16, most: time.count, beside: time)
        caption("Exposure", [("time", Ink.exposure), ("gain, axis at the right", Ink.gain)], note: envelope)
        let box = panel(height: 114)
        lines(of: time, in: box, fill: Ink.exposure, LogAxis.shutter)
        for (index, exponent) in gain.lines.enumerated() {
            let run = SVG.Run(words: LogAxis.times(exponent), fill: Ink.gain)
            page.text([run], TimeAxis.right + 8, y(Double(index) / Double(gain.count), in: box) + 4)
        }
        draw(gain, in: box, Ink.gain, width: 1.4, \.gain)
        draw(time, in: box, Ink.exposure, width: 1.8) { $0.exposureTime / 1e6 }
        drawBrightness()
        cursor += 3
    }

    /// The pictures' mean brightness as the grey it is.
    private mutating func drawBrightness() {
        let luma = Trace(data, on: axis, .mean, width: isLong ? dayWidth : 1, \.luma)
        guard !luma.parts.isEmpty else { return }
        let levels = luma.columns.map { $0.map { Int((max(0, min(($0 - 16) / 219, 1)) * 63).rounded()) } }
        margin("brightness", at: cursor + 9)
        page.strip([Int?](repeating: 0, count: TimeAxis.columns), cursor + 4, 10, colours: [Ink.major])
        page.strip(levels, cursor + 5, 8, colours: Ink.greys)
        cursor += 14
    }

    private mutating func lines(of axis: LogAxis, in box: SVG.Box, fill: String = Ink.quiet, _ label: (Int) -> String) {
        for (index, exponent) in axis.lines.enumerated() {
            let y = y(Double(index) / Double(axis.count), in: box)
            page.line("M\(box.left.fixed) \(y.fixed)h\(box.width.fixed)", stroke: Ink.grid)
            margin(label(exponent), at: y, fill: fill)
        }
    }

    private var envelope: String { isLong ? "least and greatest of each day" : "" }

    /// A line; where days are a few pixels wide, the least and the greatest of each day and what is between.
    private mutating func draw(
        _ scale: LogAxis, in box: SVG.Box, _ colour: String, width: Double, _ value: (ChartData.Sample) -> Double?
    ) {
        guard isLong else { return page.line(steps(trace(scale, in: box, .extremes, value)), stroke: colour, width: width) }
        let (least, greatest) = (trace(scale, in: box, .least, value), trace(scale, in: box, .greatest, value))
        let areas = zip(least.parts, greatest.parts).map { steps($0) + "L" + steps($1.reversed()).dropFirst() + "Z" }
        page.area(areas.joined(), fill: colour)
        page.line(steps(least) + steps(greatest), stroke: colour)
    }

    /// Lines keep off the edges; what is beyond the axis stays inside the panel.
    private func y(_ fraction: Double, in box: SVG.Box) -> Double {
        max(box.top + 1, min(box.bottom - 8 - fraction * (box.height - 16), box.bottom - 1))
    }

    private func trace(_ scale: LogAxis, in box: SVG.Box, _ kept: Trace.Kept, _ value: (ChartData.Sample) -> Double?) -> Trace {
        Trace(data, on: axis, kept, width: isLong ? dayWidth : 1) { sample in value(sample).flatMap(scale.fraction).map { y($0, in: box) } }
    }

    private func steps(_ trace: Trace) -> String { trace.parts.map(steps).joined() }

    /// Points on a level line are left out; a lone point becomes a dot.
    private func steps(_ part: [Trace.Point]) -> String {
        let heights = part.map(\.y.fixed)
        let turns = part.indices.filter { $0 == 0 || $0 == part.count - 1 || Set(heights[$0 - 1...$0 + 1]).count > 1 }
        let points = turns.map { "\((TimeAxis.left + part[$0].x).fixed) \(heights[$0])" }
        return "M" + points.joined(separator: "L") + (points.count == 1 ? "h0" : "")
    }

    private func area(_ part: [Trace.Point], _ bottom: Double) -> String {
        guard let first = part.first, let last = part.last else { return "" }
        return steps(part) + "L\((TimeAxis.left + last.x).fixed) \(bottom.fixed)H\((TimeAxis.left + first.x).fixed)Z"
    }
}
