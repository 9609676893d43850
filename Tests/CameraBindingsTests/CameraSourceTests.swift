import CameraBindings
import Testing
import Timing

@Suite struct CameraSourceTests {
    private func open(_ source: String) throws(CameraError) -> OpenedCamera { try CameraSource.open(source, clock: SystemClock()) }

    @Test func `sim without a model is the imx708`() throws {
        #expect(try open("sim").camera.capabilities.model == "imx708")
        #expect(try open("sim:?lux=3").camera.capabilities.model == "imx708")
    }

    @Test(arguments: ["imx708", "imx708_wide", "imx708_noir", "imx708_wide_noir", "imx219", "imx477"])
    func `every sensor can be named`(_ model: String) throws {
        let capabilities = try open("sim:\(model)?scene=night&seed=4").camera.capabilities
        #expect(capabilities.model == model && capabilities.kind == "simulated")
        #expect(capabilities.fieldOfView == (model == "imx477" ? nil : model == "imx219" ? 62 : capabilities.isWide ? 120 : 66))
    }

    @Test func `auto takes libcamera's first camera, or says that it runs the simulated one`() throws {
        let opened = try open("auto")
        let isReal = try !LibcameraLibrary.shared().cameras.isEmpty
        #expect(opened.camera.capabilities.kind == (isReal ? "libcamera" : "simulated"))
        #expect((opened.note?.contains("finds no camera") == true) == !isReal)
        #expect(try open("sim").note == nil)
    }

    @Test func `a camera that libcamera does not have is said to be missing`() throws {
        #expect {
            _ = try open("libcamera:nosuch")
        } throws: { error in
            guard case .notFound(let sentence) = error as? CameraError else { return false }
            return sentence.hasPrefix("libcamera")
        }
    }

    @Test(arguments: [
        ("webcam", "a camera must be 'auto', 'libcamera[:ID]', 'sim[:MODEL]' or 'footage:PATH', got 'webcam'"),
        (
            "sim:imx999",
            "there is no simulated camera 'imx999'; there are imx708, imx708_wide, imx708_noir, imx708_wide_noir, imx219, imx477"
        ),
        ("sim:imx708?size=2", "'sim' has no option 'size'; it takes lux, pace, prepainted, scene, seed"),
        ("sim:imx708?lux=bright", "'lux' must be a number from 0 to 200000, got 'bright'"),
        ("sim:imx708?scene=moon", "'scene' must be one of day, dim, dusk, night, still, got 'moon'"),
        ("sim:imx708?seed=-1", "'seed' must be a whole number from 0 to 4294967295, got '-1'"),
        ("sim:imx708?pace=2", "'pace' must be a whole number from 0 to 1, got '2'"),
        ("sim:imx708?prepainted", "'prepainted' must be a whole number from 0 to 64, got ''"),
        ("footage:", "'footage' needs a path: 'footage:PATH' with a video file or a folder of stills"),
    ])
    func `what is wrong is said in one sentence`(_ source: String, _ sentence: String) {
        do throws(CameraError) {
            _ = try open(source)
            Issue.record("'\(source)' was opened")
        } catch {
            #expect(error.sentence == sentence)
        }
    }
}
