import Foundation
import Testing

/// What ffprobe decodes of some bytes.
enum Probe {
    struct Frame: Equatable {
        var pts: Int64
        var isKey: Bool
        var width: Int
    }

    /// Every decoded frame.
    /// - Throws: when ffprobe has anything to complain about.
    static func frames(_ bytes: [UInt8]) throws -> [Frame] {
        let file = FileManager.default.temporaryDirectory.appending(path: "luneta-probe-\(UUID().uuidString).mp4")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/ffprobe")
        process.arguments = [
            "-v", "error", "-threads", "1", "-show_entries", "frame=pts,key_frame,width", "-of", "json", file.path,
        ]
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(complaints.isEmpty, "\(complaints)")
        let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return (json?["frames"] as? [[String: Any]] ?? []).map { frame in
            Frame(
                pts: (frame["pts"] as? NSNumber)?.int64Value ?? -1, isKey: frame["key_frame"] as? Int == 1,
                width: frame["width"] as? Int ?? 0)
        }
    }
}

extension Array where Element == UInt8 {
    /// The boxes of an MP4 at its outermost level.
    var boxes: [(type: String, size: Int)] {
        var boxes: [(String, Int)] = []
        var start = 0
        while start + 8 <= count {
            let size = self[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            boxes.append((String(decoding: self[start + 4..<start + 8], as: UTF8.self), size))
            start += Swift.max(size, 8)
        }
        return boxes
    }
}
