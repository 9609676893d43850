internal import CameraBindings
internal import Foundation

/// What a diagnosis reads of the machine; a test gives it another root.
struct Machine {
    /// The root of the file system.
    var root = "/"

    /// Who holds a device open.
    struct Holder: Equatable {
        /// The device, such as `/dev/video0`.
        var device: String
        /// The process.
        var pid: Int
        /// Its command line.
        var command: String
    }

    private func path(_ path: String) -> String { root == "/" ? path : root + path }

    /// The names in a folder, sorted; empty when there is none.
    func names(_ folder: String) -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted() }

    /// The text of a file; nil when there is none.
    func text(_ file: String) -> String? { try? String(contentsOfFile: path(file), encoding: .utf8) }

    /// Whether this process may read and write a file.
    func isWritable(_ file: String) -> Bool { access(path(file), R_OK | W_OK) == 0 }

    /// The camera devices of the kernel: media controllers, video nodes, sensors.
    var cameraDevices: [String] { names("/dev").filter(DeviceNodes.isCamera).map { "/dev/" + $0 } }

    /// The processes but this one that have a camera device open. Those of other users show to root only.
    var holders: [Holder] {
        let devices = Set(cameraDevices)
        var holders: [Holder] = []
        for pid in names("/proc").compactMap(Int.init).sorted() where pid != Int(getpid()) {
            for descriptor in names("/proc/\(pid)/fd") {
                guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path("/proc/\(pid)/fd/\(descriptor)")),
                    devices.contains(target), !holders.contains(where: { $0.pid == pid && $0.device == target })
                else { continue }
                holders.append(Holder(device: target, pid: pid, command: command(pid)))
            }
        }
        return holders
    }

    private func command(_ pid: Int) -> String {
        let words = text("/proc/\(pid)/cmdline")?.split(separator: "\0").joined(separator: " ")
        return words ?? text("/proc/\(pid)/comm")?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "?"
    }

    /// A line of `/proc/meminfo` in KiB.
    func memory(_ name: String) -> Int? {
        text("/proc/meminfo")?.split(separator: "\n").first { $0.hasPrefix("\(name):") }
            .flatMap { $0.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
    }

    /// The board, such as `Raspberry Pi 4 Model B Rev 1.4`; nil where the firmware does not say.
    var board: String? { text("/proc/device-tree/model")?.trimmingCharacters(in: .controlCharacters) }
}
