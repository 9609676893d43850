import Catalog
import Testing

struct SizeRuleTests {
    private static let imx708 = [
        SizeRule.Mode(width: 4608, height: 2592, framerate: 14.35, isFull: true),
        SizeRule.Mode(width: 2304, height: 1296, framerate: 56.03, isFull: true),
        SizeRule.Mode(width: 1536, height: 864, framerate: 120.13, isFull: false),
    ]

    @Test(arguments: [(3840, 2160, 30), (2560, 1440, 40), (1920, 1080, 50), (1600, 1000, 60), (1280, 720, 120), (64, 64, 120)])
    func `the encoder's limit follows the pixels`(width: Int, height: Int, framerate: Double) {
        #expect(SizeRule.framerate(width: width, height: height) == framerate)
    }

    @Test(arguments: [
        (true, 1920, 1080, 1), (true, 2304, 1296, 1), (true, 640, 480, 1), (true, 2306, 1296, 0), (false, 1536, 864, 2),
        (false, 1536, 866, 1), (false, 2304, 1296, 1), (false, 3840, 2160, 0), (false, 5000, 5000, 0),
    ])
    func `the IMX708's modes are chosen as the reference service's table has it`(isWide: Bool, width: Int, height: Int, mode: Int) {
        #expect(SizeRule.mode(SizeRuleTests.imx708, isWide: isWide, width: width, height: height) == mode)
    }

    @Test func `a camera without modes has none to choose`() {
        #expect(SizeRule.mode([], isWide: false, width: 640, height: 480) == nil)
    }
}
