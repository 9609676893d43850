internal import Timing

/// The fragments since the last key frame, for as long as a viewer who starts with them is hardly behind the others.
struct LiveGroup {
    /// Seconds from one key frame that viewers ask for to the next, and what starting with a kept group costs a viewer at most.
    static let life = 0.25

    private var fragments: [LiveFragment] = []
    private var began: Instant?

    /// Takes the next fragment.
    mutating func add(_ fragment: LiveFragment, at now: Instant) {
        if fragment.isKey {
            fragments = [fragment]
            began = now
        } else if isFresh(at: now) {
            fragments.append(fragment)
        } else {
            fragments = []
        }
    }

    /// What a new viewer starts with; empty when it has to wait for a key frame.
    func start(at now: Instant) -> [LiveFragment] { isFresh(at: now) ? fragments : [] }

    /// Whether the last key frame is so young that nobody has to wait for another.
    func isFresh(at now: Instant) -> Bool { began.map { $0.seconds(to: now) < LiveGroup.life } ?? false }
}
