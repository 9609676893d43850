import CameraBindings
import Support
import Testing
import Timing

/// Every camera of this package passes every check.
@Suite struct CameraConformanceTests {
    static let simulated = [
        "sim:imx708?scene=still", "sim:imx708_wide_noir?lux=3", "sim:imx219", "sim:imx477?scene=dusk", "sim:imx708?prepainted=4",
    ]

    @Test(arguments: simulated, CameraConformance.checks)
    func `a simulated camera conforms`(_ source: String, _ check: CameraConformance) async throws {
        try await check.run(CameraSource.open(source, clock: SystemClock()).camera)
    }

    @Test(arguments: CameraConformance.checks)
    func `footage conforms`(_ check: CameraConformance) async throws {
        let footage = try TestFootage.video("testsrc2=s=320x240:r=25:d=1")
        try await check.run(CameraSource.open("footage:\(footage.path)", clock: SystemClock()).camera)
    }
}
