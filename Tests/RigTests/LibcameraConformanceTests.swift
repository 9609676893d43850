import CameraBindings
import Foundation
import Support
import Testing
import Timing

/// Which rig these tests run on: `virtual` (libcamera's virtual pipeline) or `vimc` (the kernel's virtual media controller, in
/// user-mode Linux); nil on a machine without a camera, where they are left out. `scripts/test-rigs` sets it.
enum Rig {
    static let name = ProcessInfo.processInfo.environment["LUNETA_RIG"]
}

/// What every camera must do, on cameras that libcamera really drives.
@Suite(.serialized, .enabled(if: Rig.name != nil)) struct LibcameraConformanceTests {
    @Test(arguments: CameraConformance.checks) func `libcamera's camera conforms`(check: CameraConformance) async throws {
        try await check.run(try LibcameraCamera(clock: SystemClock()))
    }
}

/// A second, small picture for those who look rather than show.
@Suite(.serialized, .enabled(if: Rig.name == "virtual")) struct LibcameraAnalysisTests {
    @Test func `a camera of two streams delivers a small picture of the same frame beside the large one`() async throws {
        let camera = try LibcameraCamera(clock: SystemClock())
        _ = try camera.configure(CameraConfiguration(width: 1280, height: 720, framerate: 30))
        let log = SignalLog()
        try camera.start(log.handler)
        try await log.wait(for: "a picture") { $0.latest?.pixels != nil }
        camera.stop()
        let frame = try #require(log.latest)
        let (large, small) = (try #require(frame.pixels), try #require(frame.analysis))
        #expect(large.width == 1280 && large.height == 720 && small.width == 320 && small.height == 180)
        let (first, second) = (try #require(PictureMeter.measure(large)), try #require(PictureMeter.measure(small)))
        #expect(abs(first.luma - second.luma) < 8, "\(first.luma) and \(second.luma)")
        #expect(abs(first.chroma - second.chroma) < 8, "\(first.chroma) and \(second.chroma)")
    }
}
