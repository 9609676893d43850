internal import Catalog

extension Analysis {
    /// A function is wanted; the result of a call is probably a slip when that call gives no function.
    mutating func checkCallback(_ node: Chunk.Node, _ place: Place) {
        switch chunk[node].kind {
        case .call(let callee, let arguments, let isMethod):
            guard !isMethod, givesNoFunction(callee), let name = spelling(of: callee) else { return }
            let instead = arguments.isEmpty ? name : "function() \(name)(...) end"
            findings.add(
                .warning, at: Int(chunk[node].offset),
                "'\(place.function.name)' gets the result of '\(name)()', which is no function; did you mean '\(instead)'?",
                suggestion: instead)
        case .literal, .table:
            guard let kind = kindOfLiteral(node) else { return }
            report(node, misuse(place, "function expected, got \(kind)"))
        default: break
        }
    }

    /// Whether a call certainly gives no function.
    private func givesNoFunction(_ callee: Chunk.Node) -> Bool {
        switch meanings[callee] {
        case .function(let function): return !function.mayReturnFunction
        case .command: return true
        default: break
        }
        switch chunk[callee].kind {
        case .local(let local):
            guard let value = origin(of: local), case .function(let number) = chunk[value].kind else { return false }
            return !chunk.functions[number].mayReturnFunction
        case .global(let name):
            guard let numbers = globals.functions[name], !numbers.isEmpty else { return false }
            return numbers.allSatisfy { $0.map { !chunk.functions[$0].mayReturnFunction } ?? false }
        default: return false
        }
    }

    /// An expression as it is written, where it is names with dots.
    private func spelling(of node: Chunk.Node) -> String? {
        var names: [String] = []
        var node = node
        while names.count < 8 {
            switch chunk[node].kind {
            case .local(let local): return ([chunk.locals[local].name] + names).joined(separator: ".")
            case .global(let name): return ([name] + names).joined(separator: ".")
            case .member(let base, let name):
                names.insert(name, at: 0)
                node = base
            default: return nil
            }
        }
        return nil
    }
}
