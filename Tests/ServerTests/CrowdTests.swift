import Testing

@testable import Server

struct CrowdTests {
    private var crowd = Crowd()

    private mutating func hasGone(_ counts: [Int]) -> [Bool] {
        var crowd = crowd
        return counts.map { crowd.hasGone(leaving: $0) }
    }

    @Test mutating func `a crowd has gone once, when most of it has`() {
        #expect(hasGone([0, 10, 500, 400, 260, 240, 240, 0]) == [false, false, false, false, false, true, false, true])
    }

    @Test mutating func `a few who come and go are no crowd`() {
        #expect(hasGone([0, 20, 0, 49, 0]) == [false, false, false, false, false])
    }
}
