import Foundation
import Testing

@testable import Stills

struct LocalTimeTests {
    @Test func `the calendar agrees with the system's for two centuries`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 3600))
        for wall in stride(from: 0.0, to: 6.3e9, by: 1_234_567.5) {
            let time = LocalTime(wall: wall) { _ in 3600 }
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: wall))
            let ours = [time.year, time.month, time.day, time.hour, time.minute, time.second]
            #expect(ours == [parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second], "\(wall)")
        }
    }

    @Test func `a leap day is one`() {
        #expect(LocalTime(wall: 1_709_208_000.999) { _ in 0 }.exif == "2024:02:29 12:00:00")
        #expect(LocalTime(wall: 1_709_208_000.999) { _ in 0 }.millisecond == 999)
    }

    @Test(arguments: [(0, "+00:00"), (3600, "+01:00"), (-12_600, "-03:30"), (20_700, "+05:45")])
    func `the distance from UTC is said`(offset: Int, text: String) {
        #expect(LocalTime(wall: 1e9) { _ in offset }.offsetText == text)
    }

    @Test(arguments: [-1e18, -1, Double.nan, .infinity, 1e18]) func `a nonsensical clock is no reason to stop`(wall: Double) {
        #expect(LocalTime(wall: wall) { _ in -3600 }.year >= 1970)
    }
}
