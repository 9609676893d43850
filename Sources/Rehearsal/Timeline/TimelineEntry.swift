package import Catalog
package import Engine
package import Scripting

/// Something that happened in a rehearsal and is told.
package struct TimelineEntry: Sendable {
    /// What happened.
    package enum What: Sendable {
        /// A change of controls.
        case decision(Change)
        /// An event of the bus.
        case event(Event)
        /// A line of a script's log.
        case log(ScriptLogLine)
        /// A request to a server, and its status or what went wrong.
        case request(WebRequest, answer: String)
    }

    /// What somebody decided, and what became of it.
    package struct Change: Sendable {
        /// What was done.
        package let kind: Decision.Kind
        /// The profile, where it is about one.
        package let profile: String?
        /// What was asked for, or counts again.
        package let values: [String: Value]
        /// Seconds to get there.
        package let over: Double
        /// What became of it, by key.
        package var outcomes: [String: Outcome]
    }

    /// When, in seconds since 1970, by the true time.
    package let time: Double
    /// The light at that time; nil before the first frame.
    package let lux: Double?
    /// The script whose doing it was; nil for the host's own.
    package let script: String?
    /// What happened.
    package var what: What
}

/// How things stood at a moment.
package struct TimelineSample: Sendable, Equatable {
    /// When, in seconds since 1970, by the true time.
    package var time: Double
    /// The camera's estimate of the light.
    package var lux: Double
    /// The light there was.
    package var sceneLux: Double
    /// Exposure time in µs.
    package var exposureTime: Double
    /// Gain of the sensor.
    package var gain: Double
    /// Mean luma of the picture, 16 to 235.
    package var luma: Double
    /// Elevation of the Sun in degrees.
    package var elevation: Double
    /// The active profiles, oldest first.
    package var profiles: [String]
    /// Whether the camera delivered a frame.
    package var hasFrame = true
}

/// A picture that was taken.
package struct TimelineStill: Sendable, Equatable {
    /// When, in seconds since 1970, by the true time.
    package let time: Double
    /// Where it went, below the media folder.
    package let path: String
    /// How the frame was exposed, in µs.
    package let exposureTime: Double
    /// Gain of the sensor.
    package let gain: Double
    /// Mean luma, 16 to 235.
    package let luma: Double
}
