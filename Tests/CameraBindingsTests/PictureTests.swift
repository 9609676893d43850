@testable import CameraBindings
import Catalog
import Testing

/// Each control that changes pixels does so, measured in the picture.
@Suite struct PictureTests {
    private static let fixed: [String: Value] = [
        "exposure.auto": false, "exposure.time": 1000, "exposure.gain": 1.2, "focus.mode": "manual", "focus.lens_position": 0.25,
        "image.noise_reduction": "high_quality",
    ]

    /// Pictures with fixed exposure and focus, before and after some values are set.
    private func change(_ values: [String: Value], from before: [String: Value] = [:], _ name: String = "imx708") throws -> (Frame, Frame) {
        var studio = try Studio(name)
        let first = try studio.shoot(PictureTests.fixed.merging(before) { $1 })
        return (first, try studio.shoot(values))
    }

    @Test func `twice the exposure time makes the picture brighter`() throws {
        let (before, after) = try change(["exposure.time": 2000])
        #expect(after.luma(.pavement) > before.luma(.pavement) * 1.2)
    }

    @Test func `twice the gain makes it as bright as twice the time, and noisier`() throws {
        let (time, gain) = (try change(["exposure.time": 2000]).1, try change(["exposure.gain": 2.4]).1)
        #expect(abs(time.luma(.pavement) - gain.luma(.pavement)) < 3)
        let (quiet, noisy) = try change(["exposure.gain": 16, "exposure.time": 70], from: ["image.noise_reduction": "off"])
        #expect(noisy.spread(.road) > quiet.spread(.road) * 1.5)
    }

    @Test func `exposure value moves what automatic exposure aims at`() throws {
        var studio = try Studio()
        let before = try studio.shoot(frames: 40)
        let after = try studio.shoot(["exposure.value": -2], frames: 60)
        #expect(after.luma(.pavement) < before.luma(.pavement) * 0.75)
        #expect(try #require(after.metadata.report.exposureTime) < #require(before.metadata.report.exposureTime) / 3)
    }

    @Test func `a night is dark however the camera tries`() throws {
        var (day, night) = (try Studio(lux: 12_000), try Studio(lux: 0.1))
        #expect(try night.shoot(frames: 60).luma() < day.shoot(frames: 60).luma() / 3)
    }

    @Test func `brightness lifts every level`() throws {
        let (before, after) = try change(["image.brightness": 0.2])
        #expect(abs(after.luma(.pavement) - before.luma(.pavement) - 0.2 * 219) < 3)
    }

    @Test func `contrast spreads levels, and none of it leaves one grey`() throws {
        let (before, after) = try change(["image.contrast": 1.5])
        #expect(after.spread() > before.spread() * 1.15)
        let flat = try change(["image.contrast": 0]).1
        #expect(flat.spread(.top) < 4)
    }

    @Test func `saturation strengthens colour, and none of it leaves grey`() throws {
        let (before, after) = try change(["image.saturation": 2])
        #expect(after.cb(.sky) - 128 > (before.cb(.sky) - 128) * 1.6)
        #expect(abs(try change(["image.saturation": 0]).1.cb(.sky) - 128) < 1)
    }

    @Test func `sharpness strengthens edges and softens them below one`() throws {
        let (before, after) = try change(["image.sharpness": 4])
        #expect(after.detail(.fence) > before.detail(.fence) * 1.1)
        #expect(try change(["image.sharpness": 0]).1.detail(.fence) < before.detail(.fence) * 0.9)
    }

    @Test func `a lens off its subject blurs`() throws {
        let (before, after) = try change(["focus.lens_position": 8])
        #expect(after.detail(.fence) < before.detail(.fence) / 3)
    }

    @Test func `the zoom window fills the picture`() throws {
        let (before, after) = try change(["geometry.roi": [0.5, 0.0, 0.2, 0.2]])
        #expect(abs(after.luma() - before.luma(Window(x: 0.5, y: 0, width: 0.2, height: 0.2))) < 6)
        #expect(after.cb() > 131)
    }

