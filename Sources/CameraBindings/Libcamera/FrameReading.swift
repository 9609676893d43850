internal import CCamera
internal import Catalog

/// Reads libcamera's metadata into frame reports, by the numbers this version has for them.
struct FrameReading: Sendable {
    private typealias Reader = @Sendable (inout FrameReport, Value) -> Void

    private let readers: [UInt32: Reader]

    init(_ controls: [NativeControl]) {
        readers = controls.reduce(into: [:]) { $0[$1.id] = FrameReading.byName[$1.name] }
    }

    /// Fills a report with what the camera says of a frame.
    func read(_ fields: UnsafeBufferPointer<ccam_field>, into report: inout FrameReport) {
        for field in fields {
            guard let reader = readers[field.id], let value = NativeShape.value(field.value) else { continue }
            reader(&report, value)
        }
    }

    private static let focusStates = ["idle", "scanning", "focused", "failed"]

    private static let byName: [String: Reader] = [
        "ExposureTime": { $0.exposureTime = $1.int },
        "AnalogueGain": { $0.analogueGain = $1.double },
        "DigitalGain": { $0.digitalGain = $1.double },
        "Lux": { $0.lux = $1.double },
        "ColourTemperature": { $0.colourTemperature = $1.int },
        "ColourGains": { report, value in
            guard let gains = value.list?.compactMap(\.double), gains.count == 2 else { return }
            (report.redGain, report.blueGain) = (gains[0], gains[1])
        },
        "LensPosition": { $0.lensPosition = $1.double },
        "FocusFoM": { $0.focusFigure = $1.int },
        "AfState": { $0.focusState = $1.int.flatMap { focusStates.indices.contains($0) ? focusStates[$0] : nil } },
        "FrameDuration": { $0.frameDuration = $1.int },
        "SensorBlackLevels": { $0.blackLevels = $1.list?.compactMap(\.int) },
        // Until 0.4 a flag; afterwards a state in which 2 is converged.
        "AeLocked": { $0.exposureSettled = $1.bool },
        "AeState": { $0.exposureSettled = $1.int.map { $0 == 2 } },
    ]
}
