import Foundation
import Testing

@testable import Rehearsal

private let start = 1.8e9

private func series(_ clouds: Clouds, seed: UInt64 = 7, every step: Double, count: Int) -> [Double] {
    (0..<count).map { clouds.transmission(at: start + Double($0) * step, seed: seed) }
}

@Test func `clouds go by their names`() {
    #expect(Clouds.allCases.map(\.rawValue) == ["none", "gusty", "overcast"])
    #expect(Clouds(rawValue: "gusty") == .gusty)
}

@Test func `a clear sky lets everything through`() {
    #expect(series(.none, every: 977, count: 1000).allSatisfy { $0 == 1 })
}

@Test func `an overcast sky lets a tenth to a quarter through and changes slowly`() {
    let days = series(.overcast, every: 60, count: 14 * 1440)
    #expect(days.allSatisfy { (0.1...0.25).contains($0) })
    #expect(days.max()! - days.min()! > 0.1)
    #expect(zip(days, days.dropFirst()).allSatisfy { isClose($0, $1, within: 0.15) })
    #expect(correlation(days, lag: 2) > 0.97)
    #expect(abs(correlation(days, lag: 120)) < 0.2)
}

@Test func `under broken cloud sun and shadow take turns`() {
    let days = series(.gusty, every: 1, count: 3 * 86_400)
    #expect(days.allSatisfy { (0.19...1.13).contains($0) })
    let shares = [0.19..<0.35, 0.35..<0.95, 0.95..<1.13].map { range in Double(days.count { range.contains($0) }) / Double(days.count) }
    #expect(shares[0] > 0.3 && shares[1] < 0.25 && shares[2] > 0.3)
    #expect(days.count { $0 > 1.05 } > 3 * 3600)
}

@Test func `clouds come in all sizes and their edges take a while`() {
    let days = series(.gusty, every: 1, count: 7 * 86_400)
    let shadows = runs(of: days) { $0 < 0.6 }
    #expect(shadows.contains { $0 < 60 } && shadows.contains { $0 > 600 })
    #expect((90...400).contains(shadows.sorted()[shadows.count / 2]))
    // From a shadow's 0.35 to the sun's 0.95 is most of an edge.
    let edges = runs(of: days) { (0.35..<0.95).contains($0) }.filter { $0 > 2 }.sorted()
    #expect((8...40).contains(edges[edges.count / 2]))
    #expect(edges[edges.count * 9 / 10] < 70)
}

@Test func `broken cloud stays for seconds and not for half an hour`() {
    let day = series(.gusty, every: 1, count: 86_400)
    #expect(correlation(day, lag: 1) > 0.995)
    #expect((0.5...0.95).contains(correlation(day, lag: 30)))
    #expect(abs(correlation(day, lag: 1800)) < 0.15)
    #expect(zip(day, day.dropFirst()).allSatisfy { abs($0 - $1) < 0.15 })
}

@Test(arguments: [Clouds.gusty, .overcast]) func `another seed is another weather, the same seed the same`(_ clouds: Clouds) {
    let weathers = (UInt64(1)...4).map { series(clouds, seed: $0, every: 300, count: 500) }
    #expect(weathers[0] == series(clouds, seed: 1, every: 300, count: 500))
    for (left, right) in zip(weathers, weathers.dropFirst()) { #expect(zip(left, right).count { $0 == $1 } == 0) }
}

/// How many in a row are so, each time.
private func runs(of series: [Double], where isSo: (Double) -> Bool) -> [Int] {
    var found: [Int] = []
    var count = 0
    for value in series {
        if isSo(value) {
            count += 1
        } else if count > 0 {
            found.append(count)
            count = 0
        }
    }
    return found
}
