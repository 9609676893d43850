import CameraBindings
import Catalog
import Timing

/// A picture by what a test can tell of it.
struct Look: Sendable {
    let sequence: UInt64
    let luma: Double
    let chroma: Double
    /// Mean distance of the luma from its mean.
    let spread: Double
}

/// Hands a camera on and notes what each of its pictures looks like.
final class WatchedCamera: Camera {
    private let camera: any Camera
    private let album: Mutex<[Look]>

    init(_ camera: any Camera, album: Mutex<[Look]>) {
        self.camera = camera
        self.album = album
    }

    var capabilities: Capabilities { camera.capabilities }
    func configure(_ wanted: CameraConfiguration) throws(CameraError) -> CameraConfiguration { try camera.configure(wanted) }
    func stop() { camera.stop() }
    func set(_ values: [String: Value], request: UInt64) { camera.set(values, request: request) }
    func triggerFocus() throws(CameraError) { try camera.triggerFocus() }
    func demandPixels(_ wanted: Bool) { camera.demandPixels(wanted) }

    func start(_ deliver: @escaping @Sendable (CameraSignal) -> Void) throws(CameraError) {
        try camera.start { [weak self] signal in
            if case .frame(let frame) = signal { self?.note(frame) }
            deliver(signal)
        }
    }

    private func note(_ frame: Frame) {
        guard let pixels = frame.pixels, let mean = PictureMeter.measure(pixels) else { return }
        let bytes = pixels.planes[0].base.assumingMemoryBound(to: UInt8.self)
        var distance = 0.0
        var count = 0
        for row in stride(from: 0, to: pixels.height, by: 8) {
            for column in stride(from: 0, to: pixels.width, by: 8) {
                distance += abs(Double(bytes[row * pixels.planes[0].stride + column]) - mean.luma)
                count += 1
            }
        }
        let look = Look(
            sequence: frame.metadata.report.sequence, luma: mean.luma, chroma: mean.chroma, spread: distance / Double(max(1, count)))
        album.withLock { $0.append(look) }
    }
}
