@testable import CameraBindings
import Testing

@Suite struct DeviceNodesTests {
    @Test(arguments: [
        ("/dev/video0 (deleted)", true), ("/dev/media2 (deleted)", true), ("/dev/v4l-subdev11 (deleted)", true), ("/dev/video0", false),
        ("/dev/shm/x (deleted)", false), ("/tmp/video0 (deleted)", false), ("/dev/videos (deleted)", false),
    ])
    func `a removed camera node is told from everything else`(link: String, isLost: Bool) {
        #expect(DeviceNodes.isLost(link) == isLost)
    }
}
