import Almanac
import Foundation
import Testing

@Test(arguments: [
    ("*/10 6-18 * * 1-5", "2025-06-06T18:45:00Z", ["2025-06-06T18:50:00Z", "2025-06-09T06:00:00Z", "2025-06-09T06:10:00Z"]),
    ("0 0,12 1 */2 *", "2025-01-01T12:00:00Z", ["2025-03-01T00:00:00Z", "2025-03-01T12:00:00Z", "2025-05-01T00:00:00Z"]),
    ("5 4 * * sun", "2025-06-01T04:05:00Z", ["2025-06-08T04:05:00Z", "2025-06-15T04:05:00Z"]),
    ("5 4 * * 0", "2025-06-01T04:04:59Z", ["2025-06-01T04:05:00Z"]), ("5 4 * * 7", "2025-06-01T04:04:59Z", ["2025-06-01T04:05:00Z"]),
    (
        "0 8 * * Fri-Sun", "2025-06-06T00:00:00Z",
        ["2025-06-06T08:00:00Z", "2025-06-07T08:00:00Z", "2025-06-08T08:00:00Z", "2025-06-13T08:00:00Z"]
    ),
    ("0 0 1 jan,JUL *", "2025-01-01T00:00:00Z", ["2025-07-01T00:00:00Z", "2026-01-01T00:00:00Z"]),
    ("10-20/5 23 31 * *", "2025-01-31T23:15:30Z", ["2025-01-31T23:20:00Z", "2025-03-31T23:10:00Z"]),
    ("  59\t23 31 12  * ", "2024-12-31T23:58:00Z", ["2024-12-31T23:59:00Z", "2025-12-31T23:59:00Z"]),
    ("0 0 29 2 *", "2024-02-29T00:00:00Z", ["2028-02-29T00:00:00Z"]), ("0 0 29 2 *", "2096-02-29T00:00:00Z", ["2104-02-29T00:00:00Z"]),
    ("*/59 * * * *", "2025-01-01T00:00:00Z", ["2025-01-01T00:59:00Z", "2025-01-01T01:00:00Z"]),
    ("* * * * *", "1969-12-31T23:58:30Z", ["1969-12-31T23:59:00Z", "1970-01-01T00:00:00Z"]),
])
func `an expression names these times`(_ text: String, _ start: String, _ expected: [String]) throws {
    let (expression, utc) = (try CronExpression(text), try zone("UTC"))
    #expect(try times(expected.count, after: start) { expression.next(after: $0, in: utc) } == expected)
}

@Test(arguments: [
    ("@hourly", "2025-06-03T11:00:00Z"), ("@daily", "2025-06-04T00:00:00Z"), ("@midnight", "2025-06-04T00:00:00Z"),
    ("@weekly", "2025-06-08T00:00:00Z"), ("@monthly", "2025-07-01T00:00:00Z"), ("@yearly", "2026-01-01T00:00:00Z"),
    ("@Annually", "2026-01-01T00:00:00Z"),
])
func `a word stands for five fields`(_ word: String, _ expected: String) throws {
    #expect(stamp(try CronExpression(word).next(after: seconds("2025-06-03T10:20:30Z"), in: zone("UTC"))) == expected)
}

@Test func `either day is enough when both are restricted`() throws {
    let (either, utc) = (try CronExpression("0 0 13 * fri"), try zone("UTC"))
    #expect(
        try times(4, after: "2025-06-01T00:00:00Z") { either.next(after: $0, in: utc) }
            == ["2025-06-06T00:00:00Z", "2025-06-13T00:00:00Z", "2025-06-20T00:00:00Z", "2025-06-27T00:00:00Z"])
    #expect(stamp(either.next(after: try seconds("2025-07-11T00:00:00Z"), in: utc)) == "2025-07-13T00:00:00Z")
}

@Test func `a day field that begins with a star restricts the other`() throws {
    let (both, utc) = (try CronExpression("0 0 */2 * mon"), try zone("UTC"))
    #expect(
        try times(3, after: "2025-06-01T00:00:00Z") { both.next(after: $0, in: utc) }
            == ["2025-06-09T00:00:00Z", "2025-06-23T00:00:00Z", "2025-07-07T00:00:00Z"])
}

@Test func `a rare day is not looked for longer than eight years`() throws {
    // 29 February on a Sunday: 2004, 2032.
    let rare = try CronExpression("0 0 29 2 */7")
    #expect(stamp(rare.next(after: try seconds("2025-01-01T00:00:00Z"), in: try zone("UTC"))) == "2032-02-29T00:00:00Z")
    #expect(rare.next(after: try seconds("2005-01-01T00:00:00Z"), in: try zone("UTC")) == nil)
}

