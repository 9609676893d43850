public import Catalog

/// What a script finds in a host, as far as its text can be checked against it.
public struct ScriptSurface: Sendable {
    /// The globals by name.
    public var globals: [String: Member]
    /// The controls by key; those that begin with `raw.` are the camera's own and known to it only.
    public var controls: [String: Control]
    /// The events of the host by topic.
    public var events: [String: EventKind]

    /// Creates a surface; see ``standard``.
    public init(globals: [String: Member], controls: [String: Control] = [:], events: [String: EventKind] = [:]) {
        self.globals = globals
        self.controls = controls
        self.events = events
    }

    /// The globals that a script has, in alphabetical order.
    public var names: [String] {
        globals.filter { _, member in
            switch member {
            case .absent, .later: false
            default: true
            }
        }.keys.sorted()
    }

    /// What a name stands for.
    public indirect enum Member: Sendable {
        /// Anything may be done with it.
        case open
        /// A value that only reads; anything may be below it.
        case reading
        /// A control, by key.
        case control(String)
        /// A table in which every name is one of the camera's own controls.
        case rawControls
        /// A command of the Catalog.
        case command(Command)
        /// A function.
        case function(Function)
        /// A table.
        case table(Table)
        /// A name that belongs to a later version.
        case later(String)
        /// A name of Lua's own library that scripts do not have, and what they have instead.
        case absent(String, instead: String)

        /// Whether scripts do not have it at all.
        var isAbsent: Bool { if case .absent = self { true } else { false } }
    }

    /// A table whose names are known.
    public struct Table: Sendable {
        /// How a script reaches it: `camera.exposure`; empty for the globals.
        public let path: String
        /// What messages put before its names: `exposure`.
        public let key: String
        /// What messages call a name in it.
        public let noun: String
        /// Whether writing a name it does not have is refused.
        public let isSealed: Bool
        /// What it has, by name.
        public var members: [String: Member]

        /// Creates a table.
        public init(
            _ path: String, key: String? = nil, noun: String = "name", isSealed: Bool = false, members: [String: Member] = [:]
        ) {
            self.path = path
            self.key = key ?? path
            self.noun = noun
            self.isSealed = isSealed
            self.members = members
        }
    }
}

extension ScriptSurface {
    /// A function with what is known of its arguments.
    public struct Function: Sendable {
        /// How it is called: `every`, `profile.push`, `camera:apply`.
        public let name: String
        /// Whether it is called with a colon.
        public var isMethod: Bool { name.contains(":") }
        /// What it takes, in order.
        public let parameters: [Parameter]
        /// Whether it may give a function.
        public let mayReturnFunction: Bool

        /// Creates a function.
        public init(_ name: String, _ parameters: [Parameter] = [], mayReturnFunction: Bool = false) {
            self.name = name
            self.parameters = parameters
            self.mayReturnFunction = mayReturnFunction
        }
    }

    /// A parameter of a function.
    public struct Parameter: Sendable {
        /// What it is for.
        public let role: Role
        /// Whether it may be left out or nil.
        public let isOptional: Bool

        /// Creates a parameter.
        public init(_ role: Role, isOptional: Bool = false) {
            self.role = role
            self.isOptional = isOptional
        }
    }

    /// What an argument means.
    public enum Role: Sendable, Equatable {
        /// Nothing is known of it.
        case any
        /// A time: seconds, or text such as `5m`.
        case duration
        /// A time that may be below zero.
        case shift
        /// A time that may not be too short, because it comes again and again.
        case interval
        /// A function that is called later.
        case callback
        /// The topic of an event to listen to.
        case topic
        /// The topic of an event to send.
        case ownTopic
        /// The key of a control; so are all arguments that follow.
        case controlKey
        /// A table of controls and values, in which these names are times instead.
        case controlValues(times: [String])
        /// A table of options by name.
        case options([String: Role])
        /// An address on the network.
        case url
        /// One of these words.
        case word([String])
        /// A time of day: `22:30`.
        case timeOfDay
        /// A line of a crontab.
        case cron
    }
}
