internal import Glibc
internal import NIOCore
internal import NIOHTTPTypes

/// Ends connections whose client is too slow: a request head that does not come, or answers that are not read.
final class ConnectionGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    /// From the connection to the end of its first head.
    private static let headLimit = TimeAmount.seconds(10)
    /// How long the kernel keeps what the client does not take.
    private static let unreadLimit = 60_000

    private var deadline: Scheduled<Void>?

    func handlerAdded(context: ChannelHandlerContext) {
        // Also counts while the client's window is closed, so a viewer that sleeps gives its connection back.
        let option = ChannelOptions.tcpOption(.init(rawValue: TCP_USER_TIMEOUT))
        context.channel.setOption(option, value: ConnectionGuard.unreadLimit).whenFailure { _ in }
        if context.channel.isActive { begin(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        deadline?.cancel()
        deadline = nil
        context.fireChannelRead(data)
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard deadline == nil else { return }
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: ConnectionGuard.headLimit) { channel.close(promise: nil) }
    }
}
