/// The light a camera looks at.
package struct Light: Sendable, Equatable {
    /// Illuminance of the scene.
    package var lux: Double
    /// Colour temperature in kelvin.
    package var colourTemperature: Double
    /// Metres to what the camera should focus on.
    package var distance: Double

    /// Creates light.
    package init(lux: Double, colourTemperature: Double, distance: Double = 4) {
        self.lux = lux
        self.colourTemperature = colourTemperature
        self.distance = distance
    }

    /// Light of a brightness in the colour that it usually has outdoors: daylight, dusk, street lamps.
    package static func usual(lux: Double) -> Light {
        Light(lux: lux, colourTemperature: lux >= 400 ? 5600 : lux >= 10 ? 4200 : 2700)
    }
}
