/// How the REST server runs.
public struct ServerConfiguration: Sendable {
    /// The address to listen on.
    public var host: String
    /// The port to listen on; 0 takes a free one.
    public var port: Int
    /// What `X-API-Key` must say; nil or empty turns the key off.
    public var apiKey: String?
    /// A second key that may read and change nothing; nil or empty for none.
    public var readOnlyKey: String?
    /// PEM files of the certificate chain and its key; nil serves without TLS.
    public var tls: (certificate: String, key: String)?
    /// Names, beside addresses and `localhost`, under which clients reach this host.
    public var allowedHosts: [String]
    /// The service's version, as `/health` and OpenAPI tell it.
    public var version: String
    /// How long `?wait=applied` waits for a frame.
    public var patience: Duration

    /// Creates a configuration.
    public init(
        host: String = "127.0.0.1", port: Int = 8000, apiKey: String? = nil, readOnlyKey: String? = nil,
        tls: (certificate: String, key: String)? = nil, allowedHosts: [String] = [], version: String,
        patience: Duration = .seconds(2)
    ) {
        self.host = host
        self.port = port
        self.apiKey = apiKey
        self.readOnlyKey = readOnlyKey
        self.tls = tls
        self.allowedHosts = allowedHosts
        self.version = version
        self.patience = patience
    }
}
