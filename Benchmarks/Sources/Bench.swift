import CameraBindings
import Foundation
import Timing

/// The part of the benchmarks that has to be inside the process; `Benchmarks/run` calls it.
@main
enum Bench {
    // Not `async`: valgrind 3.19 does not survive a main thread that ends before the others.
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "frames" where arguments.count == 3: try Film.write(Int(arguments[2]) ?? 30, to: arguments[3])
        case "paint": try Film.timePainting()
        case "stream" where arguments.count == 4:
            try House.stream(to: arguments[2], Int(arguments[3]) ?? 60, bitrate: Int(arguments[4]) ?? 0)
        case "wake" where arguments.count == 2: Wake.time(Int(arguments[2]) ?? 2000)
        case "lua": wait { try await LuaCalls.time() }
        case "nights" where arguments.count >= 5:
            let numbers = arguments.dropFirst(2).prefix(2).compactMap { UInt64($0) }
            guard numbers.count == 2 else { exit(64) }
            try Nights.count(arguments[2], Array(arguments.dropFirst(4)), first: numbers[0], count: numbers[1])
        default:
            FileHandle.standardError.write(
                Data(
                    "usage: luneta-bench frames COUNT FILE | paint | stream URL COUNT BITRATE | wake COUNT | lua | nights SCRIPT FIRST COUNT FOLDER...\n"
                        .utf8))
            exit(64)
        }
    }

    private static func wait(for work: @escaping @Sendable () async throws -> Void) {
        let done = DispatchSemaphore(value: 0)
        Task {
            do { try await work() } catch { print("failed: \(error)") }
            done.signal()
        }
        done.wait()
    }
}

/// Frames of the simulated camera.
enum Film {
    /// Writes the frames that `sim:imx708?prepainted=COUNT` shows in turn, as raw NV12 of 1920x1080.
    static func write(_ count: Int, to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
        guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileNoSuchFile) }
        for frame in try collect("sim:imx708?pace=0&prepainted=\(count)", count) {
            for plane in frame.pixels?.planes ?? [] {
                for row in 0..<plane.rows { file.write(Data(bytes: plane.base + row * plane.stride, count: 1920)) }
            }
        }
    }

    /// Prints what painting a 1080p frame costs, and what a frame without pixels costs.
    static func timePainting() throws {
        for (name, wanted) in [("painted", true), ("metadata only", false)] {
            let count = wanted ? 300 : 100_000
            let start = ContinuousClock.now
            try collect("sim:imx708?pace=0", count, pixels: wanted, keeping: false)
            let seconds = Double((ContinuousClock.now - start) / .nanoseconds(1)) / 1e9
            print("\(name): \(String(format: "%.4f", seconds / Double(count) * 1000)) ms a frame")
        }
    }

    /// Runs a camera until it has delivered so many frames.
    @discardableResult
    private static func collect(_ camera: String, _ count: Int, pixels: Bool = true, keeping: Bool = true) throws -> [Frame] {
        let camera = try CameraSource.open(camera, clock: SystemClock()).camera
        _ = try camera.configure(CameraConfiguration())
        camera.demandPixels(pixels)
        let kept = Kept()
        try camera.start { signal in
            guard case .frame(let frame) = signal else { return }
            kept.take(keeping ? frame : nil, of: count)
        }
        kept.done.wait()
        camera.stop()
        return kept.frames.withLock { $0 }
    }

    private final class Kept: Sendable {
        let frames = Mutex<[Frame]>([])
        let seen = Mutex(0)
        let done = DispatchSemaphore(value: 0)

        func take(_ frame: Frame?, of count: Int) {
            let number = seen.withLock { seen in
                seen += 1
                return seen
            }
            guard number <= count else { return }
            if let frame { frames.withLock { $0.append(frame) } }
            if number == count { done.signal() }
        }
    }
}