    @Test(arguments: [
        (true, false, 0, true, false), (false, true, 0, false, true), (false, false, 180, true, true), (true, true, 180, false, false),
    ])
    func `flips and rotation turn the picture`(_ hflip: Bool, _ vflip: Bool, _ rotation: Int, _ mirrors: Bool, _ turnsOver: Bool) throws {
        var upright = try Studio()
        var configuration = Studio.small
        (configuration.hflip, configuration.vflip, configuration.rotation) = (hflip, vflip, rotation)
        var turned = try Studio("imx708", lux: 12_000, configuration)
        let (before, after) = (try upright.shoot(PictureTests.fixed), try turned.shoot(PictureTests.fixed))
        let middle = Window(x: 0, y: 0.4, width: 0.4, height: 0.2)
        let other = Window(x: 0.6, y: 0.4, width: 0.4, height: 0.2)
        #expect((after.luma(.top) < after.luma(.bottom)) == turnsOver)
        #expect(((after.cr(middle) > after.cr(other)) != (before.cr(middle) > before.cr(other))) == mirrors)
    }

    @Test func `high dynamic range lifts shadows and keeps highlights`() throws {
        var configuration = Studio.small
        configuration.hdr = "sensor"
        var (plain, hdr) = (try Studio(), try Studio("imx708", lux: 12_000, configuration))
        let (before, after) = (try plain.shoot(PictureTests.fixed), try hdr.shoot(PictureTests.fixed))
        #expect(after.luma(.road) > before.luma(.road) + 8)
        #expect(after.spread(.top) < before.spread(.top))
    }

    @Test func `noise reduction takes noise away`() throws {
        let noisy: [String: Value] = ["exposure.gain": 16, "exposure.time": 70, "image.noise_reduction": "off"]
        let (before, after) = try change(["image.noise_reduction": "high_quality"], from: noisy)
        #expect(after.detail(.road) < before.detail(.road) / 2)
    }

    @Test func `white balance gains give grey a cast`() throws {
        let gains: [String: Value] = ["white_balance.auto": false, "white_balance.red_gain": 4, "white_balance.blue_gain": 0.8]
        let (before, after) = try change(gains)
        #expect(abs(before.cr(.pavement) - 128) < 2)
        #expect(after.cr(.pavement) > 140 && after.cb(.pavement) < 120)
    }

    @Test func `the wrong family of light gives a cast`() throws {
        let (_, after) = try change(["white_balance.mode": "incandescent"])
        var later = try Studio()
        let settled = try later.shoot(PictureTests.fixed.merging(["white_balance.mode": "incandescent"]) { $1 }, frames: 80)
        #expect(settled.cb(.pavement) > 132)
        #expect(settled.cb(.pavement) >= after.cb(.pavement))
    }

    @Test func `without lens correction the corners are darker`() throws {
        let (before, after) = try change(["image.lens_correction": false])
        #expect(after.luma(.corner) < before.luma(.corner) * 0.85)
        #expect(abs(after.luma(.fence) - before.luma(.fence)) < 10)
    }

    @Test func `the picture says that it is simulated`() throws {
        var (first, second) = (try Studio(), try Studio())
        let stamp = Window(x: 0, y: 0.96, width: 0.2, height: 0.03)
        let (a, b) = (try first.shoot(PictureTests.fixed, frames: 3), try second.shoot(PictureTests.fixed, frames: 4))
        #expect(a.spread(stamp) > 50)
        #expect(a.detail(stamp) != b.detail(stamp))
    }

    @Test func `a mode that crops shows less of the scene`() throws {
        var whole = Studio.small
        whole.mode = 1
        var cropped = Studio.small
        cropped.mode = 2
        var (full, part) = (try Studio("imx708", lux: 12_000, whole), try Studio("imx708", lux: 12_000, cropped))
        let (before, after) = (try full.shoot(PictureTests.fixed), try part.shoot(PictureTests.fixed))
        let middle = Window(x: 1.0 / 6, y: 1.0 / 6, width: 2.0 / 3, height: 2.0 / 3)
        #expect(abs(after.luma(Window(x: 0, y: 0, width: 1, height: 0.9)) - before.luma(middle)) < 8)
        #expect(after.luma(.corner) > before.luma(Window(x: 0.9, y: 0.9, width: 0.05, height: 0.05)))
    }
}
