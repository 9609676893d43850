internal import Catalog

extension Analysis {
    // MARK: Assignments

    mutating func checkAssignment(_ assignment: Chunk.Assignment) {
        let target = assignment.target
        switch meanings[target] {
        case .control(let key):
            use(.control(key), at: Int(chunk[target].offset))
            if let value = assignment.value { check(value, for: key) }
        case .open: break
        default: checkReadOnly(target)
        }
    }

    private mutating func checkReadOnly(_ target: Chunk.Node) {
        guard case .member(let base, let name) = chunk[target].kind, case .table(let table) = meanings[base], table.isSealed else { return }
        report(target, "'\(table.path).\(name)' is read only")
    }

    // MARK: Values

    /// Compares a value with what a control takes.
    mutating func check(_ node: Chunk.Node, for key: String) {
        guard let type = surface.controls[key]?.type else { return }
        check(node, type, key: key)
    }

    /// Compares a value with a type, where the text tells the value.
    mutating func check(_ node: Chunk.Node, _ type: ValueType, key: String) {
        if case .function = chunk[node].kind {
            return report(node, "'\(key)' takes a value, not a function")
        }
        guard findings.hasRoom, let value = constant(node) else { return }
        do throws(Problem) {
            _ = try type.check(value, key: key)
        } catch {
            let near = choice(value, of: type)
            report(node, "\(error.sentence)\(question(near))", suggestion: near)
        }
    }

    private func choice(_ value: Value, of type: ValueType) -> String? {
        guard case .choice(let words) = type, let word = value.string else { return nil }
        return nearest(word, among: words)
    }

    // MARK: Constants

    /// The value of an expression; nil where the text does not tell.
    mutating func constant(_ node: Chunk.Node, hops: Int = 0) -> Value? {
        effort -= 1
        guard effort > 0 else { return nil }
        switch chunk[node].kind {
        case .literal(let value): return value
        case .local(let local):
            guard hops < 4, !chunk.locals[local].isMutated, let value = origin(of: local), value < node else { return nil }
            return constant(value, hops: hops + 1)
        case .table(let number): return constant(chunk.tables[number], hops)
        default: return nil
        }
    }

    private mutating func constant(_ table: Chunk.Table, _ hops: Int) -> Value? {
        guard table.isComplete else { return nil }
        var list: [Value] = []
        var named: [String: Value] = [:]
        for field in table.fields {
            guard let value = constant(field.value, hops: hops) else { return nil }
            if let name = field.name { named[name] = value == .null ? nil : value } else { list.append(value) }
        }
        guard list.isEmpty || named.isEmpty, !list.contains(.null) else { return nil }
        return list.isEmpty ? .table(named) : .list(list)
    }

    /// The table an expression is, with its number, also by the name of a local that nobody changes.
    mutating func table(_ node: Chunk.Node) -> (number: Int, Chunk.Table)? {
        var node = node
        for _ in 0..<4 {
            switch chunk[node].kind {
            case .table(let number):
                effort -= chunk.tables[number].fields.count
                return effort > 0 ? (number, chunk.tables[number]) : nil
            case .local(let local):
                guard !chunk.locals[local].isMutated, let value = origin(of: local), value < node else { return nil }
                node = value
            default: return nil
            }
        }
        return nil
    }
}
