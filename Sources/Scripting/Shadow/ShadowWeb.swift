internal import Catalog

/// Servers as a script in a dry run reaches them: it may read, and what it would send is noted and answered as if all was well.
struct ShadowWeb: WebClient {
    let real: (any WebClient)?
    let records: ShadowRecords

    func send(_ request: WebRequest) async throws(Problem) -> WebReply {
        if request.method == "GET" || request.method == "HEAD" {
            guard let real else { throw Problem(.unavailable, "there is no way to reach servers here") }
            return try await real.send(request)
        }
        records.note("request", "\(request.method) \(request.url)")
        return WebReply(status: 200, headers: ["x-luneta": "dry run"], body: "")
    }
}
