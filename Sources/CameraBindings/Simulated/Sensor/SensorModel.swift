/// A sensor with its lens, as data: what it reads, how fast, in which steps, and how late it obeys.
package struct SensorModel: Sendable, Equatable {
    /// The name it gives itself.
    package var name: String
    /// Width of the pixel array.
    package var width: Int
    /// Height of the pixel array.
    package var height: Int
    /// The ways to read it, in the order of its driver's list.
    package var readouts: [Readout]
    /// Its analogue gain.
    package var gain: GainScale
    /// The longest exposure in µs.
    package var maximumExposure: Double
    /// Frames from the one for which a control was sent to the one on which it is in force.
    package var controlDelay: Int
    /// Illuminance times seconds, in lux seconds at gain 1, that expose a grey card as middle grey.
    package var luxSeconds: Double
    /// The reach of its lens in dioptres; nil for a fixed one.
    package var lens: ClosedRange<Double>?
    /// Most frames a second with high dynamic range; nil where the sensor has none.
    package var hdrFramerate: Double?
    /// Whether it has no infrared filter.
    package var isInfraredSensitive = false
    /// Horizontal field of view in degrees; nil where that is up to the lens on it.
    package var fieldOfView: Int?
    /// Level of black on a 16-bit scale.
    package var blackLevel: Int
}

/// A sensor mode with the time one line takes.
package struct Readout: Sendable, Equatable {
    /// What it reads.
    package var mode: SensorMode
    /// Time of one line in µs, in which exposure is counted.
    package var lineTime: Double
}

extension SensorModel {
    /// A sensor time in whole lines, in µs: what really is exposed when `time` is asked.
    package func exposure(_ time: Double, lineTime: Double) -> Double {
        (max(lineTime, min(time, maximumExposure)) / lineTime + 1e-9).rounded(.down) * lineTime
    }

    /// The mode libcamera would take: the smallest that covers size and rate, else the fastest that covers the size, else the largest.
    package func bestMode(width: Int, height: Int, framerate: Double) -> Int {
        let covering = readouts.indices.filter { readouts[$0].mode.width >= width && readouts[$0].mode.height >= height }
        let fast = covering.filter { readouts[$0].mode.maximumFramerate >= framerate }
        if let smallest = fast.min(by: { area($0) < area($1) }) { return smallest }
        let fastest = covering.max { readouts[$0].mode.maximumFramerate < readouts[$1].mode.maximumFramerate }
        return fastest ?? readouts.indices.max { area($0) < area($1) } ?? 0
    }

    private func area(_ index: Int) -> Int { readouts[index].mode.width * readouts[index].mode.height }
}
