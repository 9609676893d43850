/// A fixed path of the REST surface, written as fields over controls and commands.
///
/// Routing, validation, the replies' fixed members and OpenAPI come from it. The paths under `/v1/camera` and `/v1/streaming` keep
/// the wire contract of gmathy2104/pi-camera-service 2.8.1, so that its clients move over unchanged.
public struct Operation: Sendable {
    /// Its method.
    public let method: Method
    /// Its path; `{name}` stands for one segment.
    public let path: String
    /// Its name in OpenAPI, unique.
    public let id: String
    /// What it does, in one sentence.
    public let about: String
    /// The group it is listed under.
    public let topic: String
    /// Whether a member of the body that it does not know is refused; the reference service, and so its operations here, ignores one.
    public var isStrict: Bool { topic == "scripts" }
    /// What it takes.
    public let body: Body
    /// What its query may say; each member is optional.
    public let query: [WireField]
    /// The request headers that mean something to it.
    public let headers: [WireField]
    /// What it does with it.
    public let action: Action
    /// What it answers.
    public let reply: Reply
    /// Statuses it answers with beside 200 and those that follow from what it takes.
    public let statuses: [Int]
    /// Who may call it and when.
    public let access: Access

    /// Creates an operation; see ``Catalog/operations``.
    public init(
        _ method: Method, _ path: String, _ id: String, _ about: String, topic: String, takes body: Body = .none, query: [WireField] = [],
        headers: [WireField] = [], does action: Action, replies reply: Reply, also statuses: [Int] = [], access: Access = .camera
    ) {
        self.method = method
        self.path = path
        self.id = id
        self.about = about
        self.topic = topic
        self.body = body
        self.query = query
        self.headers = headers
        self.action = action
        self.reply = reply
        self.statuses = statuses
        self.access = access
    }

    /// The methods in use; the raw value is what the request line says.
    public enum Method: String, Sendable, CaseIterable {
        /// Reads.
        case get = "GET"
        /// Acts.
        case post = "POST"
        /// Replaces.
        case put = "PUT"
        /// Changes some members.
        case patch = "PATCH"
        /// Gives back.
        case delete = "DELETE"

        /// Whether a request with it may change something.
        public var changes: Bool { self != .get }
    }

    /// What a request carries.
    public enum Body: Sendable {
        /// Nothing; whatever is sent is ignored.
        case none
        /// A JSON object with these members; others are ignored.
        case fields([WireField], required: Bool = true)
        /// A JSON object of control keys and their values.
        case controls
        /// Program text as it is, or a JSON object with the member `source`.
        case source
    }

    /// What an operation does.
    public enum Action: Sendable {
        /// Sets controls; a false member called `stopUnless` stops publishing afterwards.
        case set(Translation, stopUnless: String? = nil)
        /// Performs a command.
        case perform(String)
        /// Answers from what is known, or does what only the server can.
        case answer(Answer)
    }

    /// Turns checked members into control values; absent optional members are `.null` or their default.
    public typealias Translation = @Sendable ([String: Value]) throws(Problem) -> [String: Value]

