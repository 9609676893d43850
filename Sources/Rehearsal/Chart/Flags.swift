/// Where the flags of a chart go: in lanes, so that neither words nor poles cross other words.
struct Flags: Equatable, Sendable {
    /// A flag with words.
    struct Flag: Equatable, Sendable {
        /// Which of the marks.
        let mark: Int
        let lane: Int
        let words: String
        /// Whether the words are at the left of the pole.
        let isTurned: Bool
    }

    private(set) var flags: [Flag] = []
    /// Marks without room for words.
    private(set) var silent: [Int] = []
    private var words: [[ClosedRange<Double>]]
    private var poles: [[ClosedRange<Double>]]

    /// A pole goes up past the words of those that chose before; but where a problem would go unnamed, all problems choose first.
    init(_ marks: [(x: Double, label: String, isProblem: Bool)], lanes: Int = 5) {
        let keys = marks.map { Flags.isTurned($0.x, $0.label) ? (0, $0.x) : (1, -$0.x) }
        let order = marks.indices.sorted { (keys[$0].0, keys[$0].1, $0) < (keys[$1].0, keys[$1].1, $1) }
        self.init(marks, lanes: lanes, in: order)
        guard silent.contains(where: { marks[$0].isProblem }) else { return }
        self.init(marks, lanes: lanes, in: order.filter { marks[$0].isProblem } + order.filter { !marks[$0].isProblem })
    }

    private init(_ marks: [(x: Double, label: String, isProblem: Bool)], lanes: Int, in order: [Int]) {
        words = [[ClosedRange<Double>]](repeating: [], count: lanes)
        poles = words
        for mark in order where !place(mark, marks[mark].x, marks[mark].label) { silent.append(mark) }
    }

    var laneCount: Int { (flags.map(\.lane).max() ?? -1) + 1 }

    private static func isTurned(_ x: Double, _ label: String) -> Bool { x + SVG.width(label) > TimeAxis.right + 40 }

    private mutating func place(_ mark: Int, _ x: Double, _ label: String) -> Bool {
        let length = SVG.width(label) + 16
        let isTurned = Flags.isTurned(x, label)
        let room = isTurned ? x - length...x - 3 : x + 3...x + length
        let pole = x - 2...x + 2
        let free = words.indices.first { lane in
            !words[lane].contains(where: room.overlaps) && !poles[lane].contains(where: room.overlaps)
                && !words[0...lane].joined().contains(where: pole.overlaps)
        }
        guard let lane = free else { return false }
        words[lane].append(room)
        for above in 0...lane { poles[above].append(pole) }
        flags.append(Flag(mark: mark, lane: lane, words: label, isTurned: isTurned))
        return true
    }
}
