extension Catalog {
    /// `?follow=1` turns an answer into a stream of server-sent events.
    static let follow = WireField("follow", "Stream what comes as server-sent events instead", .boolean, standard: false)

    static let followingOperations: [Operation] = [
        Operation(
            .get, "/v1/events", "followEvents", "Events as they happen, as server-sent events named after their topics", topic: "events",
            query: [WireField("topics", "Only these, separated by commas", .text, standard: .null)],
            headers: [WireField("Last-Event-ID", "Go on after this event; at most 1,000 are kept", .text, standard: .null)],
            does: .answer(.events), replies: .media("text/event-stream"), access: .key),
        Operation(
            .get, "/v1/camera/metadata", "getMetadata", "What the newest frame said about itself", topic: "camera",
            query: [
                follow,
                WireField("hz", "At most so many a second; without it every frame", .number(.init(above: 0, to: 1000)), standard: .null),
            ], does: .answer(.metadata), replies: .followed("Metadata")),
    ]
}
