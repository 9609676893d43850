internal import Catalog

/// Finds the operation for a path and a method.
///
/// Hummingbird's router answers 404 to a wrong method and looks past slashes; the wire contract tells 404, 405 with `Allow` and the
/// redirect of a trailing slash apart.
struct Routes: Sendable {
    /// What a path and a method lead to.
    enum Match {
        /// An operation, and what its path says for `{name}` or `{path}`.
        case found(Operation, name: String)
        /// The same path without its trailing slash.
        case redirect(String)
        /// A path that exists for these methods only.
        case wrongMethod([String])
        /// Nothing.
        case unknown
    }

    private struct Pattern: Sendable {
        let prefix: String
        let suffix: String
        /// Whether the placeholder stands for several segments: `{path}` rather than `{name}`.
        let spansSegments: Bool
        var operations: [Operation]
    }

    private var fixed: [String: [Operation]] = [:]
    private var patterns: [Pattern] = []

    /// Creates the routes of some operations.
    init(_ operations: [Operation]) {
        for operation in operations { add(operation) }
    }

    private mutating func add(_ operation: Operation) {
        guard let start = operation.path.firstIndex(of: "{"), let end = operation.path.firstIndex(of: "}") else {
            fixed[operation.path, default: []].append(operation)
            return
        }
        let prefix = String(operation.path[..<start])
        let suffix = String(operation.path[end...].dropFirst())
        if let index = patterns.firstIndex(where: { $0.prefix == prefix && $0.suffix == suffix }) {
            patterns[index].operations.append(operation)
        } else {
            let spansSegments = operation.path[start...end] == "{path}"
            patterns.append(Pattern(prefix: prefix, suffix: suffix, spansSegments: spansSegments, operations: [operation]))
        }
    }

    /// Where a request goes.
    func match(_ path: String, method: String) -> Match {
        if let (operations, name) = operations(path) {
            if let operation = operations.first(where: { $0.method.rawValue == method }) { return .found(operation, name: name) }
            return .wrongMethod(operations.map(\.method.rawValue))
        }
        guard path.count > 1, path.hasSuffix("/"), operations(String(path.dropLast())) != nil else { return .unknown }
        return .redirect(String(path.dropLast()))
    }

    private func operations(_ path: String) -> ([Operation], name: String)? {
        if let operations = fixed[path] { return (operations, "") }
        for pattern in patterns where path.hasPrefix(pattern.prefix) && path.hasSuffix(pattern.suffix) {
            let name = path.dropFirst(pattern.prefix.count).dropLast(pattern.suffix.count)
            guard pattern.prefix.count + name.count + pattern.suffix.count == path.count else { continue }
            guard !name.isEmpty, pattern.spansSegments || !name.contains("/"), let decoded = String(name).percentDecoded else { continue }
            return (pattern.operations, decoded)
        }
        return nil
    }
}
