import CameraBindings
import Support
import Testing
import Timing

/// Every camera of this package passes every check.
@Suite struct CameraConformanceTests {
    @Test(arguments: [
        "sim:imx708?scene=still", "sim:imx708_wide_noir?lux=3", "sim:imx219", "sim:imx477?scene=dusk", "sim:imx708?prepainted=4",
    ])
    func `a simulated camera conforms`(_ source: String) async {
        await check(source)
    }

    @Test func `footage conforms`() async throws {
        let footage = try TestFootage.video("testsrc2=s=320x240:r=25:d=1")
        await check("footage:\(footage.path)")
    }

    // The checks of one camera run one after another: they time frames, and two hundred threads that do so would starve each other.
    private func check(_ source: String) async {
        for check in CameraConformance.checks {
            do {
                try await check.run(CameraSource.open(source, clock: SystemClock()).camera)
            } catch {
                Issue.record("'\(source)': \(check): \(error)")
            }
        }
    }
}
