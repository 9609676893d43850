import Catalog
import Testing

@testable import Engine

struct OwnersTests {
    @Test func `the newest write is on top and falls back when it is released`() {
        var owners = Owners()
        owners.hold("image.contrast", 1.2, by: .configuration, at: 1)
        owners.hold("image.contrast", 1.5, by: .script("night"), at: 2)
        owners.hold("image.contrast", 2, by: .rest, at: 3)
        #expect(owners.top("image.contrast")?.value == 2)
        #expect(owners.release(nil, by: .rest) == ["image.contrast"])
        #expect(owners.top("image.contrast")?.value == 1.5)
    }

    @Test func `an owner has one entry a key and a new write moves it to the top`() {
        var owners = Owners()
        owners.hold("image.contrast", 1.2, by: .rest, at: 1)
        owners.hold("image.contrast", 1.5, by: .script("night"), at: 2)
        owners.hold("image.contrast", 1.3, by: .rest, at: 3)
        #expect(owners.stack("image.contrast").map(\.owner) == [.rest, .script("night")])
    }

    @Test func `releasing what was not held does nothing`() {
        var owners = Owners()
        owners.hold("image.contrast", 1.2, by: .rest, at: 1)
        #expect(owners.release(["image.contrast"], by: .script("night")).isEmpty)
        #expect(owners.top("image.contrast")?.owner == .rest)
    }
}
