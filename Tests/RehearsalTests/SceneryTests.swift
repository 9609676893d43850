import Almanac
import Testing

@testable import Rehearsal

private func scenery(
    clouds: Clouds = .none, hasMoon: Bool = false, lamp: Double = 0, headlights: Double = 0, seed: UInt64 = 7
) throws -> Scenery {
    Scenery(sun: try munich(), clouds: clouds, hasMoon: hasMoon, lamp: lamp, headlights: headlights, seed: seed)
}

@Test func `a clear day is daylight, within 2 per cent between the minutes`() throws {
    var scenery = try scenery()
    for time in stride(from: try seconds("2026-03-20T00:00:00Z"), to: try seconds("2026-03-21T00:00:00Z"), by: 17) {
        let elevation = try munich().position(at: time).elevation
        #expect(abs(scenery.elevation(at: time) - elevation) < 0.001)
        let light = scenery.light(at: time)
        #expect(isClose(light.lux, Daylight.illuminance(at: elevation), within: 0.02))
        #expect(isClose(light.colourTemperature, Daylight.colourTemperature(at: elevation), within: 0.01))
    }
}

@Test(arguments: [Clouds.none, .gusty, .overcast]) func `clouds dim the day and leave the night what it is`(_ clouds: Clouds) throws {
    var (clear, dim) = (try scenery(), try scenery(clouds: clouds))
    let noon = try seconds("2026-06-21T11:15:00Z")
    let ratio = dim.light(at: noon).lux / clear.light(at: noon).lux
    #expect(isClose(ratio, clouds.transmission(at: noon, seed: 7), within: 1e-6))
    #expect(dim.light(at: try seconds("2026-12-10T00:00:00Z")).lux == Daylight.night)
}

@Test func `the light is never less than that of the night, nor more than the Sun's a tenth up`() throws {
    for clouds in Clouds.allCases {
        var scenery = try scenery(clouds: clouds, hasMoon: true)
        let start = try seconds("2026-06-20T00:00:00Z")
        for step in 0..<5000 { #expect((Daylight.night...145_000).contains(scenery.light(at: start + Double(step) * 1007).lux)) }
    }
}

@Test func `the Moon is there if it is wanted, behind the clouds`() throws {
    let full = try seconds("2026-12-24T01:28:00Z")
    var (without, with, behind) = (try scenery(), try scenery(hasMoon: true), try scenery(clouds: .overcast, hasMoon: true))
    let moon = with.light(at: full).lux - without.light(at: full).lux
    #expect(isClose(moon, Moon(at: full, over: try munich()).illuminance, within: 0.01) && moon > 0.2)
    #expect((0.1...0.25).contains((behind.light(at: full).lux - Daylight.night) / moon))
    #expect(isClose(with.light(at: full).colourTemperature, 4100, within: 0.01))
}

@Test func `the lamp lights the night and not the day`() throws {
    var (without, with) = (try scenery(), try scenery(lamp: 12))
    let (noon, night) = (try seconds("2026-12-10T11:00:00Z"), try seconds("2026-12-10T00:00:00Z"))
    #expect(with.light(at: noon).lux == without.light(at: noon).lux)
    #expect(isClose(with.light(at: night).lux - without.light(at: night).lux, 12, within: 1e-9))
    #expect(isClose(with.light(at: night).colourTemperature, 2400, within: 0.001))
}

@Test func `cars light the scene while it is dark`() throws {
    var (without, with) = (try scenery(), try scenery(headlights: 300))
    let start = try seconds("2026-03-20T12:00:00Z")
    let added = (0..<43_200).map { (sky: without.light(at: start + Double($0)).lux, cars: with.light(at: start + Double($0)).lux) }
    #expect(added.allSatisfy { $0.sky < 100 || $0.cars == $0.sky })
    #expect(added.count { $0.cars > $0.sky + 1 } > 3600)
    #expect(added.contains { (20..<100).contains($0.sky) && $0.cars > $0.sky + 1 })
}

@Test func `the camera's own light is added, and colours are mixed in mireds by lux`() throws {
    var scenery = try scenery(lamp: 10)
    let night = try seconds("2026-12-10T00:00:00Z")
    let light = scenery.light(at: night, infrared: 30)
    #expect(isClose(light.lux, 40, within: 0.001))
    #expect(isClose(light.colourTemperature, 1 / (0.25 / 2400 + 0.75 / 2700), within: 0.001))
}

@Test(arguments: Clouds.allCases) func `a moment's light is the same, whichever way it was come to`(_ clouds: Clouds) throws {
    let made = try scenery(clouds: clouds, hasMoon: true, lamp: 12, headlights: 120)
    var (walking, jumping, backing) = (made, made, made)
    let start = try seconds("2026-12-23T15:00:00Z")
    let times = (0..<1500).map { start + Double($0) * 1.9 }
    let lights = times.map { walking.light(at: $0, infrared: 0.5) }
    for (time, light) in zip(times, lights).reversed() {
        var fresh = made
        _ = jumping.light(at: time + 1e7)
        #expect(fresh.light(at: time, infrared: 0.5) == light)
        #expect(jumping.light(at: time, infrared: 0.5) == light)
        #expect(backing.light(at: time, infrared: 0.5) == light)
    }
}

@Test func `another seed is another day`() throws {
    var (one, other) = (try scenery(clouds: .gusty, seed: 1), try scenery(clouds: .gusty, seed: 2))
    let noon = try seconds("2026-06-21T11:00:00Z")
    #expect((0..<100).count { one.light(at: noon + Double($0) * 60).lux == other.light(at: noon + Double($0) * 60).lux } == 0)
}
