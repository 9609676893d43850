import Testing

@testable import Rehearsal

private typealias Mark = (x: Double, label: String, isProblem: Bool)

private func words(_ flag: Flags.Flag, _ mark: Mark) -> ClosedRange<Double> {
    let length = SVG.width(flag.words) + 11
    return flag.isTurned ? mark.x - length...mark.x : mark.x...mark.x + length
}

@Test func `flags far apart share a lane`() {
    let flags = Flags([(100, "night", false), (500, "day", false)])
    #expect(flags.laneCount == 1)
    #expect(flags.flags.count == 2 && flags.silent.isEmpty)
}

@Test func `neither words nor poles cross other words`() {
    let marks = (0..<40).map { number -> Mark in
        let x = 900 + Double(number * number % 41) * 6
        return (x, "decision \(number)", number % 9 == 4)
    }
    let flags = Flags(marks)
    #expect(flags.flags.count + flags.silent.count == 40)
    for flag in flags.flags {
        for other in flags.flags where other != flag && other.lane <= flag.lane {
            let mark = marks[flag.mark]
            #expect(!words(other, marks[other.mark]).contains(mark.x) || marks[other.mark].x == mark.x)
            #expect(other.lane < flag.lane || !words(other, marks[other.mark]).overlaps(words(flag, mark)))
        }
    }
}

@Test func `problems are named before decisions`() {
    let marks = (0..<30).map { number -> Mark in (500 + Double(number), "something that happened", [3, 20].contains(number)) }
    #expect(Set(Flags(marks).flags.map(\.mark)).isSuperset(of: [3, 20]))
}

@Test func `words at the right edge are turned to the left`() {
    let flags = Flags([(TimeAxis.right, "the last thing that happened", false)]).flags
    #expect(flags.first?.isTurned == true)
}

@Test func `thirty marks at one moment fill the lanes and no more`() {
    let flags = Flags((0..<30).map { _ in (x: 500, label: "same", isProblem: false) })
    #expect(flags.flags.count == 5 && flags.silent.count == 25)
}
