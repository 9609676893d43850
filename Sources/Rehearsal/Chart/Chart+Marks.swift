extension Chart {
    /// Flags below the pictures; their poles reach up through all rows.
    mutating func drawMarks() {
        guard !marks.isEmpty else { return }
        let rows = panels
        let box = panel(height: Double(flags.laneCount) * 18 + 6)
        margin("events", at: box.top + 11)
        for mark in marks { for row in rows { pole(mark, from: row.top, to: row.bottom) } }
        for flag in flags.flags { draw(flag, marks[flag.mark], in: box) }
    }

    private mutating func draw(_ flag: Flags.Flag, _ mark: ChartData.Mark, in box: SVG.Box) {
        let x = axis.x(mark.time)
        let top = box.top + 3 + Double(flag.lane) * 18
        let side = flag.isTurned ? -1.0 : 1.0
        pole(mark, from: box.top, to: top + 14)
        page.area("M\(x.fixed) \((top + 2).fixed)l\((side * 8).fixed) 4.0l\((side * -8).fixed) 4.0Z", fill: colour(of: mark), opacity: 1)
        let run = SVG.Run(words: flag.words, fill: mark.isProblem ? Ink.problem : Ink.text, isBold: mark.isProblem)
        page.text([run], x + side * 11, top + 10, flag.isTurned ? .end : .start)
    }

    private mutating func pole(_ mark: ChartData.Mark, from top: Double, to bottom: Double) {
        let steps = "M\(axis.x(mark.time).fixed) \(top.fixed)V\(bottom.fixed)"
        page.line(steps, stroke: colour(of: mark), opacity: mark.isProblem ? 0.8 : 0.45)
    }

    private func colour(of mark: ChartData.Mark) -> String { mark.isProblem ? Ink.problem : Ink.quiet }
}
