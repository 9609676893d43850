@testable import CameraBindings
import Catalog
import Foundation
import Support
import Testing
import Timing

@Suite(.serialized) struct FootageCameraTests {
    /// Ten frames a second, each 20 levels brighter than the one before.
    private static let steps = "nullsrc=s=64x64:r=10:d=1,geq=lum='30+N*20':cb=128:cr=128"
    /// Dark on the left, bright on the right, and brighter still in the lower right.
    private static let quarters = "nullsrc=s=320x240:r=10:d=1,geq=lum='if(gt(X,160),if(gt(Y,120),220,160),60)':cb=100:cr=150"

    private func projector(_ path: String, _ configuration: CameraConfiguration) throws -> Projector {
        var projector = Projector(try Reel(path: path), limits: try FootageCamera(path: path, clock: TestClock()).capabilities.limits)
        try projector.configure(GrantedConfiguration(configuration: configuration, reasons: [:]))
        return projector
    }

    private func show(_ projector: inout Projector) throws -> Frame {
        guard case .frame(let frame) = try projector.turn(Instant(nanoseconds: 0), missed: 0, shows: true).signal else {
            throw Violation("no frame")
        }
        return frame
    }

    /// The mean luma of some frames, none of which is kept.
    private func levels(_ projector: inout Projector, frames: Int) throws -> [Double] {
        try (0..<frames).map { _ in try show(&projector).luma() }
    }

