import CameraBindings
import Foundation
import Support
import Testing
import Timing

/// What this process has of the system's.
private struct Resources {
    let descriptors: Int
    let mappings: Int
    /// Private memory in KiB.
    let memory: Int

    static var now: Resources {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        let text = { (path: String) in (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
        let dirty = text("/proc/self/smaps_rollup").split(separator: "\n").first { $0.hasPrefix("Private_Dirty:") }
        let memory = dirty?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Resources(descriptors: files, mappings: text("/proc/self/maps").split(separator: "\n").count, memory: memory)
    }
}

/// Nothing is lost when a camera is configured again and again.
@Suite(.serialized, .enabled(if: Rig.name != nil)) struct LibcameraResourceTests {
    private func reconfigure(_ camera: LibcameraCamera, _ rounds: Int) async throws {
        let sizes = Rig.name == "vimc" ? [(320, 240), (640, 480)] : [(1280, 720), (1920, 1080)]
        for round in 0..<rounds {
            let (width, height) = sizes[round % sizes.count]
            _ = try camera.configure(CameraConfiguration(width: width, height: height, framerate: 60))
            let log = SignalLog()
            try camera.start(log.handler)
            try await log.more(1)
            camera.stop()
        }
    }

    /// vimc converts pixels in software, in a kernel in software.
    private static let rounds = Rig.name == "vimc" ? 40 : 200

    @Test func `reconfigurations leave descriptors, mappings and memory where they were`() async throws {
        let camera = try LibcameraCamera(clock: SystemClock())
        try await reconfigure(camera, 20)
        let before = Resources.now
        try await reconfigure(camera, Self.rounds)
        let after = Resources.now
        print("\(Self.rounds) reconfigurations, before: \(before), after: \(after)")
        #expect(camera.buffersInUse == 0)
        #expect(after.descriptors == before.descriptors)
        // Threads come and go with a mapping or two; a leaked buffer would be 200 of them.
        #expect(abs(after.mappings - before.mappings) <= 10)
        #expect(after.memory - before.memory < 8 * 1024)
    }
}
