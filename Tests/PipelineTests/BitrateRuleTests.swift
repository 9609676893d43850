import Pipeline
import Testing

struct BitrateRuleTests {
    @Test(arguments: [
        (640, 480, 30.0, 2_000_000), (1280, 720, 30, 5_990_400), (1280, 720, 60, 11_980_800), (1920, 1080, 30, 13_478_400),
        (1920, 1080, 50, 22_464_000), (2560, 1440, 30, 23_961_600), (1920, 1080, 60, 25_000_000), (3840, 2160, 30, 25_000_000),
    ])
    func `the bitrate follows size and rate within its limits`(width: Int, height: Int, framerate: Double, expected: Int) {
        #expect(BitrateRule.bitrate(width: width, height: height, framerate: framerate) == expected)
    }
}
