import Catalog
import Foundation
import Testing

@testable import Rehearsal

extension Rehearsals {
    struct TimelapseTests {
        // The clocks go back at the third hour, and the service is killed three times, in the middle of a picture too.
        @Test func `a picture a minute for a day: none twice and none left out over midnight, summer time and kills`() throws {
            let rehearsal = try rehearsal("2026-10-24 14:00:30") { $0.cadence = 2 }
            try rehearsal.load("timelapse")
            for hours in [5.0, 7.2345, 3.5] {
                rehearsal.run(for: hours * 3600)
                // To a minute's first frame, in which the picture is asked for.
                let rest = 60 - rehearsal.time.truncatingRemainder(dividingBy: 60)
                rehearsal.run(for: hours == 5 ? rest + 0.01 : 20)
                try rehearsal.cutPower(for: 3)
            }
            rehearsal.run(untilTime: rehearsal.plan.begin + 86_400)
            let slots = rehearsal.timeline.stills.map { Int($0.time / 60) }
            #expect(Set(slots).count == slots.count)
            let expected = Int(rehearsal.plan.begin / 60) + 1...Int(rehearsal.plan.begin / 60) + 1440
            let missing = expected.filter { !slots.contains($0) }
            // The picture that a kill interrupts is lost; nothing else is.
            #expect(missing.count <= 1 && slots.count + missing.count == 1440, "\(missing)")
            #expect(Set(rehearsal.timeline.stills.map(\.path)).count == slots.count)
            for still in rehearsal.timeline.stills { #expect(still.time.truncatingRemainder(dividingBy: 60) < 2) }
        }

        @Test func `the exposure ramp never takes a step one would see, and keeps the picture as bright as it can`() throws {
            let rehearsal = try rehearsal("2026-12-21 15:00") { $0.cadence = 2 }
            try rehearsal.load("timelapse", args: ["ramp": true, "max_time": 1, "max_gain": 8])
            rehearsal.run(for: 120)
            var before = try #require(rehearsal.frame)
            var (largest, worst, atLimit) = (0.0, 0.0, 0)
            for _ in 0..<17 * 1800 {
                rehearsal.run(for: 2)
                let frame = try #require(rehearsal.frame)
                largest = max(largest, abs(log2(total(frame) / total(before))))
                // Where time and gain are at their ends the sensor cannot do more.
                if total(frame) > 0.97 * 8e6 { atLimit += 1 } else { worst = max(worst, abs(stops(frame.luma ?? 0))) }
                before = frame
            }
            #expect(largest > 0 && largest < 1.0 / 6, "\(largest)")
            #expect(worst < 0.5, "\(worst)")
            #expect(atLimit > 1000 && rehearsal.timeline.stills.count > 1000)
        }

        private func total(_ frame: FrameReport) -> Double {
            Double(frame.exposureTime ?? 0) * (frame.analogueGain ?? 0) * (frame.digitalGain ?? 0)
        }

        /// How much brighter than its target a picture is: levels of video are light to the power of 1/2.2.
        private func stops(_ luma: Double) -> Double { 2.2 * log2(max(luma - 16, 1) / (110 - 16)) }
    }
}
