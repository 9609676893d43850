import CameraBindings
import Catalog
import Timing

/// A colour as BT.709 of limited range has it.
struct TestColour {
    let red, green, blue: Double

    static let white = TestColour(red: 1, green: 1, blue: 1)
    static let red = TestColour(red: 0.9, green: 0.1, blue: 0.1)
    static let green = TestColour(red: 0.1, green: 0.8, blue: 0.2)
    static let blue = TestColour(red: 0.15, green: 0.2, blue: 0.95)
    static let skin = TestColour(red: 0.85, green: 0.62, blue: 0.5)
    static let all = [white, red, green, blue, skin, TestColour(red: 0, green: 0, blue: 0), TestColour(red: 0.5, green: 0.5, blue: 0.5)]

    /// Luma, Cb and Cr.
    var samples: (UInt8, UInt8, UInt8) {
        let luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        let (cb, cr) = ((blue - luma) / 1.8556, (red - luma) / 1.5748)
        return (UInt8((16 + 219 * luma).rounded()), UInt8((128 + 224 * cb).rounded()), UInt8((128 + 224 * cr).rounded()))
    }

    /// What a viewer shows.
    var levels: [Double] { [red * 255, green * 255, blue * 255] }
}

/// Memory that a frame's pixels lie in; `@unchecked Sendable`: written once, then only read.
private final class TestMemory: @unchecked Sendable {
    let base: UnsafeMutablePointer<UInt8>
    init(_ count: Int) { base = .allocate(capacity: count) }
    deinit { base.deallocate() }
}

extension Frame {
    /// A picture painted by a rule, with rows that are longer than they need be.
    static func painted(
        _ width: Int, _ height: Int, format: Pixels.Format = .nv12, sequence: UInt64 = 1, timestamp: Double = 1,
        givenBack: @escaping @Sendable () -> Void = {}, _ colour: (_ x: Int, _ y: Int) -> TestColour
    ) -> Frame {
        let (stride, rows) = (width + 6, (height + 1) / 2)
        let half = (width + 1) / 2
        let memory = TestMemory(stride * height + stride * rows * 2)
        let chroma = memory.base + stride * height
        for y in 0..<height {
            for x in 0..<width {
                let (luma, cb, cr) = colour(x, y).samples
                memory.base[y * stride + x] = luma
                guard x.isMultiple(of: 2), y.isMultiple(of: 2) else { continue }
                if format == .nv12 {
                    (chroma[y / 2 * stride + x], chroma[y / 2 * stride + x + 1]) = (cb, cr)
                } else {
                    chroma[y / 2 * half + x / 2] = cb
                    chroma[rows * half + y / 2 * half + x / 2] = cr
                }
            }
        }
        let luma = Pixels.Plane(base: memory.base, stride: stride, rows: height)
        let planes =
            format == .nv12
            ? [luma, .init(base: chroma, stride: stride, rows: rows)]
            : [luma, .init(base: chroma, stride: half, rows: rows), .init(base: chroma + rows * half, stride: half, rows: rows)]
        return Frame(
            pixels: Pixels(width: width, height: height, format: format, planes: planes),
            metadata: .test(sequence: sequence, timestamp: timestamp)
        ) {
            withExtendedLifetime(memory) {}
            givenBack()
        }
    }

    /// A picture of one colour.
    static func plain(_ width: Int = 64, _ height: Int = 48, sequence: UInt64 = 1, timestamp: Double = 1) -> Frame {
        painted(width, height, sequence: sequence, timestamp: timestamp) { _, _ in .skin }
    }

    /// Metadata alone.
    static func blind(sequence: UInt64 = 1, timestamp: Double = 1, focus: String? = nil) -> Frame {
        Frame(pixels: nil, metadata: .test(sequence: sequence, timestamp: timestamp, focus: focus)) {}
    }
}

extension FrameMetadata {
    static func test(sequence: UInt64, timestamp: Double, focus: String? = nil) -> FrameMetadata {
        var report = FrameReport()
        (report.sequence, report.timestamp) = (sequence, timestamp)
        (report.exposureTime, report.analogueGain, report.frameDuration) = (20_000, 2.5, 33_333)
        report.focusState = focus
        return FrameMetadata(report: report, settledRequest: 0, inForce: InForce(values: [:]))
    }
}
