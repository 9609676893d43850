internal import Timing

/// A bounded hand-over of packets between two threads, counted in packets and bytes.
///
/// When it is full it loses everything up to the next key frame, because nothing can be decoded without what was lost before it.
final class PacketQueue: Sendable {
    fileprivate struct State {
        var packets: [Packet] = []
        var bytes = 0
        var dropped = 0
        var isOpen = false
        var needsKey = true
        /// Packets before the first key frame are not lost: nobody was promised them.
        var hasBegun = false
    }

    private let mostPackets: Int
    private let mostBytes: Int
    private let state = Mutex(State())

    /// Creates a shut queue; the limits are three seconds at 30 frames a second and as much at 25 Mbit/s.
    init(packets: Int = 90, bytes: Int = 10_000_000) {
        mostPackets = packets
        mostBytes = bytes
    }

    /// Packets lost because the reader was late.
    var dropped: Int { state.withLock { $0.dropped } }

    /// Takes packets from now on, starting with a key frame.
    func open() { reset(isOpen: true) }

    /// Takes no more, and lets go of what is inside.
    func shut() { reset(isOpen: false) }

    /// Puts a packet in; false when a key frame is needed to go on.
    func push(_ packet: Packet) -> Bool {
        let (lost, goesOn) = state.withLock { state -> ([Packet], Bool) in
            guard state.isOpen else { return ([], true) }
            let lost = state.makeRoom(for: packet, mostPackets, mostBytes)
            state.dropped += lost.count
            return (lost, state.take(packet))
        }
        _ = lost  // released here, not under the lock
        return goesOn
    }

    /// The oldest packet; nil when there is none.
    func pop() -> Packet? {
        state.withLock { state in
            guard !state.packets.isEmpty else { return nil }
            let packet = state.packets.removeFirst()
            state.bytes -= packet.size
            return packet
        }
    }

    private func reset(isOpen: Bool) {
        let rest = state.withLock { state in
            let rest = state.packets
            state = State(dropped: state.dropped, isOpen: isOpen)
            return rest
        }
        _ = rest
    }
}

extension PacketQueue.State {
    /// Takes the packet; false when only a key frame would do.
    fileprivate mutating func take(_ packet: Packet) -> Bool {
        if packet.isKey { (needsKey, hasBegun) = (false, true) }
        guard !needsKey else {
            if hasBegun { dropped += 1 }
            return false
        }
        packets.append(packet)
        bytes += packet.size
        return true
    }

    /// Takes out what has to go: up to the next key frame inside, or all of it.
    fileprivate mutating func makeRoom(for packet: Packet, _ mostPackets: Int, _ mostBytes: Int) -> [Packet] {
        var lost: [Packet] = []
        while !packets.isEmpty, packets.count >= mostPackets || bytes + packet.size > mostBytes {
            let keep = packets.dropFirst().firstIndex(where: \.isKey) ?? packets.endIndex
            lost += packets[..<keep]
            packets.removeFirst(keep)
            bytes = packets.reduce(0) { $0 + $1.size }
            needsKey = packets.isEmpty
        }
        return lost
    }
}
