internal import Catalog

/// A request that passed every check of form and admission.
struct Call: Sendable {
    /// What is asked for.
    let operation: Operation
    /// What the path says for `{name}`.
    let name: String
    /// The members of the body, checked and with their defaults.
    let members: [String: Value]
    /// Whether the answer waits for the proof.
    let waits: Bool
}
