internal import CCamera
internal import Catalog

/// What does not change about a camera of libcamera's, and what follows from it for a configuration.
struct CameraDescription: Sendable {
    private let model: String
    private let sensor: PixelSize
    private let formats: [NativeCamera.Format]
    private let modes: SensorModes
    private let turns: (hflip: Bool, vflip: Bool)

    /// Asks an opened camera; it is configured once for each sensor mode.
    /// - Throws: `unsupported` when it has no format that can be used.
    init(_ camera: NativeCamera, _ listing: LibcameraLibrary.Listing) throws(CameraError) {
        model = listing.model.isEmpty ? listing.id : listing.model
        formats = camera.formats(CCAM_VIDEO)
        let largest = formats.map(\.most).max { $0.area < $1.area } ?? PixelSize(width: 1920, height: 1080)
        sensor = CameraDescription.pixelArray(camera) ?? largest
        guard let format = PixelFormats.choose(formats, for: largest) else {
            let names = formats.map(\.name).joined(separator: ", ")
            throw .unsupported("'\(model)' has no pixel format that can be encoded or converted, only \(names)")
        }
        let usual = NativeWish(width: min(1920, largest.width), height: min(1080, largest.height), format: format, buffers: 4)
        turns = CameraDescription.turns(camera, usual)
        modes = SensorModes(camera, sensor: sensor, video: usual)
    }

    private static func pixelArray(_ camera: NativeCamera) -> PixelSize? {
        guard let sides = camera.property("PixelArraySize")?.list?.compactMap(\.int), sides.count == 2, sides[0] > 0, sides[1] > 0 else {
            return nil
        }
        return PixelSize(width: sides[0], height: sides[1])
    }

    /// Which flips the camera grants.
    private static func turns(_ camera: NativeCamera, _ usual: NativeWish) -> (Bool, Bool) {
        var turned = usual
        (turned.hflip, turned.vflip) = (true, true)
        let both = camera.attempt(turned)
        return (both?.hflip ?? false, both?.vflip ?? false)
    }

    /// Where buffers come from, best first. Behind a sensor the driver's own are uncached on a Raspberry Pi, which makes software
    /// encoding several times slower; a pipeline that has no device and no allocator takes ordinary memory.
    var memory: [ccam_memory] {
        let own = [CCAM_MEMORY_CAMERA, CCAM_MEMORY_ANONYMOUS]
        return modes.modes.isEmpty ? own : [CCAM_MEMORY_DMA_HEAP] + own
    }
}

// MARK: Capabilities

extension CameraDescription {
    /// The controls the camera reports in its present configuration.
    func map(_ camera: NativeCamera) -> ControlMap {
        ControlMap(camera.controls, cropBounds: camera.property("ScalerCropMaximum")?.list?.compactMap(\.int))
    }

    /// What the camera is and can do before it is configured.
    func capabilities(_ camera: NativeCamera) -> Capabilities {
        let map = map(camera)
        return Capabilities(
            model: model, kind: "libcamera", sensorWidth: sensor.width, sensorHeight: sensor.height, modes: modes.modes,
            limits: limits(map), hasAutofocus: hasAutofocus(map),
            fieldOfView: SensorModel.known.first { $0.name == model }?.fieldOfView, raw: raw(camera))
    }

    /// Every control that libcamera knows, with what the camera reports of it in its present configuration.
    func raw(_ camera: NativeCamera) -> [String: RawControl] {
        camera.controls.reduce(into: [:]) { $0[$1.name] = RawControl($1, catalogKeys: ControlMap.catalogKeys($1.name)) }
    }

    private func hasAutofocus(_ map: ControlMap) -> Bool {
        guard map.native["AfTrigger"] != nil, case .choice(let words)? = map.limits["focus.mode"] else { return false }
        return words.contains("auto")
    }

