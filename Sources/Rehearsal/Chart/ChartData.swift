/// What a chart shows: a span of time, and what the light, the camera and the scripts did in it.
///
/// Times are seconds since 1970, UTC. What lies outside `begin...end` is cut off.
struct ChartData: Sendable {
    /// One moment; what is not known is nil, what is not finite leaves a gap.
    struct Sample: Sendable {
        var time: Double
        /// The light as the camera reports it.
        var lux: Double
        /// The light there is.
        var sceneLux: Double? = nil
        /// In microseconds.
        var exposureTime: Double
        var gain: Double
        /// The mean brightness of the picture, 16 to 235.
        var luma: Double? = nil
        /// Degrees above the horizon.
        var sunElevation: Double? = nil
    }

    /// A profile while it is active.
    struct Band: Sendable {
        var name: String
        var from: Double
        var to: Double
    }

    /// A decision or a failure worth a flag.
    struct Mark: Sendable {
        var time: Double
        var label: String
        var isProblem = false
    }

    var title: String
    var subtitle: String
    var begin: Double
    var end: Double
    /// What the clocks on the wall show at a moment.
    var localTime: @Sendable (Double) -> LocalTime
    /// In order of time.
    var samples: [Sample] = []
    var bands: [Band] = []
    /// When a picture was taken.
    var stills: [Double] = []
    var recordings: [ClosedRange<Double>] = []
    var marks: [Mark] = []
    /// The profiles of another script, to compare with; may be empty.
    var otherBands: [Band] = []
}

/// What a clock and a calendar on the wall show.
struct LocalTime: Hashable, Sendable {
    var year: Int
    /// 1 to 12.
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int

    /// Such as `07:05`.
    var clock: String { "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)" }

    /// Such as `21 Dec`.
    var date: String { "\(day) \(monthName)" }

    /// Such as `Dec`.
    var monthName: String {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return names.indices.contains(month - 1) ? names[month - 1] : "?"
    }

    /// Whether the calendar shows the same page.
    func isSameDay(as other: LocalTime) -> Bool { (year, month, day) == (other.year, other.month, other.day) }
}
