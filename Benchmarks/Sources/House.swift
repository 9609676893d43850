import CameraBindings
import Catalog
import Engine
import Foundation
import Timing

/// The house without its front ends, for counting instructions: camera, engine, encoder and publisher as `luneta run` wires them.
enum House {
    /// Publishes the frames of `sim:imx708?prepainted=30` at one a second until so many were encoded.
    ///
    /// Under valgrind a frame takes most of a second; at one a second none is lost.
    static func stream(to url: String, _ count: Int, bitrate: Int) throws {
        let clock = SystemClock()
        let engine = Engine(clock: clock, url: url) { () throws(CameraError) in
            try CameraSource.open("sim:imx708?prepainted=30", clock: clock).camera
        }
        try engine.preset(
            Change(.configuration, ["stream.framerate": 1, "stream.bitrate": .integer(bitrate), "stream.key_interval": 10]))
        try engine.start()
        engine.stream(wanted: true)
        while engine.status.counters["frames_encoded"] ?? 0 < count { usleep(50_000) }
        let counters = engine.status.counters
        engine.shutDown()
        print("\(counters["frames_encoded"] ?? 0) frames encoded, \(counters["frames_dropped"] ?? 0) dropped")
    }
}
