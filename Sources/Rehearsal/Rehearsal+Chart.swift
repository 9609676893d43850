internal import Almanac
internal import Catalog
internal import Engine
internal import Foundation
internal import Scripting

extension Rehearsal {
    /// The rehearsal as a picture, in SVG.
    /// - Parameter title: what is rehearsed.
    package func chart(_ title: String) -> String {
        let zone = plan.zone
        var data = ChartData(
            title: title, subtitle: plan.sentence, begin: plan.begin, end: time,
            localTime: { LocalTime($0, in: zone) })
        let samples = timeline.samples
        data.samples = samples.map { sample in
            ChartData.Sample(
                time: sample.time, lux: sample.lux, sceneLux: sample.sceneLux, exposureTime: sample.exposureTime, gain: sample.gain,
                luma: sample.luma > 0 ? sample.luma : nil, sunElevation: sample.elevation)
        }
        data.bands = bands(samples)
        data.stills = timeline.stills.map(\.time)
        data.marks = timeline.entries.compactMap(ChartData.Mark.init)
        return Chart(data).svg
    }

    /// The profiles while they are active.
    private func bands(_ samples: [TimelineSample]) -> [ChartData.Band] {
        var open: [String: Double] = [:]
        var bands: [ChartData.Band] = []
        var before: Set<String> = []
        for sample in samples {
            let now = Set(sample.profiles)
            for name in now.subtracting(before) { open[name] = sample.time }
            for name in before.subtracting(now).sorted() {
                bands.append(.init(name: name, from: open[name] ?? plan.begin, to: sample.time))
            }
            before = now
        }
        return bands + before.sorted().map { .init(name: $0, from: open[$0] ?? plan.begin, to: time) }
    }
}

extension ChartData.Mark {
    /// What is worth a flag: what went wrong, and what scripts did beside profiles.
    fileprivate init?(_ entry: TimelineEntry) {
        switch entry.what {
        case .log(let line) where line.level == .warn || line.level == .error:
            self.init(time: entry.time, label: "\(line.script): \(line.text.prefix(60))", isProblem: true)
        case .event(let event) where ChartData.Mark.troubles.contains(event.topic):
            self.init(time: entry.time, label: event.topic, isProblem: true)
        case .request(_, let answer):
            self.init(time: entry.time, label: "sent: \(answer)", isProblem: Int(answer).map { $0 >= 300 } ?? true)
        default: return nil
        }
    }

    private static let troubles: Set<String> = ["camera.lost", "stream.down", "script.failed", "power.cut"]
}

extension LocalTime {
    fileprivate init(_ time: Double, in zone: TimeZone) {
        let day = CalendarDay(of: time, in: zone)
        let second = Int(time.rounded(.down))
        let local = (second + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))) % 86_400
        self.init(year: day.year, month: day.month, day: day.day, hour: local / 3600, minute: local / 60 % 60)
    }
}
