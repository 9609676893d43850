internal import Painting

extension SimulatedSensor {
    /// Which part of the scene a frame shows, and through what lens.
    func view(_ shot: Shot) -> View {
        let turned = configuration.rotation == 180
        return View(
            window: window(shot.settings.roi), isMirrored: configuration.hflip != turned, isUpsideDown: configuration.vflip != turned,
            defocus: shot.defocus, sharpness: shot.settings.sharpness, darkensCorners: !shot.settings.correctsLens)
    }

    /// What light and processing make of it.
    func look(_ shot: Shot) -> Look {
        let settings = shot.settings
        return Look(
            exposure: shot.exposure, brightness: settings.brightness, contrast: settings.contrast, saturation: settings.saturation,
            red: shot.cast.red, blue: shot.cast.blue, isCompressed: configuration.hdr != "off", noise: shot.noise)
    }

    /// The part of the pixel array that fills the picture: what the mode reads, cut to the picture's shape, and of that the zoom window.
    private func window(_ roi: Window) -> Area {
        let crop = model.readouts[configuration.mode ?? 0].mode.crop
        let wide = crop.width * Double(model.width) / (crop.height * Double(model.height))
        let wanted = Double(configuration.width) / Double(configuration.height)
        let (across, down) = wanted > wide ? (1, wide / wanted) : (wanted / wide, 1)
        let width = crop.width * across
        let height = crop.height * down
        return Area(
            x: crop.x + (crop.width - width) / 2 + roi.x * width, y: crop.y + (crop.height - height) / 2 + roi.y * height,
            width: roi.width * width, height: roi.height * height)
    }
}
