@testable import CameraBindings
import Testing

@Suite struct AutoWhiteBalanceTests {
    private let all = 2500.0...8000.0

    @Test(arguments: [2700.0, 4200, 5600, 7500])
    func `it finds the colour of the light`(_ kelvin: Double) {
        var balance = AutoWhiteBalance()
        for _ in 0..<40 { balance.step(kelvin, family: all) }
        #expect(abs(balance.colourTemperature - kelvin) < 20)
    }

    @Test func `after its start it follows slowly and without overshoot`() {
        var balance = AutoWhiteBalance()
        for _ in 0..<40 { balance.step(5600, family: all) }
        balance.step(2700, family: all)
        #expect(balance.colourTemperature > 5000)
        for _ in 0..<60 { balance.step(2700, family: all) }
        #expect(abs(balance.colourTemperature - 2700) < 20)
    }

    @Test func `it stays within the family of light it expects`() throws {
        let daylight = try #require(AutoWhiteBalance.families["daylight"])
        var balance = AutoWhiteBalance()
        for _ in 0..<60 { balance.step(2700, family: daylight) }
        #expect(abs(balance.colourTemperature - 5500) < 1)
    }

    @Test func `warm light needs less red and more blue`() {
        let lamp = ColourGains.neutral(2700, isInfraredSensitive: false)
        let sun = ColourGains.neutral(5600, isInfraredSensitive: false)
        #expect(lamp.red < sun.red && lamp.blue > sun.blue)
        #expect(ColourGains.neutral(5600, isInfraredSensitive: true).red < sun.red)
    }
}
