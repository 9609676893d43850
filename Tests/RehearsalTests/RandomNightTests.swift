import Foundation
import RehearsalSupport
import Testing

/// The counter-example, where it stands in the checkout.
private let naive = URL(filePath: bundledScripts).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "examples/naive_switch").path

/// How many random nights are rehearsed: `LUNETA_NIGHTS=10000` for all of those that `Benchmarks/run nights` counts.
private let nights = UInt64(ProcessInfo.processInfo.environment["LUNETA_NIGHTS"] ?? "") ?? 6

extension Rehearsals {
    struct RandomNightTests {
        @Test func `day_night switches once each way, whatever the night is like`() throws {
            for seed in 1...nights {
                let night = try RandomNight(seed: seed, folders: [bundledScripts])
                let (on, off) = try night.switches(of: "day_night")
                #expect(on.count == 1 && off.count == 1, "\(night.sentence): on \(on), off \(off)")
            }
        }

        @Test func `a single threshold flaps in most nights`() throws {
            var flapped = 0
            for seed in 1...3 {
                let (on, off) = try RandomNight(seed: UInt64(seed), folders: [naive]).switches(of: "naive_switch")
                flapped += on.count > 1 || off.count > 1 ? 1 : 0
            }
            #expect(flapped > 1)
        }

        @Test func `a night is the same each time, and another number is another one`() throws {
            let night = try RandomNight(seed: 3, folders: [bundledScripts])
            #expect(try RandomNight(seed: 3, folders: [bundledScripts]).sentence == night.sentence)
            #expect(try RandomNight(seed: 4, folders: [bundledScripts]).sentence != night.sentence)
            #expect(night.sunrise > night.sunset)
        }
    }
}
