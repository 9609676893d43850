/// A picture as SVG text, element by element.
struct SVG {
    /// A rectangle, in pixels.
    struct Box {
        var left: Double
        var top: Double
        var width: Double
        var height: Double

        var bottom: Double { top + height }
    }

    /// Words of one colour.
    struct Run {
        var words: String
        var fill = Ink.text
        var isBold = false
    }

    enum Anchor: String {
        case start, middle, end
    }

    private var elements: [String] = []

    init() {}

    mutating func rectangle(_ box: Box, fill: String, stroke: String = "none", radius: Double = 0) {
        let place = "x=\"\(box.left.fixed)\" y=\"\(box.top.fixed)\" width=\"\(box.width.fixed)\" height=\"\(box.height.fixed)\""
        elements.append("<rect \(place) rx=\"\(radius.fixed)\" fill=\"\(fill)\" stroke=\"\(stroke)\"/>")
    }

    mutating func area(_ steps: String, fill: String, opacity: Double = 0.28) {
        if !steps.isEmpty { elements.append("<path d=\"\(steps)\" fill=\"\(fill)\" fill-opacity=\"\(opacity)\"/>") }
    }

    mutating func line(_ steps: String, stroke: String, width: Double = 1, opacity: Double = 1) {
        guard !steps.isEmpty else { return }
        let pen = "stroke=\"\(stroke)\" stroke-width=\"\(width)\" stroke-opacity=\"\(opacity)\""
        elements.append("<path d=\"\(steps)\" fill=\"none\" \(pen) stroke-linejoin=\"round\" stroke-linecap=\"round\"/>")
    }

    /// Colours for columns of pixels; none where the level is nil. Edges are those of pixels, or neighbours would show a seam.
    mutating func strip(_ levels: [Int?], _ top: Double, _ height: Double, colours: [String], opacity: Double = 1) {
        var steps = [String](repeating: "", count: colours.count)
        var start = 0
        for next in 1...levels.count where next == levels.count || levels[next] != levels[start] {
            if let level = levels[start] { steps[level] += "M\(Int(TimeAxis.left) + start) \((top + height / 2).fixed)h\(next - start)" }
            start = next
        }
        for (colour, steps) in zip(colours, steps) where !steps.isEmpty {
            let pen = "stroke=\"\(colour)\" stroke-width=\"\(height)\" stroke-opacity=\"\(opacity)\""
            elements.append("<path d=\"\(steps)\" \(pen) shape-rendering=\"crispEdges\"/>")
        }
    }

    mutating func text(_ runs: [Run], _ x: Double, _ y: Double, size: Int = 11, _ anchor: Anchor = .start) {
        let words = runs.map { run in
            "<tspan fill=\"\(run.fill)\"\(run.isBold ? " font-weight=\"600\"" : "")>\(SVG.escaped(run.words))</tspan>"
        }
        let place = "x=\"\(x.fixed)\" y=\"\(y.fixed)\" font-size=\"\(size)\" text-anchor=\"\(anchor)\""
        elements.append("<text \(place) xml:space=\"preserve\">\(words.joined())</text>")
    }

    /// A whole document.
    func document(width: Int, height: Int, title: String, about: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img" \
        font-family="system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif">
        <title>\(SVG.escaped(title))</title>
        <desc>\(SVG.escaped(about))</desc>
        <rect width="\(width)" height="\(height)" rx="8" fill="\(Ink.paper)"/>
        \(elements.joined(separator: "\n"))
        </svg>

        """
    }
}
