@testable import CameraBindings
import Catalog
import Testing
import Timing

/// Requests on their way to a camera and frames on their way back.
@Suite struct RequestTests {
    @Test func `a control without an echo is proved by its request`() {
        var tracker = RequestTracker()
        tracker.queued(0, request: 0, expected: [:])
        tracker.queued(1, request: 7, expected: [5: 0.5])
        _ = tracker.completed(0) { _ in nil }
        #expect(tracker.settledRequest == 0)
        _ = tracker.completed(1) { _ in nil }
        #expect(tracker.settledRequest == 7)
    }

    @Test func `a control with an echo is proved by the frame that shows it`() {
        var tracker = RequestTracker()
        tracker.queued(0, request: 3, expected: [9: 20_000])
        for _ in 0..<3 {
            _ = tracker.completed(0) { _ in 10_000 }
            tracker.queued(0, request: 3, expected: [:])
        }
        #expect(tracker.settledRequest == 0)
        #expect(tracker.completed(0) { _ in 19_987 } == [9: 19_987])
        #expect(tracker.settledRequest == 3)
    }

    @Test func `an echo that stays another is what the camera made of it`() {
        var tracker = RequestTracker()
        tracker.queued(0, request: 3, expected: [9: 20_000])
        var echoes: [UInt32: Value] = [:]
        for _ in 0...RequestTracker.patience { echoes = tracker.completed(0) { _ in 10_000 } }
        #expect(tracker.settledRequest == 3)
        #expect(echoes == [9: 10_000])
    }

    @Test func `a later value does not wait for an earlier one`() {
        var tracker = RequestTracker()
        tracker.queued(0, request: 1, expected: [9: 1000])
        tracker.queued(1, request: 2, expected: [9: 2000])
        _ = tracker.completed(0) { _ in 500 }
        _ = tracker.completed(1) { _ in 2000 }
        #expect(tracker.settledRequest == 2)
    }

    @Test func `a camera that keeps its rate is never held back`() {
        var pacing = RequestPacing(frameSeconds: 1.0 / 30)
        for frame in 0..<100 { pacing.completed(at: Double(frame) / 30) }
        #expect(!pacing.isPaced)
        #expect(pacing.wait(Instant(nanoseconds: 0)) == 0)
    }

    @Test func `two frames at once after a pause are no reason to hold back`() {
        var pacing = RequestPacing(frameSeconds: 1.0 / 30)
        for frame in 0..<100 { pacing.completed(at: Double(frame / 2) / 15) }
        #expect(!pacing.isPaced)
    }

    @Test func `a camera that runs away gets one request for each frame time`() {
        var pacing = RequestPacing(frameSeconds: 1.0 / 30)
        for frame in 0..<10 { pacing.completed(at: Double(frame) / 1000) }
        #expect(pacing.isPaced)
        var now = Instant(nanoseconds: 0)
        var queued = 0
        while now.seconds < 10 {
            if pacing.wait(now) == 0 {
                pacing.queued(now)
                queued += 1
            }
            now = now.advanced(by: 0.001)
        }
        #expect((299...302).contains(queued), "\(queued) requests in ten seconds")
    }

    @Test func `numbers go on over a stop, and gaps are frames that were lost`() {
        var numbering = FrameNumbering()
        let now = Instant(nanoseconds: 5_000_000_000)
        numbering.started()
        let first = [0, 1, 4].map { numbering.next($0, nanoseconds: 5_000_000_000 + UInt64($0) * 33_000_000, now: now).sequence }
        numbering.started()
        let second = numbering.next(0, nanoseconds: 5_200_000_000, now: now).sequence
        #expect(first == [0, 1, 4] && second == 5)
    }

    @Test func `a number or a time that cannot be believed is replaced`() {
        var numbering = FrameNumbering()
        let now = Instant(nanoseconds: 50_000_000_000)
        let first = numbering.next(0, nanoseconds: 0, now: now)
        let second = numbering.next(3_000_000_000, nanoseconds: .max, now: now)
        #expect(first.seconds == 50 && second.seconds > first.seconds && second.sequence == 1)
    }

    @Test func `sensor modes are each size once, the largest first`() {
        let format = { (name: String, sizes: [(Int, Int)]) in
            NativeCamera.Format(
                name: name, least: PixelSize(width: 0, height: 0), most: PixelSize(width: 0, height: 0),
                sizes: sizes.map { PixelSize(width: $0, height: $1) })
        }
        let formats = [
            format("SRGGB10_CSI2P", [(1536, 864), (2304, 1296), (4608, 2592)]), format("SRGGB12", [(2304, 1296)]),
            format("BGR888", [(640, 480)]),
        ]
        let modes = SensorModes.list(formats)
        #expect(modes.map(\.size.width) == [4608, 2304, 1536])
        #expect(modes.map(\.bits) == [10, 12, 10])
    }

    @Test func `the modes of an imx708 are what the contract says of them`() {
        let sensor = PixelSize(width: 4608, height: 2592)
        let about = { (width: Int, height: Int, crop: Value) in
            SensorModes.about(PixelSize(width: width, height: height), SensorModes.crop(crop, of: sensor), sensor)
        }
        #expect(about(4608, 2592, [0, 0, 4608, 2592]) == "full")
        #expect(about(2304, 1296, [0, 0, 4608, 2592]) == "full, binned")
        #expect(about(1536, 864, [768, 432, 3072, 1728]) == "cropped to 2/3, binned")
    }

    @Test func `the encoder's formats come first, and large webcam pictures as JPEG`() {
        let formats = { (names: [String]) in
            names.map {
                NativeCamera.Format(name: $0, least: PixelSize(width: 1, height: 1), most: PixelSize(width: 4096, height: 4096), sizes: [])
            }
        }
        let hd = PixelSize(width: 1280, height: 720)
        #expect(PixelFormats.choose(formats(["YUYV", "NV12", "MJPEG"]), for: hd) == "NV12")
        #expect(PixelFormats.choose(formats(["YUYV", "MJPEG"]), for: hd) == "MJPEG")
        #expect(PixelFormats.choose(formats(["YUYV", "MJPEG"]), for: PixelSize(width: 640, height: 480)) == "YUYV")
        #expect(PixelFormats.choose(formats(["SRGGB8"]), for: hd) == nil)
    }
}
