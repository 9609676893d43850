/// What one viewer has still to be sent, counted in fragments and bytes.
///
/// When it is full it loses everything up to the newest key frame inside, or else up to the next one: nothing between them can be decoded.
struct ViewerQueue {
    private let mostFragments: Int
    private let mostBytes: Int
    private var fragments: [LiveFragment] = []
    private var bytes = 0
    /// What the viewer was told last.
    private var header: LiveHeader?
    /// Whether it waits for a key frame to start or go on with.
    private(set) var needsKey = true
    /// Fragments handed out.
    private(set) var sent = 0
    /// Fragments lost because the viewer was slow.
    private(set) var skipped = 0

    /// Creates an empty queue; the limits are two seconds at 30 frames a second and as much at 25 Mbit/s.
    init(fragments: Int = 60, bytes: Int = 6_250_000) {
        mostFragments = fragments
        mostBytes = bytes
    }

    /// Puts a fragment in.
    mutating func push(_ fragment: LiveFragment) {
        if fragments.count >= mostFragments || (bytes + fragment.bytes.count > mostBytes && !fragments.isEmpty) { makeRoom(for: fragment) }
        if fragment.isKey { needsKey = false }
        guard !needsKey else {
            // One that is new is not promised what came before its first key frame.
            if header != nil { skipped += 1 }
            return
        }
        fragments.append(fragment)
        bytes += fragment.bytes.count
    }

    /// The next bytes for the viewer: a fragment, or before that the header it needs; nil when there is nothing.
    mutating func pop() -> (bytes: [UInt8], header: LiveHeader)? {
        guard let next = fragments.first else { return nil }
        if next.header !== header {
            header = next.header
            return (next.header.bytes, next.header)
        }
        fragments.removeFirst()
        bytes -= next.bytes.count
        sent += 1
        return (next.bytes, next.header)
    }

    /// Lets go of what is inside.
    mutating func clear() { (fragments, bytes) = ([], 0) }

    private mutating func makeRoom(for fragment: LiveFragment) {
        // A key frame that comes is a better place to go on than any inside.
        let newest = fragment.isKey ? nil : fragments.dropFirst().lastIndex(where: \.isKey)
        let lost = newest ?? fragments.endIndex
        skipped += lost
        fragments.removeFirst(lost)
        bytes = fragments.reduce(0) { $0 + $1.bytes.count }
        needsKey = fragments.isEmpty
    }
}
