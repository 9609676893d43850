import CameraBindings
import Dispatch
import Testing

@Suite struct LibcameraLibraryTests {
    @Test func `many may use libcamera at once and one after the other, and there is never a second manager`() {
        // A second manager is an assertion of libcamera's that ends the process.
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for _ in 0..<8 { _ = try? LibcameraLibrary.shared().cameras }
        }
        #expect(LibcameraLibrary.version.hasPrefix("v"))
    }
}
