import Foundation
import FoundationXML

@testable import Rehearsal

struct Malformed: Error {
    let line: Int
}

/// The names of a document's elements.
func parse(_ text: String) throws -> [String] {
    final class Names: NSObject, XMLParserDelegate {
        var names: [String] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]
        ) {
            names.append(name)
        }
    }
    let names = Names()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = names
    guard parser.parse() else { throw Malformed(line: parser.lineNumber) }
    return names.names
}

/// What clocks show in a zone.
func clocks(_ zone: TimeZone) -> @Sendable (Double) -> LocalTime {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return { [calendar] time in
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: time))
        return LocalTime(
            year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0, hour: parts.hour ?? 0, minute: parts.minute ?? 0)
    }
}

let utc = clocks(.gmt)

func moment(_ text: String) throws -> Double { try Date(text, strategy: .iso8601).timeIntervalSince1970 }

extension ChartData {
    /// A day from noon to noon, with a night from 16:00 to 8:00.
    static var sample: ChartData {
        let noon = 1_797_854_400.0
        var data = ChartData(title: "a day", subtitle: "somewhere", begin: noon, end: noon + 86_400, localTime: utc)
        data.samples = (0..<1440).map { minute in
            let isNight = (240..<1200).contains(minute)
            return Sample(
                time: noon + Double(minute) * 60, lux: isNight ? 0.5 : 10_000 + Double(minute % 7), sceneLux: isNight ? 0.3 : 10_000,
                exposureTime: isNight ? 1_000_000 : 250, gain: isNight ? 8 : 1, luma: 110, sunElevation: isNight ? -20 : 15)
        }
        data.bands = [Band(name: "night", from: noon + 4 * 3600, to: noon + 20 * 3600)]
        data.stills = (0..<1440).map { noon + Double($0) * 60 }
        data.recordings = [noon + 3600...noon + 4200, noon + 7200...noon + 8100]
        data.marks = [Mark(time: noon + 4 * 3600, label: "night"), Mark(time: noon + 50_000, label: "lost", isProblem: true)]
        return data
    }
}
