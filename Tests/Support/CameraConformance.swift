public import CameraBindings
internal import Catalog

/// What every camera must do, real, simulated or played from a file.
///
/// Run each of ``checks`` on a freshly opened camera: `try await check.run(camera)` throws a ``Violation`` that says what was wrong.
public struct CameraConformance: Sendable, CustomStringConvertible {
    /// What is checked, as a sentence.
    public let description: String
    private let body: @Sendable (any Camera) async throws -> Void

    private init(_ description: String, _ body: @escaping @Sendable (any Camera) async throws -> Void) {
        self.description = description
        self.body = body
    }

    /// Runs the check; the camera is stopped afterwards.
    public func run(_ camera: any Camera) async throws {
        defer { camera.stop() }
        try await body(camera)
    }

    /// Every check.
    public static let checks: [CameraConformance] = life + pictures + configuration + controls

    /// A small picture at a rate that makes checks short.
    private static let quick = CameraConfiguration(width: 320, height: 180, framerate: 60)

    private static func started(_ camera: any Camera, _ wanted: CameraConfiguration = quick) throws -> SignalLog {
        let log = SignalLog()
        _ = try camera.configure(wanted)
        try camera.start(log.handler)
        return log
    }

    private static func isRefused(_ work: () throws -> Void) -> Bool {
        do { try work() } catch { return error is CameraError }
        return false
    }
}

// MARK: Life

extension CameraConformance {
    private static let life = [
        CameraConformance("frames come in order, with growing numbers and times") { camera in
            let log = try started(camera)
            try await log.more(20)
            camera.stop()
            for (before, after) in zip(log.metadata, log.metadata.dropFirst()) {
                try Violation.unless(after.report.sequence > before.report.sequence, "frame \(after.report.sequence) came twice or late")
                try Violation.unless(after.report.timestamp > before.report.timestamp, "time stood still at \(after.report.timestamp)")
            }
        },
        CameraConformance("no signal comes once it was stopped") { camera in
            let log = try started(camera)
            try await log.more(3)
            camera.stop()
            let count = log.count
            // The absence of something can only be seen by giving it time to happen.
            try await Task.sleep(for: .milliseconds(100))
            try Violation.unless(log.count == count, "\(log.count - count) frames came after it was stopped")
        },
        CameraConformance("stopping before a start, and twice, does nothing") { camera in
            camera.stop()
            let log = try started(camera)
            try await log.more(1)
            camera.stop()
            camera.stop()
        },
        CameraConformance("a start before a configuration, and a second start, are refused") { camera in
            try Violation.unless(isRefused { try camera.start { _ in } }, "started without a configuration")
            let log = try started(camera)
            try Violation.unless(isRefused { try camera.start { _ in } }, "started twice")
            try await log.more(3)
        },
        CameraConformance("it may stop itself from within a delivery") { camera in
            _ = try camera.configure(quick)
            let log = SignalLog()
            try camera.start { [weak camera] signal in
                log.handler(signal)
                camera?.stop()
            }
            try await log.more(1)
            try await Task.sleep(for: .milliseconds(60))
            try Violation.unless(log.count == 1, "\(log.count) frames came although the first one stopped it")
        },
        CameraConformance("it goes on counting after a stop") { camera in
            let log = try started(camera)
            try await log.more(3)
            camera.stop()
            let last = log.metadata.last?.report.sequence ?? 0
            try camera.start(log.handler)
            try await log.more(1)
            let next = log.metadata.last?.report.sequence ?? 0
            try Violation.unless(next > last, "frame \(next) came after frame \(last)")
        },
    ]
}

// MARK: Pictures

