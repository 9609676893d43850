import CPhoto
import CameraBindings
import Catalog
import Testing

@testable import Stills

/// Frames become JPEGs whose colours, sizes and EXIF other programs read as they should.
struct DeveloperTests {
    private func develop(_ frame: Frame, _ settings: PictureSettings = PictureSettings(quality: 95), local: LocalTime? = nil) throws
        -> DecodedJPEG
    {
        let developer = try Developer(software: "Luneta 1.2.3")
        let label = CameraLabel(["model": "imx708_wide", "kind": "libcamera"])
        try developer.take(frame, time: 0, local: local, label: label)
        return try DecodedJPEG(developer.develop(settings).bytes)
    }

    @Test(arguments: [Pixels.Format.nv12, .yuv420]) func `colours come out as they went in`(format: Pixels.Format) throws {
        for colour in TestColour.all {
            let picture = try develop(.painted(66, 50, format: format) { _, _ in colour })
            for (x, y) in [(0, 0), (33, 25), (65, 49)] {
                #expect(picture.distance(x, y, from: colour) < 4, "\(colour) became \(picture.levels(x, y))")
            }
        }
    }

    @Test func `every level of grey stays grey and in order`() throws {
        let picture = try develop(
            .painted(220, 16) { x, _ in
                let level = Double(x) / 219
                return TestColour(red: level, green: level, blue: level)
            })
        for x in stride(from: 0, to: 219, by: 9) {
            let levels = picture.levels(x, 8)
            #expect(abs(levels[0] - Double(x) / 219 * 255) < 4, "\(x): \(levels)")
            #expect((levels.max() ?? 0) - (levels.min() ?? 0) < 3)
        }
    }

    @Test(arguments: [(16, 16), (48, 48), (96, 96), (31, 33)]) func `crop has exactly the size and shows the middle`(size: (Int, Int))
        throws
    {
        let frame = Frame.painted(128, 64) { x, _ in x < 32 ? .red : x < 96 ? .green : .blue }
        let picture = try develop(frame, PictureSettings(width: size.0, height: size.1, quality: 95))
        #expect(picture.width == size.0 && picture.height == size.1)
        #expect(picture.distance(picture.width / 2, picture.height / 2, from: .green) < 6)
        #expect(picture.distance(1, 1, from: .green) < 12)
    }

    @Test func `stretch shows everything in exactly the size`() throws {
        let frame = Frame.painted(128, 64) { x, _ in x < 64 ? .red : .blue }
        let picture = try develop(frame, PictureSettings(width: 61, height: 99, fit: .stretch, quality: 95))
        #expect(picture.width == 61 && picture.height == 99)
        #expect(picture.distance(4, 50, from: .red) < 6)
        #expect(picture.distance(56, 50, from: .blue) < 6)
    }

    @Test func `fit shows everything in a smaller size`() throws {
        let frame = Frame.painted(128, 64) { x, y in x < 4 || x > 123 || y < 4 || y > 59 ? .red : .green }
        let picture = try develop(frame, PictureSettings(width: 300, height: 300, fit: .fit, quality: 95))
        #expect(picture.width == 300 && picture.height == 150)
        for (x, y) in [(2, 2), (297, 2), (2, 147), (297, 147)] { #expect(picture.distance(x, y, from: .red) < 8) }
        #expect(picture.distance(150, 75, from: .green) < 6)
    }

    @Test func `a frame with odd sides is whole`() throws {
        let picture = try develop(.painted(65, 47) { _, y in y < 24 ? .red : .blue })
        #expect(picture.width == 65 && picture.height == 47)
        #expect(picture.distance(64, 46, from: .blue) < 4)
    }

    @Test func `EXIF has camera, software, time, exposure and size`() throws {
        let local = LocalTime(wall: 1_764_000_000.25) { _ in -12_600 }
        let picture = try develop(.plain(), PictureSettings(width: 32, height: 16), local: local)
        let first = EXIF_IFD_0
        let exif = EXIF_IFD_EXIF
        #expect(picture.exif(0x010f, first) == "Sony")
        #expect(picture.exif(0x0110, first) == "imx708_wide")
        #expect(picture.exif(0x0131, first) == "Luneta 1.2.3")
        #expect(picture.exif(0x0112, first) == "Top-left")
        #expect(picture.exif(0x9003, exif) == "2025:11:24 12:30:00")
        #expect(picture.exif(0x9291, exif) == "250")
        #expect(picture.exif(0x9011, exif) == "-03:30")
        #expect(picture.exif(0x829a, exif) == "1/50 sec.")
        #expect(picture.exif(0x8827, exif) == "250")
        #expect(picture.exif(0xa002, exif) == "32")
        #expect(picture.exif(0xa003, exif) == "16")
    }

    @Test func `a clock that cannot be trusted gives no time`() throws {
        let picture = try develop(.plain())
        #expect(picture.exif(0x9003, EXIF_IFD_EXIF) == nil)
        #expect(picture.exif(0x829a, EXIF_IFD_EXIF) == "1/50 sec.")
    }

    @Test func `a frame without pixels is no picture`() throws {
        let developer = try Developer(software: "")
        #expect(throws: Problem.self) { try developer.take(.blind(), time: 0, local: nil, label: CameraLabel(.null)) }
        #expect(throws: Problem.self) { try developer.develop(PictureSettings()) }
    }

    @Test func `a camera that is none says so`() {
        #expect(CameraLabel(["model": "imx708", "kind": "simulated"]).model == "imx708 (simulated)")
        #expect(CameraLabel(["model": "imx708", "kind": "simulated"]).make == nil)
        #expect(CameraLabel(["model": "ov5647", "kind": "libcamera"]).make == "OmniVision")
        #expect(CameraLabel(.null).model == nil)
    }
}
