/// Times as the formulas want them, from seconds since 1970.
struct DynamicalTime {
    /// Days since 2000 January 1, 12:00 universal time: what the Earth's rotation follows.
    ///
    /// UTC is taken for UT1, which it never leaves by more than 0.9 s.
    let universalDays: Double
    /// Julian centuries of dynamical time since then: what the orbits follow.
    let centuries: Double

    init(_ time: Double) {
        universalDays = (time - 946_728_000) / 86_400
        centuries = (universalDays + DynamicalTime.lead(universalDays) / 86_400) / 36_525
    }

    /// Seconds by which dynamical time leads universal time, known to 2 s from 1960 to 2040.
    ///
    /// Straight lines between the yearly values of the IERS (40.2 s in 1970, 56.9 s in 1990, 63.8 s in 2000, 69.2 s since 2018).
    /// In two seconds the Sun moves by 0.08".
    private static func lead(_ days: Double) -> Double {
        let year = 2000 + days / 365.25
        return switch year {
        case ..<2000: max(40.2 + (year - 1970) * 0.82, 0) - max(year - 1990, 0) * 0.13
        case ..<2018: 63.8 + (year - 2000) * 0.3
        default: 69.2 + max(year - 2030, 0) * 0.3
        }
    }
}
