/// A simulated day as a picture: sky and profiles, light, exposure and pictures, one below the other over one axis of time.
struct Chart {
    let data: ChartData
    let axis: TimeAxis
    /// The Sun's elevation in each column of pixels.
    let elevation: [Double?]
    let marks: [ChartData.Mark]
    let flags: Flags
    /// What is drawn so far.
    var page = SVG()
    /// Where the next row begins.
    var cursor = 66.0
    /// The rows' grounds.
    var panels: [SVG.Box] = []

    init(_ data: ChartData) {
        self.data = data
        axis = TimeAxis(data)
        elevation = Trace(data, on: axis, .mean, \.sunElevation).columns
        marks = data.marks.filter { [axis] in axis.contains($0.time) }
        flags = Flags(marks.map { [axis] in (axis.x($0.time), SVG.fitted($0.label, 240), $0.isProblem) })
    }

    /// The picture as a document of its own; equal data gives equal text.
    var svg: String {
        var chart = self
        return chart.draw()
    }

    private mutating func draw() -> String {
        page.text([SVG.Run(words: SVG.fitted(data.title, 1130, size: 20), isBold: true)], 24, 34, size: 20)
        page.text([SVG.Run(words: SVG.fitted(data.subtitle, 1150, size: 13), fill: Ink.quiet)], 24, 54, size: 13)
        drawSky()
        drawLight()
        drawExposure()
        drawPictures()
        drawMarks()
        drawTimes()
        return page.document(width: 1200, height: Int(cursor), title: data.title, about: about)
    }

    /// Labels of the time axis.
    private mutating func drawTimes() {
        for tick in axis.ticks {
            let run = SVG.Run(words: tick.label, fill: tick.isMajor ? Ink.text : Ink.quiet, isBold: tick.isMajor)
            page.text([run], axis.x(tick.time), cursor + 14, .middle)
        }
        if let origin = axis.origin { page.text([SVG.Run(words: origin, isBold: true)], TimeAxis.left, cursor + 29, .middle) }
        cursor += axis.origin == nil ? 26 : 41
    }
}

extension Chart {
    /// Whether days are so narrow that what happens within one cannot be drawn.
    var isLong: Bool { axis.span > 90 * 86_400 }

    /// In pixels.
    var dayWidth: Double { 86_400 / axis.span * Double(TimeAxis.columns) }

    /// The heading of a row: its name, and what its colours mean.
    mutating func caption(_ name: String, _ keys: [(words: String, colour: String)] = [], note: String = "") {
        var runs = [SVG.Run(words: name, isBold: true)]
        for key in keys {
            runs.append(SVG.Run(words: "    ■ ", fill: key.colour))
            runs.append(SVG.Run(words: key.words, fill: Ink.quiet))
        }
        if !note.isEmpty { runs.append(SVG.Run(words: "    \(note)", fill: Ink.quiet)) }
        page.text(runs, TimeAxis.left, cursor + 16, size: 12)
        cursor += 23
    }

    /// The ground of a row, with the lines of the time axis and a shade for the night.
    mutating func panel(height: Double) -> SVG.Box {
        let box = SVG.Box(left: TimeAxis.left, top: cursor, width: Double(TimeAxis.columns), height: height)
        page.rectangle(box, fill: Ink.panel)
        if axis.span < 15 * 86_400 {
            page.strip(elevation.map { $0.map { $0 < -0.8 } == true ? 0 : nil }, box.top, height, colours: [Ink.night], opacity: 0.07)
        }
        for isMajor in [false, true] {
            let steps = axis.ticks.filter { $0.isMajor == isMajor }.map { "M\(axis.x($0.time).fixed) \(box.top.fixed)v\(height.fixed)" }
            page.line(steps.joined(), stroke: isMajor ? Ink.major : Ink.grid)
        }
        cursor += height
        panels.append(box)
        return box
    }

    /// A word in the left margin.
    mutating func margin(_ words: String, at middle: Double, fill: String = Ink.quiet) {
        page.text([SVG.Run(words: words, fill: fill)], TimeAxis.left - 8, middle + 4, .end)
    }
}
