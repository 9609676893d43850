import Almanac
import Foundation
import Testing

private let berlin = "Europe/Berlin"  // 2025: 02:00 to 03:00 on 30 March, 03:00 to 02:00 on 26 October, both at 01:00 UTC
private let newYork = "America/New_York"  // 2025: 02:00 to 03:00 on 9 March at 07:00 UTC, 02:00 to 01:00 on 2 November at 06:00 UTC
private let lordHowe = "Australia/Lord_Howe"  // 2025: 02:00 to 01:30 on 6 April at 15:00 UTC, 02:00 to 02:30 on 5 October at 15:30 UTC

@Test(arguments: [
    ("30 2 * * *", berlin, "2025-03-29T00:00:00Z", ["2025-03-29T01:30:00Z", "2025-03-30T01:00:00Z", "2025-03-31T00:30:00Z"]),
    ("30 2 * * *", newYork, "2025-03-08T06:00:00Z", ["2025-03-08T07:30:00Z", "2025-03-09T07:00:00Z", "2025-03-10T06:30:00Z"]),
    ("15 2 * * *", lordHowe, "2025-10-03T00:00:00Z", ["2025-10-03T15:45:00Z", "2025-10-04T15:30:00Z", "2025-10-05T15:15:00Z"]),
    ("0,20,40 2 * * *", berlin, "2025-03-30T00:00:00Z", ["2025-03-30T01:00:00Z", "2025-03-31T00:00:00Z"]),
    ("0 2,3 * * *", berlin, "2025-03-30T00:00:00Z", ["2025-03-30T01:00:00Z", "2025-03-31T00:00:00Z"]),
    ("59 1 30 3 *", berlin, "2025-03-30T00:00:00Z", ["2025-03-30T00:59:00Z"]),
    ("@daily", "Africa/Cairo", "2025-04-24T00:00:00Z", ["2025-04-24T22:00:00Z", "2025-04-25T21:00:00Z"]),
])
func `a fixed time that clocks skip comes once, as they have jumped`(
    _ text: String, _ name: String, _ start: String, _ expected: [String]
) throws {
    let (expression, zone) = (try CronExpression(text), try zone(name))
    #expect(try times(expected.count, after: start) { expression.next(after: $0, in: zone) } == expected)
}

@Test(arguments: [
    ("30 2 * * *", berlin, "2025-10-25T12:00:00Z", ["2025-10-26T00:30:00Z", "2025-10-27T01:30:00Z"]),
    ("30 1 * * *", newYork, "2025-11-01T12:00:00Z", ["2025-11-02T05:30:00Z", "2025-11-03T06:30:00Z"]),
    ("45 1 * * *", lordHowe, "2025-04-05T12:00:00Z", ["2025-04-05T14:45:00Z", "2025-04-06T15:15:00Z"]),
    ("0 2,3 * * *", berlin, "2025-10-25T12:00:00Z", ["2025-10-26T00:00:00Z", "2025-10-26T02:00:00Z", "2025-10-27T01:00:00Z"]),
])
func `a fixed time that clocks show twice comes the first time`(
    _ text: String, _ name: String, _ start: String, _ expected: [String]
) throws {
    let (expression, zone) = (try CronExpression(text), try zone(name))
    #expect(try times(expected.count, after: start) { expression.next(after: $0, in: zone) } == expected)
}

@Test func `a fixed time asked for within the repeated hour has been already`() throws {
    let expression = try CronExpression("30 2 * * *")
    for minutes in stride(from: 31.0, to: 120, by: 7) {
        let time = try seconds("2025-10-26T00:00:00Z") + minutes * 60
        #expect(stamp(expression.next(after: time, in: try zone(berlin))) == "2025-10-27T01:30:00Z")
    }
}

@Test(arguments: [
    ("*/30 * * * *", berlin, "2025-03-30T00:30:00Z", ["2025-03-30T01:00:00Z", "2025-03-30T01:30:00Z", "2025-03-30T02:00:00Z"]),
    (
        "*/30 * * * *", berlin, "2025-10-26T00:00:00Z",
        ["2025-10-26T00:30:00Z", "2025-10-26T01:00:00Z", "2025-10-26T01:30:00Z", "2025-10-26T02:00:00Z"]
    ),
    ("@hourly", newYork, "2025-11-02T04:30:00Z", ["2025-11-02T05:00:00Z", "2025-11-02T06:00:00Z", "2025-11-02T07:00:00Z"]),
    (
        "*/15 * * * *", lordHowe, "2025-04-05T14:30:00Z",
        ["2025-04-05T14:45:00Z", "2025-04-05T15:00:00Z", "2025-04-05T15:15:00Z", "2025-04-05T15:30:00Z"]
    ),
    ("0 */2 * * *", berlin, "2025-03-29T23:00:00Z", ["2025-03-30T02:00:00Z", "2025-03-30T04:00:00Z"]),
    ("*/30 2 26 10 *", berlin, "2025-10-26T00:00:00Z", ["2025-10-26T00:30:00Z", "2025-10-26T01:00:00Z", "2025-10-26T01:30:00Z"]),
    ("*/30 2 30 3 *", berlin, "2025-03-01T00:00:00Z", ["2026-03-30T00:00:00Z", "2026-03-30T00:30:00Z", "2027-03-30T00:00:00Z"]),
])
func `an expression with a star in minute or hour goes by what clocks show`(
    _ text: String, _ name: String, _ start: String, _ expected: [String]
) throws {
    let (expression, zone) = (try CronExpression(text), try zone(name))
    #expect(try times(expected.count, after: start) { expression.next(after: $0, in: zone) } == expected)
}

