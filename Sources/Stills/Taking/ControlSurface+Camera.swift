internal import Catalog

extension ControlSurface {
    /// Lets pass while pictures may come: also while a camera is only being started or configured anew.
    /// - Throws: `unavailable` when there is no camera, with the reason.
    func requirePictures() throws(Problem) {
        let camera = status.camera
        let isConfigured = camera.isUp || info.table?.isEmpty == false
        guard camera.state == "lost" || !isConfigured else { return }
        let why = camera.reason.map { ": \($0)" } ?? ""
        throw Problem(.unavailable, "there are no pictures while the camera is \(camera.state)\(why)")
    }
}
