@testable import CameraBindings
import Catalog
import Testing

@Suite struct SensorModelTests {
    private let imx708 = SensorModel.imx708

    @Test func `exposure is counted in whole lines`() {
        let time = imx708.exposure(20_000, lineTime: imx708.readouts[1].lineTime)
        #expect(Int(time) == 19_987)
        #expect(imx708.exposure(1, lineTime: imx708.readouts[1].lineTime) == imx708.readouts[1].lineTime)
    }

    @Test func `line times and heights give the published frame rates`() {
        for model in SensorModel.known {
            for readout in model.readouts {
                let rows = 1e6 / readout.mode.maximumFramerate / readout.lineTime
                let blank = rows - Double(readout.mode.height)
                #expect(blank > 0 && blank < 700, "\(model.name) \(readout.mode.width)x\(readout.mode.height) has \(blank) blank lines")
            }
        }
    }

    @Test(arguments: [("imx708", 1.12, 16), ("imx219", 1, 10.67), ("imx477", 1, 22.26)])
    func `gain ranges are those of the sensors`(_ name: String, _ low: Double, _ high: Double) throws {
        let gain = try #require(SensorModel.known.first { $0.name == name }).gain
        #expect(abs(gain.range.lowerBound - low) < 0.01)
        #expect(abs(gain.range.upperBound - high) < 0.01)
    }

    @Test func `gain is cut to a code, and a code's gain stays`() {
        for code in imx708.gain.codes { #expect(imx708.gain.quantised(imx708.gain.gain(code)) == imx708.gain.gain(code)) }
        #expect(imx708.gain.quantised(2.001) == 2)
    }

    @Test(arguments: [(1920, 1080, 30.0, 1), (1280, 720, 30, 2), (1280, 720, 120, 2), (2592, 1944, 10, 0), (1920, 1080, 100, 1)])
    func `the mode is the smallest that covers size and rate`(_ width: Int, _ height: Int, _ rate: Double, _ mode: Int) {
        #expect(imx708.bestMode(width: width, height: height, framerate: rate) == mode)
    }

    @Test func `only a sensor with a lens that moves has focus controls`() {
        #expect(imx708.limits["focus.lens_position"] == .number(0...15, .dioptres))
        #expect(SensorModel.imx219.limits.keys.filter { $0.hasPrefix("focus.") }.isEmpty)
        #expect(SensorModel.imx477.limits["image.hdr"] == nil)
    }

    @Test func `every limit lies within the Catalog's`() throws {
        for model in SensorModel.known {
            for (key, limit) in model.limits {
                guard let narrow = limit.range, let wide = try Catalog.control(key).type.range else { continue }
                #expect(wide.lowerBound <= narrow.lowerBound && narrow.upperBound <= wide.upperBound, "\(model.name) \(key)")
            }
        }
    }
}