@Test(arguments: [
    (berlin, "2025-03-29T06:00:00Z"), (berlin, "2025-10-25T06:00:00Z"), (newYork, "2025-11-01T12:00:00Z"),
    (lordHowe, "2025-04-05T03:00:00Z"), (lordHowe, "2025-10-04T03:00:00Z"), ("Africa/Cairo", "2025-10-30T12:00:00Z"),
    ("America/St_Johns", "2010-11-06T12:00:00Z"),
])
func `every minute whose clock agrees is found, and no other`(_ name: String, _ start: String) throws {
    let (zone, first) = (try zone(name), try seconds(start))
    let expression = try CronExpression("*/7 0-5,21-23/2 * * *")
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let shown = (1...2160).map { first + Double($0) * 60 }.filter { time in
        let parts = calendar.dateComponents([.hour, .minute], from: Date(timeIntervalSince1970: time))
        return [0, 1, 2, 3, 4, 5, 21, 23].contains(parts.hour) && (parts.minute ?? 1).isMultiple(of: 7)
    }
    #expect(try times(shown.count, after: start) { expression.next(after: $0, in: zone) } == shown.map { stamp($0) })
}

@Test(arguments: [
    berlin, newYork, lordHowe, "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Santiago", "Asia/Tehran", "Asia/Kathmandu",
    "Pacific/Chatham", "UTC",
])
func `a fixed time comes once on each of a thousand days`(_ name: String) throws {
    let (zone, expression, time) = (try zone(name), try CronExpression("15 2 * * *"), try TimeOfDay("2:15"))
    var now = try #require(expression.next(after: 1.7e9, in: zone))
    for _ in 0..<1000 {
        let today = CalendarDay(of: now, in: zone)
        let next = try #require(expression.next(after: now, in: zone))
        #expect(CalendarDay(of: next, in: zone) == CalendarDay(year: today.year, month: today.month, day: today.day + 1))
        #expect(time.next(after: now, in: zone) == next)
        now = next
    }
}

@Test(arguments: [
    ("22:30", berlin, "2025-06-01T20:30:00Z", ["2025-06-02T20:30:00Z", "2025-06-03T20:30:00Z"]),
    ("6:05", berlin, "2025-06-01T04:04:59Z", ["2025-06-01T04:05:00Z"]),
    ("22:30:15", "UTC", "2025-06-01T22:30:14Z", ["2025-06-01T22:30:15Z"]),
    ("2:30:10", berlin, "2025-03-29T12:00:00Z", ["2025-03-30T01:00:00Z", "2025-03-31T00:30:10Z"]),
    ("2:30:10", berlin, "2025-10-25T12:00:00Z", ["2025-10-26T00:30:10Z", "2025-10-27T01:30:10Z"]),
    ("2:30", newYork, "2025-03-08T12:00:00Z", ["2025-03-09T07:00:00Z", "2025-03-10T06:30:00Z"]),
    ("1:30", newYork, "2025-11-01T12:00:00Z", ["2025-11-02T05:30:00Z", "2025-11-03T06:30:00Z"]),
    ("2:00", lordHowe, "2025-10-04T00:00:00Z", ["2025-10-04T15:30:00Z", "2025-10-05T15:00:00Z"]),
    ("1:30", lordHowe, "2025-04-05T00:00:00Z", ["2025-04-05T14:30:00Z", "2025-04-06T15:00:00Z"]),
    ("0:00", "Africa/Cairo", "2025-04-24T00:00:00Z", ["2025-04-24T22:00:00Z", "2025-04-25T21:00:00Z"]),
    // Samoa went over the date line and had no 30 December 2011.
    ("12:00", "Pacific/Apia", "2011-12-29T00:00:00Z", ["2011-12-29T22:00:00Z", "2011-12-30T22:00:00Z"]),
])
func `a time of day comes once a day`(_ text: String, _ name: String, _ start: String, _ expected: [String]) throws {
    let (time, zone) = (try TimeOfDay(text), try zone(name))
    #expect(try times(expected.count, after: start) { time.next(after: $0, in: zone) } == expected)
}

@Test(arguments: ["", "22", "24:00", "12:60", "12:00:60", "1:2", "123:00", "12:00:00:00", "-1:30", "+1:30", "12:3a", " 12:30", "١٢:٣٠"])
func `what is not a time of day is refused`(_ text: String) {
    #expect(
        sentence { () throws(AlmanacError) in try TimeOfDay(text) }
            == "time of day '\(text)' must be '0:00' to '23:59', with seconds if you like, such as '22:30:15'")
}

@Test func `a time of day is not looked for in eternity`() throws {
    #expect(try TimeOfDay("12:00").next(after: .nan, in: zone("UTC")) == .infinity)
}
