import Almanac
import Foundation
import Testing

@Test func `days of four centuries agree with Foundation's calendar`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try zone("UTC")
    for number in stride(from: -70_000, to: 70_000, by: 13) {
        let time = Double(number) * 86_400
        let parts = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: time))
        let day = CalendarDay(of: time, in: calendar.timeZone)
        #expect(day.year == parts.year && day.month == parts.month && day.day == parts.day)
        #expect(CalendarDay(year: day.year, month: day.month, day: day.day) == day)
    }
}

@Test func `a day begins at local midnight`() throws {
    let late = try CalendarDay(of: seconds("2025-06-01T22:30:00Z"), in: zone("Europe/Berlin"))
    #expect(late == CalendarDay(year: 2025, month: 6, day: 2))
    #expect(
        try CalendarDay(of: seconds("2025-06-01T03:30:00Z"), in: zone("America/New_York")) == CalendarDay(year: 2025, month: 5, day: 31))
}
