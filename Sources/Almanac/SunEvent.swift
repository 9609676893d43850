/// What the Sun does once a day, where it does it at all.
public enum SunEvent: String, CaseIterable, Sendable {
    /// The upper limb at a level horizon, through 34' of refraction: the centre at -50'.
    case sunrise, sunset
    /// The centre 6° below the horizon: enough light to work outside.
    case civilDawn = "civil_dawn"
    case civilDusk = "civil_dusk"
    /// The centre 12° below the horizon: a horizon at sea.
    case nauticalDawn = "nautical_dawn"
    case nauticalDusk = "nautical_dusk"
    /// The centre 18° below the horizon: all the stars.
    case astronomicalDawn = "astronomical_dawn"
    case astronomicalDusk = "astronomical_dusk"
    /// The Sun on the meridian, above the pole and below it. These happen in the polar night too.
    case noon, midnight
}

extension SunEvent {
    enum Kind {
        /// The centre passes so many degrees of elevation.
        case crossing(elevation: Double, rising: Bool)
        case transit(upper: Bool)
    }

    var kind: Kind {
        switch self {
        case .sunrise: .crossing(elevation: -50.0 / 60, rising: true)
        case .sunset: .crossing(elevation: -50.0 / 60, rising: false)
        case .civilDawn: .crossing(elevation: -6, rising: true)
        case .civilDusk: .crossing(elevation: -6, rising: false)
        case .nauticalDawn: .crossing(elevation: -12, rising: true)
        case .nauticalDusk: .crossing(elevation: -12, rising: false)
        case .astronomicalDawn: .crossing(elevation: -18, rising: true)
        case .astronomicalDusk: .crossing(elevation: -18, rising: false)
        case .noon: .transit(upper: true)
        case .midnight: .transit(upper: false)
        }
    }
}
