import Testing

@testable import Rehearsal

/// Clear sky by the true altitude of the Sun: "Electro-Optics Handbook" (RCA, 1974), table of natural illuminance.
/// The tolerance is a little more than the fits promise.
@Test(arguments: [
    (-18.0, 0.000651), (-12, 0.00831), (-6, 3.4), (-5, 10.8), (-0.8, 453), (0, 732), (5, 4760), (10, 10_900), (15, 18_600),
    (20, 27_300), (30, 47_000), (40, 66_700), (50, 85_000), (60, 102_000), (70, 113_000), (80, 120_000), (90, 124_000),
])
func `daylight is that of the published table within 7 per cent`(_ elevation: Double, _ lux: Double) {
    #expect(isClose(Daylight.illuminance(at: elevation), lux, within: 0.07), "\(Daylight.illuminance(at: elevation))")
}

@Test func `daylight grows with the Sun's elevation, without steps`() {
    let lux = stride(from: -18.0, through: 90, by: 0.01).map { Daylight.illuminance(at: $0) }
    #expect(zip(lux, lux.dropFirst()).allSatisfy { $0 < $1 && $1 < $0 * 1.02 })
}

@Test(arguments: [-90.0, -40, -18.01, -18]) func `night is as dark as it gets`(_ elevation: Double) {
    #expect(Daylight.illuminance(at: elevation) == Daylight.night)
    #expect((0.0005...0.002).contains(Daylight.night))
}

@Test(arguments: [(90.0, 5600.0), (30, 5600), (0, 3800), (-4, 9500), (-6, 9500), (-8, 9500), (-18, 4100), (-90, 4100)])
func `daylight has the colour of its hour`(_ elevation: Double, _ kelvin: Double) {
    #expect(isClose(Daylight.colourTemperature(at: elevation), kelvin, within: 1e-9))
}

@Test func `the colour of daylight changes without steps`() {
    let kelvin = stride(from: -90.0, through: 90, by: 0.01).map { Daylight.colourTemperature(at: $0) }
    #expect(zip(kelvin, kelvin.dropFirst()).allSatisfy { isClose($0, $1, within: 0.005) })
    #expect(kelvin.allSatisfy { (3799...9501).contains($0) })
}
