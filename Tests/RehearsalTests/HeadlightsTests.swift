import Testing

@testable import Rehearsal

private let start = 1.8e9

@Test func `without cars there is no light`() {
    let headlights = Headlights(perHour: 0, seed: 1)
    #expect((0..<10_000).allSatisfy { headlights.illuminance(at: start + Double($0)) == 0 })
}

@Test(arguments: [20.0, 60, 300]) func `as many cars pass as are said to`(_ perHour: Double) {
    let headlights = Headlights(perHour: perHour, seed: 3)
    let lux = stride(from: 0, to: 2000 / perHour * 3600, by: 1).map { headlights.illuminance(at: start + $0) }
    // On average a car takes 7 s and reaches 10 + 140 / 3 lux, of which 8 / 15 is the mean over its time.
    let expected = perHour / 3600 * 7 * (10 + 140.0 / 3) * 8 / 15
    #expect(isClose(lux.reduce(0, +) / Double(lux.count), expected, within: 0.08))
}

@Test func `a car that passes alone rises to 10 to 150 lux and falls within 2 to 12 seconds`() {
    let headlights = Headlights(perHour: 12, seed: 3)
    var (car, cars): ([Double], [[Double]]) = ([], [])
    for step in 0..<500_000 {
        let lux = headlights.illuminance(at: start + Double(step) / 10)
        if lux > 0 { car.append(lux) } else if !car.isEmpty { (cars, car) = (cars + [car], []) }
    }
    let turns = { (car: [Double]) in
        let rises = zip(car, car.dropFirst()).map { $0 < $1 }
        return zip(rises, rises.dropFirst()).count { $0 != $1 }
    }
    let alone = cars.filter { turns($0) == 1 }
    #expect(alone.count > cars.count * 9 / 10)
    #expect(alone.allSatisfy { (18...121).contains($0.count) && (9.8...150).contains($0.max() ?? 0) })
    #expect(alone.contains { $0.count < 35 } && alone.contains { $0.count > 105 })
    #expect(alone.contains { $0.max() ?? 0 > 120 } && alone.contains { $0.max() ?? 0 < 15 })
}

@Test func `light of cars has no steps`() {
    let headlights = Headlights(perHour: 900, seed: 8)
    let lux = (0..<200_000).map { headlights.illuminance(at: start + Double($0) / 100) }
    // The steepest: 150 lux in 2 s changes by 231 lux a second; a few may come together.
    #expect(zip(lux, lux.dropFirst()).allSatisfy { abs($0 - $1) < 5 })
}

@Test func `other seeds are other cars`() {
    let times = (0..<20_000).map { start + Double($0) }
    let lit = [1, 2].map { seed in times.map { Headlights(perHour: 120, seed: seed).illuminance(at: $0) > 1 } }
    #expect(zip(lit[0], lit[1]).count { $0 && $1 } < lit[0].count { $0 } / 2)
    #expect(lit[0].contains(true) && lit[1].contains(true))
}
