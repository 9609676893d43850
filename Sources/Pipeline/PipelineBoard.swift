internal import Timing

/// What the threads of one pipeline tell each other.
final class PipelineBoard: Sendable {
    /// What the encode thread is to do with a frame.
    struct Orders {
        var configuration: StreamConfiguration
        var isKeyAsked = false
    }

    /// What was counted, and how the encoder is.
    struct Figures {
        var encoder = "none"
        var encoderChoice: String?
        var encoderReason: String?
        var framesIn = 0
        var framesLate = 0
        var framesDone = 0
        var framesEncoded = 0
        var framesRepeated = 0
        var keyFrames = 0
        var lastEncode = 0.0
        var encodeTime = Latency()
        var encodedAfter = Latency()
    }

    private struct State {
        var orders: Orders
        var figures = Figures()
    }

    private let state: Mutex<State>

    /// Creates a board on which nothing has happened.
    init(_ configuration: StreamConfiguration) { state = Mutex(State(orders: Orders(configuration: configuration))) }

    /// What is wanted of the stream.
    var configuration: StreamConfiguration {
        get { state.withLock { $0.orders.configuration } }
        set { state.withLock { $0.orders.configuration = newValue } }
    }

    /// What was counted.
    var figures: Figures { state.withLock { $0.figures } }

    /// Makes the next frame a key frame.
    func askForKey() { state.withLock { $0.orders.isKeyAsked = true } }

    /// The orders for a frame; a key frame that was asked for is asked for once.
    func takeOrders() -> Orders {
        state.withLock { state in
            defer { state.orders.isKeyAsked = false }
            return state.orders
        }
    }

    /// Counts a frame that came in, of `dropped` so far lost on the way to the encoder.
    func arrived(dropped: Int) {
        state.withLock { state in
            if state.figures.framesIn > state.figures.framesDone + dropped { state.figures.framesLate += 1 }
            state.figures.framesIn += 1
        }
    }

    /// Counts a frame the encode thread is through with.
    func finished() { state.withLock { $0.figures.framesDone += 1 } }

    /// Changes the figures.
    func note(_ change: (inout Figures) -> Void) { state.withLock { change(&$0.figures) } }
}
