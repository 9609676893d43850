/// Takes packets to somewhere; a slow one loses packets and never holds up the encoder.
protocol Sink: AnyObject, Sendable {
    /// Whether packets are of any use to it now.
    var wantsPackets: Bool { get }
    /// Takes a packet. Called on the encode thread; never blocks.
    func offer(_ packet: Packet)
}
