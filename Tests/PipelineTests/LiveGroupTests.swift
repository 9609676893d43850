import Testing
import Timing

@testable import Pipeline

struct LiveGroupTests {
    private let header = LiveHeader([0], codecs: "avc1.42C01F")

    private func fragment(_ number: UInt8, isKey: Bool = false) -> LiveFragment {
        LiveFragment([number], isKey: isKey, header: header, captured: Instant(nanoseconds: 0))
    }

    private func at(_ seconds: Double) -> Instant { Instant(nanoseconds: 0).advanced(by: seconds) }

    @Test func `a group that has just begun is what a new viewer starts with`() {
        var group = LiveGroup()
        group.add(fragment(1), at: at(0))
        group.add(fragment(2, isKey: true), at: at(0.1))
        group.add(fragment(3), at: at(0.2))
        #expect(group.start(at: at(0.3)).map(\.bytes) == [[2], [3]])
    }

    @Test func `an old group would put a viewer behind the others`() {
        var group = LiveGroup()
        group.add(fragment(1, isKey: true), at: at(0))
        group.add(fragment(2), at: at(0.2))
        #expect(group.start(at: at(0.26)).isEmpty)
        group.add(fragment(3), at: at(0.3))
        #expect(group.start(at: at(0.3)).isEmpty)
        group.add(fragment(4, isKey: true), at: at(0.4))
        #expect(group.start(at: at(0.5)).map(\.bytes) == [[4]])
    }
}