    @Test func `slow footage is repeated from the same buffer, in its own time`() throws {
        let footage = try TestFootage.video(FootageCameraTests.steps)
        var projector = try projector(footage.path, CameraConfiguration(width: 64, height: 64, framerate: 30))
        let frames = try (0..<9).map { _ in try show(&projector) }
        let places = frames.map { $0.pixels?.planes[0].base }
        for first in [0, 3, 6] { #expect(Set(places[first..<first + 3]).count == 1) }
        #expect(places[0] != places[3] && places[3] != places[6])
    }

    @Test func `fast output and slow output show the footage at the same speed`() throws {
        let footage = try TestFootage.video(FootageCameraTests.steps)
        for rate in [5.0, 10, 60] {
            var projector = try projector(footage.path, CameraConfiguration(width: 64, height: 64, framerate: rate))
            let last = try #require(try levels(&projector, frames: Int(rate * 0.8) + 1).last)
            #expect(abs(last - (30 + 8 * 20)) < 12, "\(rate) fps shows \(last) after 0.8 s")
        }
    }

    @Test func `it begins anew at its end, for ever`() throws {
        let footage = try TestFootage.video(FootageCameraTests.steps)
        var projector = try projector(footage.path, CameraConfiguration(width: 64, height: 64, framerate: 10))
        let levels = try levels(&projector, frames: 35)
        for index in 0..<25 { #expect(abs(levels[index] - levels[index + 10]) < 1) }
    }

    @Test func `the picture is cut to shape, not stretched or letterboxed`() throws {
        let footage = try TestFootage.video(FootageCameraTests.quarters)
        var projector = try projector(footage.path, CameraConfiguration(width: 320, height: 80, framerate: 10))
        let frame = try show(&projector)
        #expect(abs(frame.luma(Window(x: 0, y: 0, width: 0.4, height: 1)) - 60) < 8)
        #expect(abs(frame.luma(Window(x: 0.6, y: 0, width: 0.4, height: 0.3)) - 160) < 8)
        #expect(abs(frame.luma(Window(x: 0.6, y: 0.7, width: 0.4, height: 0.3)) - 220) < 8)
    }

    @Test func `zoom, flips and rotation turn it`() throws {
        let footage = try TestFootage.video(FootageCameraTests.quarters)
        var zoomed = try projector(footage.path, CameraConfiguration(width: 320, height: 240, framerate: 10))
        zoomed.set(["geometry.roi": [0.5, 0.5, 0.5, 0.5]], request: 1)
        #expect(abs(try show(&zoomed).luma() - 220) < 10)
        var flipped = try projector(footage.path, CameraConfiguration(width: 320, height: 240, framerate: 10, hflip: true))
        #expect(abs(try show(&flipped).luma(Window(x: 0.6, y: 0, width: 0.4, height: 1)) - 60) < 8)
        var turned = try projector(footage.path, CameraConfiguration(width: 320, height: 240, framerate: 10, rotation: 180))
        #expect(abs(try show(&turned).luma(Window(x: 0, y: 0, width: 0.4, height: 0.4)) - 220) < 8)
    }

    @Test func `brightness, contrast and saturation show`() throws {
        let footage = try TestFootage.video(FootageCameraTests.quarters)
        var projector = try projector(footage.path, CameraConfiguration(width: 320, height: 240, framerate: 10))
        let before = try show(&projector)
        projector.set(["image.brightness": 0.1, "image.saturation": 0], request: 8)
        let after = try show(&projector)
        #expect(abs(after.luma(.left) - before.luma(.left) - 22) < 3)
        #expect(abs(before.cb() - 128) > 20 && abs(after.cb() - 128) < 1)
        #expect(after.metadata.settledRequest == 8)
    }

    @Test(arguments: ["png", "jpg"])
    func `stills follow one another, a second each`(_ ending: String) throws {
        let footage = try TestFootage.stills("nullsrc=s=64x64:r=3:d=1,geq=lum='60+N*60':cb=128:cr=128", ending: ending)
        var projector = try projector(footage.path, CameraConfiguration(width: 64, height: 64, framerate: 2))
        let levels = try levels(&projector, frames: 8)
        for index in [0, 2, 4] { #expect(abs(levels[index] - levels[index + 1]) < 1) }
        #expect(levels[0] < levels[2] - 30 && levels[2] < levels[4] - 30)
        #expect(abs(levels[6] - levels[0]) < 1)
    }

    @Test func `footage that vanishes while it plays is said to be unreadable`() throws {
        let footage = try TestFootage.stills("testsrc2=s=64x64:r=3:d=1")
        var reel = try Reel(path: footage.path)
        try FileManager.default.removeItem(atPath: footage.path)
        #expect(throws: CameraError.self) { _ = try reel.advance(to: 1) }
    }

    @Test func `a truncated file plays as far as it goes, again and again`() throws {
        let whole = try TestFootage.video("testsrc2=s=320x240:r=10:d=2")
        let cut = try TestFootage.file("cut.avi", try whole.bytes.prefix(try whole.bytes.count * 2 / 3))
        var projector = try projector(cut.path, CameraConfiguration(width: 320, height: 240, framerate: 10))
        let levels = try levels(&projector, frames: 30)
        #expect(abs(levels[0] - levels[13]) < 1 && levels.allSatisfy { $0 > 40 })
    }

    @Test func `it holds no buffer once it is stopped`() async throws {
        let footage = try TestFootage.video(FootageCameraTests.steps)
        let camera = try FootageCamera(path: footage.path, clock: SystemClock())
        _ = try camera.configure(CameraConfiguration(width: 64, height: 64, framerate: 60))
        let log = SignalLog()
        try camera.start(log.handler)
        try await log.more(20)
        camera.stop()
        log.release()
        #expect(camera.buffersInUse == 0)
    }

    @Test func `the source is the sensor`() throws {
        let footage = try TestFootage.video(FootageCameraTests.quarters)
        let capabilities = try FootageCamera(path: footage.path, clock: TestClock()).capabilities
        #expect(capabilities.sensorWidth == 320 && capabilities.sensorHeight == 240)
        #expect(capabilities.limits["exposure.time"] == nil && capabilities.kind == "footage")
    }
}

@Suite struct UnreadableFootageTests {
    private func sentence(_ path: String) -> String {
        do throws(CameraError) {
            _ = try FootageCamera(path: path, clock: TestClock())
            return "it was opened"
        } catch {
            guard case .unreadable(let sentence) = error else { return "another error: \(error)" }
            return sentence
        }
    }

    @Test func `a file that is not there`() {
        #expect(
            sentence("/nowhere/at-all.mp4")
                == "'/nowhere/at-all.mp4' cannot be read as video (no such file or directory); give a video file or a folder of .jpg and .png stills"
        )
    }

    @Test func `a text file named like a video`() throws {
        let file = try TestFootage.file("video.avi", Data("this is not a video\n".utf8))
        #expect(sentence(file.path).hasPrefix("'\(file.path)' cannot be read as video ("))
    }

    @Test func `an empty file`() throws {
        let file = try TestFootage.file("video.mp4", Data())
        #expect(sentence(file.path).hasPrefix("'\(file.path)' cannot be read as video ("))
    }

    @Test func `an empty folder`() throws {
        let folder = try TestFootage.emptyFolder()
        #expect(sentence(folder.path) == "the folder '\(folder.path)' has no .jpg or .png stills; give one that has, or a video file")
    }

    @Test func `a folder whose stills are broken`() throws {
        let broken = try TestFootage.file("still.jpg", Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 0]))
        let folder = (broken.path as NSString).deletingLastPathComponent
        #expect(sentence(folder).contains("still.jpg'"))
    }

    @Test func `a file cut inside its header or its index never crashes`() throws {
        for name in ["video.avi", "video.mp4"] {
            let whole = try TestFootage.video("testsrc2=s=64x64:r=10:d=1", name: name).bytes
            for length in stride(from: 1, to: whole.count, by: max(whole.count / 40, 1)) {
                let cut = try TestFootage.file(name, whole.prefix(length))
                guard var reel = try? Reel(path: cut.path) else { continue }
                for step in 0..<12 { _ = try? reel.advance(to: Double(step) / 4) }
            }
        }
    }
}
