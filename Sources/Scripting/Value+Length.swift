internal import Catalog

extension Value {
    /// The bytes of the longest text in it.
    var longestText: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .list(let values): values.reduce(0) { max($0, $1.longestText) }
        case .table(let members): members.reduce(0) { max($0, $1.key.utf8.count, $1.value.longestText) }
        default: 0
        }
    }
}
