import Foundation
import RehearsalSupport

/// Random dusks and dawns against a script that switches by light.
enum Nights {
    /// Rehearses so many nights from a number on, and prints those that went wrong and how many went well.
    static func count(_ script: String, _ folders: [String], first: UInt64, count: UInt64) throws {
        var (good, flapped) = (0, 0)
        let start = ContinuousClock.now
        for seed in first..<first + count {
            let night = try RandomNight(seed: seed, folders: folders)
            let (on, off) = try night.switches(of: script)
            if on.count == 1, off.count == 1 { good += 1 }
            if on.count > 1 || off.count > 1 { flapped += 1 }
            if on.count != 1 || off.count != 1, flapped < 20 {
                print("\(night.sentence): on \(on.prefix(4).map(Int.init)), off \(off.prefix(4).map(Int.init))")
            }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print(
            "\(script): \(count) nights, \(good) switched once each way, \(flapped) flapped, \(String(format: "%.3f", seconds / Double(count))) s a night"
        )
    }
}
