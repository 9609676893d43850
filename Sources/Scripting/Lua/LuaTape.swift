internal import CLua
internal import Catalog

/// What a Lua state and its host hand each other; see `clua.h` for the order of the items.
struct LuaTape {
    let handle: OpaquePointer

    /// Whether the calling coroutine can wait where it is.
    var canWait: Bool { clua_can_wait(handle) }

    /// Whether something that was put did not fit: nothing of it may be used then.
    var isFull: Bool { clua_put_is_full(handle) }

    /// What a script is told when something does not fit.
    static let tooMuch = Problem(.outOfRange, "the answer is more than fits into one call")

    /// Forgets what was put so far.
    func clear() { clua_put_clear(handle) }

    /// Every argument of the call.
    func takeArguments() -> [LuaArgument] {
        var arguments: [LuaArgument] = []
        var item = clua_item()
        while clua_take(handle, &item) {
            switch item.kind {
            case CLUA_FUNCTION: arguments.append(.function(item.integer))
            case CLUA_OBJECT: arguments.append(.object(Int(item.integer), takeValue().int ?? 0))
            default: arguments.append(.value(value(item)))
            }
        }
        return arguments
    }

    /// The next argument, which is a value.
    func takeValue() -> Value {
        var item = clua_item()
        return clua_take(handle, &item) ? value(item) : .null
    }

    private func value(_ item: clua_item) -> Value {
        switch item.kind {
        case CLUA_BOOL: .bool(item.integer != 0)
        case CLUA_INTEGER: .integer(Int(item.integer))
        case CLUA_NUMBER: .number(item.number)
        case CLUA_TEXT: .text(text(item))
        case CLUA_LIST: .list((0..<item.integer).map { _ in takeValue() })
        case CLUA_TABLE: .table(takeMembers(Int(item.integer)))
        default: .null
        }
    }

    private func text(_ item: clua_item) -> String {
        String(decoding: UnsafeRawBufferPointer(start: item.text, count: item.length), as: UTF8.self)
    }

    private func takeMembers(_ count: Int) -> [String: Value] {
        var members: [String: Value] = [:]
        for _ in 0..<count {
            let name = takeValue().string ?? ""
            members[name] = takeValue()
        }
        return members
    }

    func takeFailure(_ code: Problem.Code) -> LuaFailure {
        var item = clua_item()
        guard clua_take(handle, &item) else { return LuaFailure(problem: Problem(code, "it failed"), traceback: "") }
        let problem = item.kind == CLUA_PROBLEM ? Problem(fields: takeValue()) : Problem(code, text(item))
        return LuaFailure(problem: problem, traceback: takeValue().string ?? "")
    }

    /// Puts an answer, or another one when it does not fit; the code C acts on.
    func put(_ answer: LuaAnswer, orElse other: LuaAnswer) -> Int32 {
        let code = put(answer)
        guard isFull else { return code }
        clear()
        return put(other)
    }

    /// Puts what an operation answers; the code C acts on.
    func put(_ answer: LuaAnswer) -> Int32 {
        switch answer {
        case .nothing: break
        case .value(let value): put(value)
        case .object(let kind, let number):
            clua_put(handle, CLUA_OBJECT, Int64(kind))
            clua_put(handle, CLUA_INTEGER, Int64(number))
        case .failure(let problem):
            clua_put(handle, CLUA_NIL, 0)
            put(problem)
        case .raise(let problem):
            put(problem)
            return Int32(CLUA_RAISE)
        case .misuse(let argument, let text):
            clua_put(handle, CLUA_INTEGER, Int64(argument))
            put(text)
            return Int32(CLUA_MISUSE)
        case .wait: return Int32(CLUA_WAIT)
        }
        return Int32(CLUA_RETURN)
    }

    func put(_ problem: Problem) {
        clua_put(handle, CLUA_PROBLEM, 0)
        put(problem.fields)
    }

    func put(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { clua_put_text(handle, $0.baseAddress, $0.count) }
        }
    }

    func put(_ value: Value) {
        switch value {
        case .null: clua_put(handle, CLUA_NIL, 0)
        case .bool(let value): clua_put(handle, CLUA_BOOL, value ? 1 : 0)
        case .integer(let value): clua_put(handle, CLUA_INTEGER, Int64(value))
        case .number(let value): clua_put_number(handle, value)
        case .text(let value): put(value)
        case .list(let values):
            clua_put(handle, CLUA_LIST, Int64(values.count))
            for value in values { put(value) }
        case .table(let values):
            clua_put(handle, CLUA_TABLE, Int64(values.count))
            for (name, value) in values {
                put(name)
                put(value)
            }
        }
    }

    func put(_ member: LuaMember) {
        switch member {
        case .value(let value): put(value)
        case .operation(let operation, let index):
            clua_put(handle, CLUA_OPERATION, Int64(operation))
            clua_put(handle, CLUA_INTEGER, Int64(index))
        case .accessor(let index): clua_put(handle, CLUA_ACCESSOR, Int64(index))
        case .proxy(let path, let members):
            clua_put(handle, CLUA_PROXY, 0)
            put(path)
            put(.table(members))
        case .openProxy(let path):
            clua_put(handle, CLUA_OPEN_PROXY, 0)
            put(path)
        case .table(let members):
            clua_put(handle, CLUA_TABLE, Int64(members.count))
            for (name, member) in members {
                put(name)
                put(member)
            }
        }
    }
}