    /// The limits of each Catalog control.
    func limits(_ map: ControlMap) -> [String: ValueType] {
        var limits = map.limits
        let largest = formats.map(\.most).max { $0.area < $1.area } ?? sensor
        limits["stream.size"] = .size(64...max(64, min(4608, max(largest.width, largest.height))))
        limits["stream.framerate"] = .number(0.1...fastest(map), .framesPerSecond)
        limits["image.tuning"] = TuningFile.isUsed && !modes.modes.isEmpty ? Catalog.controlsByKey["image.tuning"]?.type : nil
        limits["geometry.hflip"] = turns.hflip ? .bool : nil
        limits["geometry.vflip"] = turns.vflip ? .bool : nil
        limits["geometry.rotation"] = turns.hflip && turns.vflip ? Catalog.controlsByKey["geometry.rotation"]?.type : nil
        return limits
    }

    private func fastest(_ map: ControlMap) -> Double {
        let modes = modes.modes.map(\.maximumFramerate).max()
        return min(1000, modes ?? map.durationRange.map { 1e6 / $0.lowerBound } ?? CameraDescription.usualFastest)
    }

    /// Where a camera does not say how fast it is.
    private static let usualFastest = 120.0
}

// MARK: Configuration

extension CameraDescription {
    /// How libcamera is asked for a configuration.
    /// - Throws: `unsupported` for a sensor mode that does not exist.
    func wish(_ wanted: CameraConfiguration) throws(CameraError) -> NativeWish {
        var fitted = wanted
        let largest = formats.map(\.most).max { $0.area < $1.area } ?? sensor
        fitted.fitSize(width: largest.width, height: largest.height)
        let size = PixelSize(width: fitted.width, height: fitted.height)
        guard let name = PixelFormats.choose(formats, for: size), let format = formats.first(where: { $0.name == name }) else {
            throw .unsupported("'\(model)' has no usable pixel format")
        }
        let offered = PixelFormats.size(size, in: format)
        let turned = wanted.rotation == 180
        var wish = NativeWish(width: offered.width, height: offered.height, format: name, buffers: buffers(for: offered))
        wish.hflip = wanted.hflip != turned && turns.hflip
        wish.vflip = wanted.vflip != turned && turns.vflip
        if let mode = wanted.mode {
            guard modes.wishes.indices.contains(mode) else { throw .unsupported("'\(model)' has no sensor mode \(mode)") }
            wish.mode = modes.wishes[mode]
        }
        return wish
    }

    /// Width of the small picture for analysis.
    private static let analysisWidth = 320

    /// The same with a small picture beside the large one, where the camera makes both and the small one really is small.
    func withAnalysis(_ wish: NativeWish, _ camera: NativeCamera) -> NativeWish {
        var both = wish
        let height = (CameraDescription.analysisWidth * wish.height / max(1, wish.width)) & ~1
        both.low = PixelSize(width: CameraDescription.analysisWidth, height: max(64, height))
        guard wish.width > 2 * CameraDescription.analysisWidth, let grant = camera.attempt(both), grant.low.width > 0,
            grant.low.width <= 2 * CameraDescription.analysisWidth, grant.video.width == wish.width, PictureLayout(grant.low).format != nil
        else { return wish }
        return both
    }

    /// Enough for the camera's pipeline, a queue and the encoder; large pictures get fewer, because contiguous memory is scarce.
    private func buffers(for size: PixelSize) -> Int { size.area > 2560 * 1440 ? 4 : 6 }

    /// What became of a configuration, with reasons.
    func grant(_ wanted: CameraConfiguration, _ layout: PictureLayout, _ map: ControlMap) -> GrantedConfiguration {
        var granted = wanted
        var reasons: [String: String] = [:]
        (granted.width, granted.height) = (layout.width, layout.height)
        if (granted.width, granted.height) != (wanted.width, wanted.height) {
            reasons["stream.size"] = "this camera (\(model)) makes \(granted.width)x\(granted.height) of it"
        }
        let limit = wanted.mode.map { modes.modes[$0].maximumFramerate } ?? fastest(map)
        if granted.framerate > limit {
            granted.framerate = limit
            reasons["stream.framerate"] = "this camera (\(model)) does at most \(Value.plain((limit * 100).rounded() / 100)) fps"
        }
        granted.hflip = granted.hflip && turns.hflip
        granted.vflip = granted.vflip && turns.vflip
        if !(turns.hflip && turns.vflip) { granted.rotation = 0 }
        return GrantedConfiguration(configuration: granted, reasons: reasons)
    }
}
