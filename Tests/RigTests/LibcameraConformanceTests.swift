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
