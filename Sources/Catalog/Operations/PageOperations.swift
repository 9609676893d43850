extension Catalog {
    static let pageOperations: [Operation] = [
        Operation(
            .get, "/", "getPage", "The live picture and the state of the host, for people", topic: "pages", does: .answer(.page),
            replies: .media("text/html"), access: .open),
        Operation(
            .get, "/docs", "getReference", "Operations, controls, commands, events and Lua functions, for people", topic: "pages",
            does: .answer(.reference), replies: .media("text/html"), access: .open),
        Operation(
            .get, "/redoc", "getReferenceToo", "The same, where clients of pi-camera-service look for it", topic: "pages",
            does: .answer(.reference), replies: .media("text/html"), access: .open),
    ]
}
