internal import Foundation

extension String {
    /// The text with `%2E` and the like resolved; nil when that is not UTF-8.
    var percentDecoded: String? { removingPercentEncoding }
}
