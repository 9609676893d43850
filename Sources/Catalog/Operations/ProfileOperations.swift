extension Catalog {
    static let profileOperations: [Operation] = [
        Operation(
            .get, "/v1/profiles", "getProfiles", "Every profile with its values, and those that are active", topic: "profiles",
            does: .answer(.profiles), replies: .own("Profiles"), access: .key),
        Operation(
            .put, "/v1/profiles/{name}", "defineProfile", "Add or replace a profile; an active one takes its new values at once",
            topic: "profiles", takes: .controls, does: .answer(.defineProfile), replies: .own("Profile"), access: .key),
        Operation(
            .delete, "/v1/profiles/{name}", "removeProfile", "Forget a profile; an active one is taken off first", topic: "profiles",
            does: .answer(.removeProfile), replies: .ok(), access: .key),
        Operation(
            .post, "/v1/profiles/{name}/push", "pushProfile", "Put a profile on top of the stack of each of its controls",
            topic: "profiles", does: .answer(.pushProfile), replies: .own("Outcomes"), access: .key),
        Operation(
            .post, "/v1/profiles/{name}/pop", "popProfile", "Take a profile off; each control falls back to its holder underneath",
            topic: "profiles", does: .answer(.popProfile), replies: .own("Profile"), access: .key),
    ]
}
