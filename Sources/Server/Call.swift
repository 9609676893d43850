internal import Catalog
internal import HTTPTypes

/// A request that passed every check of form and admission.
struct Call: Sendable {
    /// What is asked for.
    let operation: Operation
    /// What the path says for `{name}` or `{path}`.
    let name: String
    /// The members of the body, checked and with their defaults.
    let members: [String: Value]
    /// What the query says, checked and with its defaults.
    var query: [String: Value] = [:]
    /// The request's headers.
    var headers: HTTPFields = [:]
    /// Whether the answer waits for the proof.
    let waits: Bool
}
