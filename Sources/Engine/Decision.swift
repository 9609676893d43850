public import Catalog
internal import Timing

/// Somebody's change, as it was taken: what a timeline tells.
public struct Decision: Sendable {
    /// What was done.
    public enum Kind: String, Sendable {
        /// Values were set.
        case apply
        /// Values were given back.
        case release
        /// A profile was put on top.
        case push
        /// A profile was taken off.
        case pop
    }

    /// What was done.
    public let kind: Kind
    /// Who did it; a profile for `push` and `pop`.
    public let owner: Owner
    /// What was asked for, by key; for `release` and `pop` what counts again.
    public let values: [String: Value]
    /// Seconds it may take to get there; 0 is at once.
    public let over: Double
    /// Under which its outcomes are followed.
    public let ticket: Ticket
    /// When, in seconds since 1970.
    public let time: Double
}

extension Engine {
    /// Hands every decision to `deliver`, on the thread that made it, until the subscription is released; `deliver` must not block.
    public func followDecisions(_ deliver: @escaping @Sendable (Decision) -> Void) -> Subscription { decisions.add(deliver) }

    func tell(_ kind: Decision.Kind, _ owner: Owner, _ values: @autoclosure () -> [String: Value], over: Double = 0, _ ticket: Ticket) {
        guard !decisions.isEmpty else { return }
        decisions.send(Decision(kind: kind, owner: owner, values: values(), over: over, ticket: ticket, time: clock.wall))
    }

    /// The values in effect of what a ticket is about.
    func effective(_ ticket: Ticket) -> [String: Value] { outcomes(ticket).mapValues(\.asked) }
}
