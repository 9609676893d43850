public import CameraBindings
public import Catalog

/// Where frames come from; the engine, as this target sees it.
public protocol FrameSource: Sendable {
    /// Hands every frame to `look` until the subscription is released; the camera makes pixels meanwhile.
    ///
    /// `look` is called on the camera's thread and must not block. A frame that is kept keeps a buffer of the camera.
    func watch(_ look: @escaping @Sendable (Frame) -> Void) -> Subscription
}