@Test(arguments: [
    ("", "cron '' must have 5 fields, got 0: write minute, hour, day of month, month and day of week, such as '*/10 6-18 * * mon-fri'"),
    (
        "0 0 * * * *",
        "cron '0 0 * * * *' must have 5 fields, got 6: write minute, hour, day of month, month and day of week, "
            + "such as '*/10 6-18 * * mon-fri'"
    ),
    (
        "@reboot",
        "cron '@reboot' is none of @annually @daily @hourly @midnight @monthly @weekly @yearly; write one of these, or five fields"
    ),
    ("60 * * * *", "minute '60' in cron '60 * * * *' must be 0 to 59"), ("* 24 * * *", "hour '24' in cron '* 24 * * *' must be 0 to 23"),
    ("* * 0 * *", "day of month '0' in cron '* * 0 * *' must be 1 to 31"),
    ("* * * 13 *", "month '13' in cron '* * * 13 *' must be 1 to 12 or jan to dec"),
    ("* * * * 8", "day of week '8' in cron '* * * * 8' must be 0 to 7 or sun to sat"),
    ("* * * * monday", "day of week 'monday' in cron '* * * * monday' must be 0 to 7 or sun to sat"),
    ("mon * * * *", "minute 'mon' in cron 'mon * * * *' must be 0 to 59"),
    ("+5 * * * *", "minute '+5' in cron '+5 * * * *' must be 0 to 59"),
    ("-5 * * * *", "minute '-5' in cron '-5 * * * *' must be 0 to 59, got ''"),
    ("1,,2 * * * *", "minute '' in cron '1,,2 * * * *' must be 0 to 59"),
    ("1-70 * * * *", "minute '1-70' in cron '1-70 * * * *' must be 0 to 59, got '70'"),
    ("99999999999999999999 * * * *", "minute '99999999999999999999' in cron '99999999999999999999 * * * *' must be 0 to 59"),
    ("* 22-6 * * *", "hour '22-6' in cron '* 22-6 * * *' runs backwards; write '22-23,0-6'"),
    ("* * * nov-feb *", "month 'nov-feb' in cron '* * * nov-feb *' runs backwards; write '11-12,1-2'"),
    ("* * * * fri-mon", "day of week 'fri-mon' in cron '* * * * fri-mon' runs backwards; write '5-6,0-1'"),
    ("5/10 * * * *", "minute '5/10' in cron '5/10 * * * *' has a step without a range; write '5-59/10'"),
    ("*/0 * * * *", "minute '*/0' in cron '*/0 * * * *' has a step that must be 1 to 59, got '0'"),
    ("*/60 * * * *", "minute '*/60' in cron '*/60 * * * *' has a step that must be 1 to 59, got '60'"),
    ("*/2/3 * * * *", "minute '*/2/3' in cron '*/2/3 * * * *' has a step that must be 1 to 59, got '2/3'"),
    ("0 0 30 2 *", "day of month '30' in cron '0 0 30 2 *' never comes in month '2'; choose a day that the month has"),
    ("0 0 31 4,jun *", "day of month '31' in cron '0 0 31 4,jun *' never comes in month '4,jun'; choose a day that the month has"),
])
func `a refusal names the field and the remedy`(_ text: String, _ expected: String) {
    #expect(sentence { () throws(AlmanacError) in try CronExpression(text) } == expected)
}

@Test func `an impossible date is fine where the day of the week is enough`() throws {
    let mondays = try CronExpression("0 0 30 2 mon")
    #expect(stamp(mondays.next(after: try seconds("2025-01-30T00:00:00Z"), in: try zone("UTC"))) == "2025-02-03T00:00:00Z")
}

@Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
func `no time in sight of eternity`(_ time: Double) throws {
    #expect(try CronExpression("* * * * *").next(after: time, in: zone("UTC")) == nil)
}

@Test func `random text is refused or read, and what is read comes on a whole minute`() throws {
    var generator = SplitMix(state: 42)
    let (alphabet, utc) = (Array("0123456789*/-,@ suntemojab"), try zone("UTC"))
    for _ in 0..<4000 {
        var fields = ["*", "*", "*", "*", "*"]
        fields[Int.random(in: 0..<5, using: &generator)] = String(
            (0..<Int.random(in: 1...6, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? "*" })
        guard let expression = try? CronExpression(fields.joined(separator: " ")) else { continue }
        let time = try #require(expression.next(after: 1.75e9, in: utc))
        #expect(time > 1.75e9 && time.truncatingRemainder(dividingBy: 60) == 0)
    }
}

/// The same numbers on every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
