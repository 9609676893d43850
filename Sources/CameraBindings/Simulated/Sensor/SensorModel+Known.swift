extension SensorModel {
    /// The sensors that can be simulated.
    package static let known: [SensorModel] = [
        imx708, imx708.variant("wide", fieldOfView: 120), imx708.variant("noir", isInfraredSensitive: true),
        imx708.variant("wide_noir", fieldOfView: 120, isInfraredSensitive: true), imx219, imx477,
    ]

    // Modes, line lengths and pixel rates are those of the Linux drivers (imx708.c of Raspberry Pi's kernel, imx219.c, imx477.c);
    // delays and gain formulas those of libcamera's sensor helpers, where the longer of exposure and gain delay counts, because
    // libcamera holds gain back so that both land together; longest exposures as Raspberry Pi publishes them.

    static let imx708 = SensorModel(
        name: "imx708", width: 4608, height: 2592,
        readouts: [
            Readout(
                mode: SensorMode(width: 4608, height: 2592, maximumFramerate: 14.35, about: "full"), lineTime: 15648 / 595.2),
            Readout(
                mode: SensorMode(width: 2304, height: 1296, maximumFramerate: 56.03, about: "full, binned"), lineTime: 7824 / 585.6),
            Readout(
                mode: SensorMode(
                    width: 1536, height: 864, maximumFramerate: 120.13, crop: centre(3072, 1728, of: 4608, 2592),
                    about: "cropped to 2/3, binned"), lineTime: 5216 / 566.4),
        ],
        gain: GainScale(scale: 1024, codes: 112...960), maximumExposure: 112_015_443, controlDelay: 2, luxSeconds: 12, lens: 0...15,
        hdrFramerate: 30, fieldOfView: 66, blackLevel: 4096)

    static let imx219 = SensorModel(
        name: "imx219", width: 3280, height: 2464,
        readouts: [
            Readout(
                mode: SensorMode(width: 3280, height: 2464, maximumFramerate: 21.19, about: "full"), lineTime: 3448 / 182.4),
            Readout(
                mode: SensorMode(
                    width: 1920, height: 1080, maximumFramerate: 47.57, crop: centre(1920, 1080, of: 3280, 2464), about: "cropped"),
                lineTime: 3448 / 182.4),
            Readout(
                mode: SensorMode(width: 1640, height: 1232, maximumFramerate: 41.85, about: "full, binned"), lineTime: 3448 / 182.4),
            Readout(
                mode: SensorMode(
                    width: 640, height: 480, maximumFramerate: 103.33, crop: centre(1280, 960, of: 3280, 2464), about: "cropped, binned"),
                lineTime: 3448 / 182.4),
        ],
        gain: GainScale(scale: 256, codes: 0...232), maximumExposure: 11_760_000, controlDelay: 2, luxSeconds: 8, fieldOfView: 62,
        blackLevel: 4096)

    static let imx477 = SensorModel(
        name: "imx477", width: 4056, height: 3040,
        readouts: [
            Readout(
                mode: SensorMode(width: 4056, height: 3040, maximumFramerate: 10, bitDepth: 12, about: "full"), lineTime: 24000 / 840),
            Readout(
                mode: SensorMode(width: 2028, height: 1520, maximumFramerate: 40.01, bitDepth: 12, about: "full, binned"),
                lineTime: 12740 / 840),
            Readout(
                mode: SensorMode(
                    width: 2028, height: 1080, maximumFramerate: 50.03, crop: centre(4056, 2160, of: 4056, 3040), bitDepth: 12,
                    about: "cropped in height, binned"), lineTime: 12740 / 840),
            Readout(
                mode: SensorMode(
                    width: 1332, height: 990, maximumFramerate: 120.05, crop: centre(2664, 1980, of: 4056, 3040),
                    about: "cropped to 2/3, binned"), lineTime: 6664 / 840),
        ],
        gain: GainScale(scale: 1024, codes: 0...978), maximumExposure: 670_740_000, controlDelay: 2, luxSeconds: 8, blackLevel: 4096)

    private func variant(_ suffix: String, fieldOfView: Int? = nil, isInfraredSensitive: Bool = false) -> SensorModel {
        var model = self
        model.name += "_" + suffix
        model.fieldOfView = fieldOfView ?? self.fieldOfView
        model.isInfraredSensitive = isInfraredSensitive
        return model
    }

    private static func centre(_ width: Double, _ height: Double, of fullWidth: Double, _ fullHeight: Double) -> Window {
        let (w, h) = (width / fullWidth, height / fullHeight)
        return Window(x: (1 - w) / 2, y: (1 - h) / 2, width: w, height: h)
    }
}
