internal import Foundation

/// The kernel's camera devices as files.
package enum DeviceNodes {
    /// The nodes there are, such as `video0` and `media0`.
    static var present: Set<String> { Set(names("/dev").filter(isCamera)) }

    /// Whether this process has a node open that is no longer there: the driver was unbound, or the device unplugged.
    static var hasLost: Bool {
        names("/proc/self/fd").contains { descriptor in
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)") else {
                return false
            }
            return isLost(target)
        }
    }

    /// Whether the target of a descriptor's link is a camera's node that was removed, such as `/dev/video0 (deleted)`.
    static func isLost(_ target: String) -> Bool {
        guard target.hasPrefix("/dev/"), target.hasSuffix(" (deleted)") else { return false }
        return isCamera(String(target.dropFirst(5).dropLast(10)))
    }

    /// Whether a name below `/dev` is that of a media controller, a video node or a sensor.
    package static func isCamera(_ name: String) -> Bool { name.wholeMatch(of: /(?:media|video|v4l-subdev)\d+/) != nil }

    private static func names(_ folder: String) -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }
}