extension CameraConformance {
    private static let pictures = [
        CameraConformance("pictures have the granted size and room for every row") { camera in
            let granted = try camera.configure(quick)
            let log = SignalLog()
            try camera.start(log.handler)
            try await log.wait(for: "a picture") { $0.latest?.pixels != nil }
            guard let pixels = log.latest?.pixels else { return }
            try Violation.unless(pixels.width == granted.width && pixels.height == granted.height, "got \(pixels.width)x\(pixels.height)")
            try Violation.unless(pixels.planes.count == (pixels.format == .nv12 ? 2 : 3), "got \(pixels.planes.count) planes")
            try Violation.unless(pixels.planes[0].stride >= pixels.width && pixels.planes[0].rows >= pixels.height, "luma is too small")
        },
        CameraConformance("a frame that is kept does not change while others come") { camera in
            let log = try started(camera)
            log.hold(1)
            try await log.wait(for: "a frame") { !$0.held.isEmpty }
            guard let held = log.held.first else { return }
            let before = held.sum
            try await log.more(20)
            try Violation.unless(held.sum == before, "the pixels of a kept frame changed")
        },
        CameraConformance("frames that were kept too long cost frames, not the camera") { camera in
            let log = try started(camera)
            log.hold(20)
            // A camera that has fewer buffers stops delivering here, one that shows a picture again does not; neither is wrong.
            try? await log.wait(for: "twenty frames", within: 0.5) { $0.held.count >= 20 }
            log.release()
            try await log.more(5)
        },
        CameraConformance("metadata comes while nobody wants pixels, and pictures return") { camera in
            let log = try started(camera)
            try await log.more(2)
            camera.demandPixels(false)
            try await log.more(10)
            camera.demandPixels(true)
            try await log.wait(for: "a picture") { $0.latest?.pixels != nil }
        },
    ]
}

// MARK: Configuration

extension CameraConformance {
    private static let configuration = [
        CameraConformance("it grants even sides and says so in every frame") { camera in
            let granted = try camera.configure(CameraConfiguration(width: 333, height: 35, framerate: 60))
            let log = SignalLog()
            try camera.start(log.handler)
            try await log.more(1)
            try Violation.unless(
                granted.width.isMultiple(of: 2) && granted.height.isMultiple(of: 2), "granted \(granted.width)x\(granted.height)")
            guard let inForce = log.metadata.first?.inForce else { return }
            try Violation.unless(
                inForce.values["stream.size"] == [.integer(granted.width), .integer(granted.height)], "in force is another size")
            try Violation.unless(inForce.reasons["stream.size"] != nil, "gave another size without a reason")
        },
        CameraConformance("a frame rate beyond its limits is cut, with a reason") { camera in
            var wanted = quick
            wanted.framerate = 1000
            let log = try started(camera, wanted)
            try await log.more(1)
            guard let inForce = log.metadata.first?.inForce, let rate = inForce.values["stream.framerate"]?.double else { return }
            try Violation.unless(rate < 1000 && inForce.reasons["stream.framerate"] != nil, "took 1000 fps")
        },
        CameraConformance("it cannot be configured while it runs") { camera in
            let log = try started(camera)
            try Violation.unless(isRefused { _ = try camera.configure(quick) }, "was configured while it ran")
            try await log.more(2)
        },
        CameraConformance("orientation is in force as configured") { camera in
            let wanted = CameraConfiguration(width: 320, height: 180, framerate: 60, hflip: true, vflip: true, rotation: 180)
            let log = try started(camera, wanted)
            try await log.more(1)
            let values = log.metadata.first?.inForce.values ?? [:]
            let wants: [(String, Value)] = [("geometry.hflip", true), ("geometry.vflip", true), ("geometry.rotation", 180)]
            for (key, value) in wants where camera.capabilities.limits[key] != nil {
                try Violation.unless(values[key] == value, "'\(key)' is \(values[key] ?? .null)")
            }
        },
        CameraConformance("it can be configured twenty times") { camera in
            for round in 0..<20 {
                let granted = try camera.configure(CameraConfiguration(width: 320 + round % 2 * 64, height: 180, framerate: 60))
                let log = SignalLog()
                try camera.start(log.handler)
                try await log.wait(for: "a picture in round \(round)") { $0.latest?.pixels != nil }
                let width = log.latest?.pixels?.width ?? 0
                camera.stop()
                try Violation.unless(width == granted.width, "round \(round) is \(width) pixels wide, not \(granted.width)")
            }
        },
    ]
}

// MARK: Controls

extension CameraConformance {
    /// Frames after which a control must be in force.
    private static let patience = 30

