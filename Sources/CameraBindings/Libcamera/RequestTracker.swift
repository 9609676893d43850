internal import Catalog

/// Follows what was set from the request that carries it to the frame that shows it.
///
/// A request that is complete proves that libcamera took its controls, not that the sensor had them for that frame: time and gain
/// take some frames more. Where the metadata echoes a control, the first frame that shows the value is the proof; where it does not,
/// the request is.
struct RequestTracker {
    /// Frames after which a differing echo is what the camera made of a value: the pipeline's depth and three or four frames of
    /// control delay, twice (raspberrypi/picamera2 documents the latter).
    static let patience = 16

    /// How far an echo may be from the value sent: sensors count exposure in lines and gain in codes.
    private static let quantisation = 0.05

    private struct Sent {
        var request: UInt64
        var expected: [UInt32: Value]
        var frames = 0
    }

    /// The newest request that a frame has shown.
    private(set) var settledRequest: UInt64 = 0
    private var carried: [Int: UInt64] = [:]
    private var awaiting: [Sent] = []

    /// A slot was queued with the values of every request up to one; `expected` are those that changed, by libcamera's number.
    mutating func queued(_ slot: Int, request: UInt64, expected: [UInt32: Value]) {
        carried[slot] = request
        guard request > (awaiting.last?.request ?? settledRequest) || !expected.isEmpty else { return }
        for index in awaiting.indices {
            for id in expected.keys { awaiting[index].expected[id] = nil }
        }
        awaiting.append(Sent(request: request, expected: expected))
    }

    /// A slot's frame came.
    /// - Parameter echo: what its metadata says of a control.
    /// - Returns: the echoes of the controls that are settled by this frame.
    mutating func completed(_ slot: Int, echo: (UInt32) -> Value?) -> [UInt32: Value] {
        let newest = carried[slot] ?? 0
        var echoes: [UInt32: Value] = [:]
        while let sent = awaiting.first, sent.request <= newest {
            let seen = sent.expected.reduce(into: [UInt32: Value]()) { $0[$1.key] = echo($1.key) }
            let isShown = seen.allSatisfy { id, value in
                sent.expected[id].map { value.matches($0, tolerance: RequestTracker.quantisation) } ?? true
            }
            guard isShown || sent.frames >= RequestTracker.patience else {
                awaiting[0].frames += 1
                break
            }
            settledRequest = max(settledRequest, sent.request)
            echoes.merge(seen) { $1 }
            awaiting.removeFirst()
        }
        return echoes
    }

    /// The camera was stopped: what was on its way is sent again with the next start.
    mutating func stopped() {
        carried = [:]
        awaiting = []
    }
}
