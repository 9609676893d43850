internal import Catalog

/// A script as the checks need it: its expressions in the order in which their last words stand, so that what an expression is made of
/// comes before it, and what is assigned where. Nothing here nests, so that a long chain costs no stack.
struct Chunk {
    /// An expression, as an index into the list of them.
    typealias Node = Int

    private(set) var expressions: [Expression] = []
    var locals: [Local] = []
    var functions: [Function] = []
    var tables: [Table] = []
    var assignments: [Assignment] = []
    /// Whether globals may come from elsewhere than names in the text.
    var hasOpenGlobals = false

    mutating func add(_ kind: Expression.Kind, at offset: Int) -> Node {
        expressions.append(Expression(kind: kind, offset: Int32(offset)))
        return expressions.count - 1
    }

    subscript(node: Node) -> Expression {
        get { expressions[node] }
        set { expressions[node] = newValue }
    }

    struct Expression {
        var kind: Kind
        /// Its first byte; for a member that of the member's name.
        var offset: Int32
        /// How it is used.
        var uses: Uses = []

        enum Kind {
            /// What only running it would tell.
            case unknown
            case literal(Value)
            /// Several values, or none: `...`.
            case arguments
            /// By the number of the local.
            case local(Int)
            case global(String)
            case member(of: Node, String)
            /// A member whose name is computed.
            case element(of: Node)
            case call(Node, [Node], isMethod: Bool)
            /// By the number of the table.
            case table(Int)
            /// By the number of the function.
            case function(Int)
        }
    }

    /// What stands around an expression.
    struct Uses: OptionSet {
        let rawValue: UInt8
        /// It is assigned to.
        static let target = Uses(rawValue: 1)
        /// It is called.
        static let callee = Uses(rawValue: 2)
        /// Only whether it is there counts: it stands beside `and`, `or` or `not`.
        static let probe = Uses(rawValue: 4)
        /// It stands in parentheses.
        static let parenthesised = Uses(rawValue: 8)
        /// A member of it is named.
        static let base = Uses(rawValue: 16)
    }

    struct Local {
        let name: String
        /// What it begins as, where one expression says so.
        var value: Node?
        var isConstant = false
        var isReassigned = false
        /// Whether one of its members is assigned.
        var isMutated = false
    }

    struct Function {
        /// Whether a call of it may give a function.
        var mayReturnFunction = false
    }

    struct Table {
        var fields: [Field] = []
        /// Whether every name in it is written out.
        var isComplete = true
    }

    struct Field {
        /// Nil for one by position.
        let name: String?
        /// Where its name stands.
        let offset: Int
        let value: Node
    }

    struct Assignment {
        let target: Node
        /// Nil where several expressions may give it.
        let value: Node?
    }
}
