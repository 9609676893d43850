extension Catalog {
    static let geometry: [Control] = [
        Control(
            "geometry.roi", "Digital zoom: the window of the full field of view that fills the picture.", .window,
            standard: [0.0, 0.0, 1.0, 1.0]),
        Control("geometry.hflip", "Mirrors the picture left to right.", .bool, standard: false, cost: .reconfiguration),
        Control("geometry.vflip", "Mirrors the picture top to bottom.", .bool, standard: false, cost: .reconfiguration),
        Control(
            "geometry.rotation", "Turns the picture.", .numberChoice([0, 180], .degrees), standard: 0, cost: .reconfiguration),
        Control(
            "geometry.fov_mode", "`scale` picks the sensor mode that fits the size; `crop` leaves the choice to the camera.",
            .choice(["scale", "crop"]), standard: "scale"),
    ]
}
