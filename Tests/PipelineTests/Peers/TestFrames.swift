import CameraBindings
import Catalog
import Glibc
import Timing

/// Makes NV12 frames and knows how many of them are still held by somebody.
final class TestFrames: Sendable {
    let width: Int
    let height: Int
    private let alive = Mutex<Set<UInt64>>([])
    private let noise: [UInt8]

    init(width: Int = 320, height: Int = 240) {
        self.width = width
        self.height = height
        noise = (0..<(width * height * 3)).map { _ in UInt8.random(in: 16...235) }
    }

    /// The numbers of the frames that were not given back.
    var held: Set<UInt64> { alive.withLock { $0 } }

    /// Frame `number` at 30 a second: a grey level that changes slowly, or noise that costs as many bits as there are.
    func frame(_ number: UInt64, at time: Double? = nil, isNoise: Bool = false) -> Frame {
        let size = width * height * 3 / 2
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        if isNoise {
            noise.withUnsafeBytes { memory.copyMemory(from: $0.baseAddress! + Int(number * 977) % size, byteCount: size) }
        } else {
            memset(memory, Int32(60 + number % 120), width * height)
            memset(memory + width * height, 128, width * height / 2)
        }
        var report = FrameReport()
        report.sequence = number
        report.timestamp = time ?? Double(number) / 30
        alive.withLock { _ = $0.insert(number) }
        let planes = [
            Pixels.Plane(base: memory, stride: width, rows: height),
            Pixels.Plane(base: memory + width * height, stride: width, rows: height / 2),
        ]
        let address = UInt(bitPattern: memory)
        return Frame(
            pixels: Pixels(width: width, height: height, format: .nv12, planes: planes),
            metadata: FrameMetadata(report: report, settledRequest: 0, inForce: InForce(values: [:]))
        ) { [self] in
            alive.withLock { _ = $0.remove(number) }
            UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
        }
    }
}
