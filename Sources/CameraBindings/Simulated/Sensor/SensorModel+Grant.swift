extension SensorModel {
    /// Cuts a configuration to what this sensor can do.
    /// - Throws: `unsupported` for a mode that does not exist.
    func grant(_ wanted: CameraConfiguration) throws(CameraError) -> GrantedConfiguration {
        var granted = wanted
        var reasons: [String: String] = [:]
        granted.fitSize(width: width, height: height)
        if granted.width != wanted.width || granted.height != wanted.height {
            reasons["stream.size"] = "'\(name)' gives even sizes from 64x64 to \(width)x\(height)"
        }
        let index = try mode(wanted.mode, granted)
        granted.mode = index
        granted.hdr = hdrFramerate == nil ? "off" : wanted.hdr
        (granted.framerate, reasons["stream.framerate"]) = framerate(wanted.framerate, index, hdr: granted.hdr)
        return GrantedConfiguration(configuration: granted, reasons: reasons)
    }

    private func mode(_ wanted: Int?, _ granted: CameraConfiguration) throws(CameraError) -> Int {
        guard let wanted else { return bestMode(width: granted.width, height: granted.height, framerate: granted.framerate) }
        guard readouts.indices.contains(wanted) else {
            throw .unsupported("'\(name)' has sensor modes 0 to \(readouts.count - 1), got \(wanted)")
        }
        return wanted
    }

    private func framerate(_ wanted: Double, _ index: Int, hdr: String) -> (Double, String?) {
        let mode = readouts[index].mode
        // The sensor combines exposures of different length, which takes it twice the time.
        if let limit = hdrFramerate, hdr == "sensor" || hdr == "auto", wanted > limit {
            return (limit, "with high dynamic range '\(name)' does at most \(limit) fps")
        }
        guard wanted > mode.maximumFramerate else { return (max(wanted, 0.1), nil) }
        return (mode.maximumFramerate, "the sensor mode \(mode.width)x\(mode.height) does at most \(mode.maximumFramerate) fps")
    }
}
