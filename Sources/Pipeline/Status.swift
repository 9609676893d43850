internal import CMedia

/// The status codes of CMedia in words.
enum Status {
    /// A sentence about a negative status; holds no URL.
    static func explain(_ status: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 160) { text in
            cmed_explain(status, text.baseAddress, text.count)
            return text.baseAddress.map { String(cString: $0) } ?? ""
        }
    }
}
