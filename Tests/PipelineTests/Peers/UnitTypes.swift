@testable import Pipeline

extension Array where Element == UInt8 {
    /// The NAL units of Annex B bytes.
    var units: [[UInt8]] {
        var starts: [Int] = []
        for index in indices.dropLast(3) where self[index] == 0 && self[index + 1] == 0 && self[index + 2] == 1 { starts.append(index + 3) }
        return starts.enumerated().map { number, start in
            Array(self[start..<(number + 1 < starts.count ? starts[number + 1] - 3 : endIndex)])
        }
    }

    /// Their types, without supplemental information (6).
    var unitTypes: [UInt8] { units.compactMap(\.first).map { $0 & 31 }.filter { $0 != 6 } }
}

extension Packet {
    var unitTypes: [UInt8] { withBytes { Array($0) }.unitTypes }
}