    /// The operations that are more than a list of values.
    public enum Answer: Sendable {
        /// Whether the service is up, and what of it.
        case health
        /// This document.
        case openAPI
        /// Everything that is counted and measured.
        case metrics
        /// What the machine is doing.
        case systemStatus
        /// The last lines of the service's log.
        case logs
        /// New lines of the service's log.
        case followLogs
        /// The reference service's status.
        case status
        /// What the camera can do.
        case capabilities
        /// The field-of-view mode.
        case fovMode
        /// A picture in base64.
        case captureSnapshot
        /// A picture.
        case snapshot
        /// One picture after the other.
        case viewPictures
        /// The files of the media folder.
        case media
        /// One file of the media folder.
        case medium
        /// Delete a file of the media folder.
        case deleteMedium
        /// Every control.
        case controls
        /// Several values at once.
        case changeControls
        /// One control.
        case control
        /// Give a control back to the holder underneath.
        case releaseControl
        /// The holders of a control.
        case why
        /// Every profile.
        case profiles
        /// Add or replace a profile.
        case defineProfile
        /// Forget a profile.
        case removeProfile
        /// Put a profile on top.
        case pushProfile
        /// Take a profile off.
        case popProfile
        /// Events as they happen.
        case events
        /// The newest frame's report.
        case metadata
        /// The stream as a fragmented MP4.
        case liveVideo
        /// The page with the live picture.
        case page
        /// The reference pages.
        case reference
        /// Every script.
        case scripts
        /// Run a script by name or from source.
        case startScript
        /// One script.
        case script
        /// Run a script of the script folder.
        case runScript
        /// Tells what a dry run would have done.
        case shadow
        /// Ends a dry run.
        case endShadow
        /// Runs for real what is in a dry run.
        case promote
        /// Stop a script.
        case stopScript
        /// Load a script anew.
        case reloadScript
        /// Load every running script anew.
        case reloadScripts
        /// Replace a script's text.
        case saveScript
        /// Delete a script's file.
        case deleteScript
        /// The last lines of a script's log.
        case scriptLog
        /// Look for mistakes without running.
        case checkScript
        /// One turn of a session.
        case evaluate
    }

    /// What a success looks like.
    public enum Reply: Sendable {
        /// `status` and request members under the names they are echoed as.
        case ok(schema: String = "Ok", [Echo] = [])
        /// `status` and what became of the frame rate.
        case framerate
        /// The field-of-view mode and what it means.
        case fovMode
        /// `status` and whether publishing is wanted now.
        case streaming(Bool)
        /// The answer's own schema.
        case own(String)
        /// The answer's own schema, or server-sent events with `?follow=1`.
        case followed(String)
        /// Bytes of a media type that is not JSON.
        case media(String)
        /// Bytes of one of several media types.
        case files([String])
    }

    /// A request member that comes back in the reply.
    public struct Echo: Sendable {
        /// Its name in the reply.
        public let name: String
        /// Its name in the request.
        public let field: String

        /// Creates an echo; the request's name serves for both unless given.
        public init(_ name: String, of field: String? = nil) {
            self.name = name
            self.field = field ?? name
        }
    }

    /// Who may call an operation and when.
    public enum Access: Sendable {
        /// Anybody, always.
        case open
        /// Whoever has the key.
        case key
        /// Whoever has the key, once there is a camera.
        case camera
    }
}

extension Operation {
    /// The members of its body, if it has any that are fixed.
    public var fields: [WireField] {
        if case .fields(let fields, _) = body { fields } else { [] }
    }

    /// Whether a request may carry program text.
    public var takesCode: Bool {
        if case .source = body { return true }
        return fields.contains { $0.name == "source" || $0.name == "code" }
    }

    /// The control values that checked members ask for; empty for an operation that sets none.
    /// - Throws: `not_one_of` for a word the contract does not know, or the rule between members that was broken.
    public func values(from members: [String: Value]) throws(Problem) -> [String: Value] {
        for field in fields {
            guard let value = members[field.name], value != .null, !field.allowed.isEmpty, !field.allowed.contains(value) else { continue }
            throw .notOneOf(field.name, field.allowed, got: value)
        }
        guard case .set(let translate, _) = action else { return [:] }
        return try translate(members)
    }

    /// An operation of the reference service that sets controls.
    ///
    /// Without a translation, each member sets the control that its field names.
    static func setting(
        _ path: String, _ id: String, _ about: String, topic: String, _ fields: [WireField], reply: Reply = .ok(),
        stopUnless: String? = nil, _ translate: Translation? = nil
    ) -> Operation {
        Operation(
            .post, "/v1/camera/\(path)", id, about, topic: topic, takes: .fields(fields),
            does: .set(translate ?? direct(fields), stopUnless: stopUnless), replies: reply)
    }

    /// Each member sets the control that its field names; null sets nothing.
    static func direct(_ fields: [WireField]) -> Translation {
        { members throws(Problem) in
            fields.reduce(into: [:]) { values, field in
                guard let key = field.control, let value = members[field.name], value != .null else { return }
                values[key] = value
            }
        }
    }
}
