import Testing

@testable import Pipeline

struct CodecNameTests {
    @Test func `the name has profile, constraints and level of the SPS`() {
        #expect(CodecName.name([0, 0, 0, 1, 0x67, 0x42, 0xC0, 0x1F, 0xDA, 0, 0, 0, 1, 0x68, 0xCE, 0x0F, 0xC8]) == "avc1.42C01F")
        #expect(CodecName.name([0, 0, 1, 0x68, 0xCE, 0x0F, 0xC8, 0, 0, 1, 0x27, 0x64, 0x00, 0x09]) == "avc1.640009")
    }

    @Test(arguments: [[], [0, 0, 1], [0, 0, 1, 0x67, 0x42, 0xC0], [0, 0, 0, 1, 0x68, 0xCE, 0x0F, 0xC8, 1, 2, 3]])
    func `without an SPS there is no name`(parameters: [UInt8]) {
        #expect(CodecName.name(parameters) == nil)
    }
}