    private static let controls = [
        CameraConformance("every supported control is in force, and no other") { camera in
            let log = try started(camera)
            try await log.more(1)
            let known = Set(log.metadata.first?.inForce.values.keys ?? [:].keys)
            let supported = Set(camera.capabilities.limits.keys)
            let differing = known.symmetricDifference(supported).sorted()
            try Violation.unless(differing.isEmpty, "these are supported or in force, but not both: \(differing)")
        },
        CameraConformance("what is set comes into force as asked, or with a reason") { camera in
            let log = try started(camera)
            let asked = probes(camera)
            camera.set(asked, request: 7)
            let metadata = try await settled(log, 7)
            for (key, value) in asked {
                let inForce = metadata.inForce.values[key] ?? .null
                let isExplained = inForce.matches(value, tolerance: 0.1) || metadata.inForce.reasons[key] != nil
                try Violation.unless(isExplained, "'\(key)' was asked as \(value) and is \(inForce)")
            }
        },
        CameraConformance("what is beyond its limits is cut to them, with a reason") { camera in
            let log = try started(camera)
            let ranges = live(camera).compactMapValues(\.range)
            camera.set(ranges.mapValues { .number($0.upperBound * 2 + 1) }, request: 9)
            let metadata = try await settled(log, 9)
            for (key, range) in ranges {
                let inForce = metadata.inForce.values[key]?.double ?? .infinity
                try Violation.unless(inForce <= range.upperBound + 1e-6, "'\(key)' is \(inForce), above \(range.upperBound)")
                try Violation.unless(metadata.inForce.reasons[key] != nil, "'\(key)' was cut without a reason")
            }
        },
        CameraConformance("what was set before the start is in force on the first frame") { camera in
            _ = try camera.configure(quick)
            camera.set(probes(camera), request: 3)
            let log = SignalLog()
            try camera.start(log.handler)
            try await log.more(1)
            let request = log.metadata.first?.settledRequest ?? 0
            try Violation.unless(request >= 3, "the first frame has settled request \(request)")
        },
        CameraConformance("settled requests never go back, and the newest one settles") { camera in
            let log = try started(camera)
            for request in 1...50 { camera.set([:], request: UInt64(request)) }
            _ = try await settled(log, 50)
            let requests = log.metadata.map(\.settledRequest)
            try Violation.unless(requests == requests.sorted(), "settled requests went back: \(requests)")
        },
        CameraConformance("it has a focus to trigger exactly when it has autofocus") { camera in
            let log = try started(camera)
            try await log.more(1)
            let isRefused = isRefused { try camera.triggerFocus() }
            try Violation.unless(
                isRefused != camera.capabilities.hasAutofocus, "autofocus \(camera.capabilities.hasAutofocus), refused \(isRefused)")
        },
    ]

    /// The limits of the controls that may be set while it runs.
    private static func live(_ camera: any Camera) -> [String: ValueType] {
        camera.capabilities.limits.filter { Catalog.controlsByKey[$0.key]?.cost != .reconfiguration }
    }

    /// A value for each control that differs from its standard one and keeps frames short.
    private static func probes(_ camera: any Camera) -> [String: Value] {
        var probes: [String: Value] = [:]
        for (key, type) in live(camera) {
            switch type {
            case .bool: probes[key] = .bool(Catalog.controlsByKey[key]?.standard != true)
            case .choice(let words): probes[key] = words.last.map(Value.text)
            case .integer(let range, _): probes[key] = .integer(max(range.lowerBound, min(5000, range.upperBound)))
            case .number(let range, _): probes[key] = .number(max(range.lowerBound, min(0.5, range.upperBound)))
            case .window: probes[key] = [0.25, 0.25, 0.5, 0.5]
            default: break
            }
        }
        return probes
    }

    private static func settled(_ log: SignalLog, _ request: UInt64) async throws -> FrameMetadata {
        let from = log.count
        try await log.wait(for: "request \(request)") { ($0.metadata.last?.settledRequest ?? 0) >= request }
        let metadata = log.metadata
        guard let first = metadata.firstIndex(where: { $0.settledRequest >= request }) else { throw Violation("no frame") }
        // Counted in frames that came: a busy machine may lose some.
        try Violation.unless(first <= from + patience, "request \(request) took \(first - from) frames")
        return metadata[first]
    }
}

extension Frame {
    /// A number that differs when the pixels do.
    fileprivate var sum: UInt64 {
        var sum: UInt64 = 0
        for plane in pixels?.planes ?? [] {
            let bytes = plane.base.assumingMemoryBound(to: UInt8.self)
            for index in 0..<plane.stride * plane.rows { sum = sum &* 31 &+ UInt64(bytes[index]) }
        }
        return sum
    }
}
