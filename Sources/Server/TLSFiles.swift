internal import Catalog
internal import NIOSSL

/// The certificate and key that REST is served with.
struct TLSFiles {
    private let files: (certificate: String, key: String)

    init(_ files: (certificate: String, key: String)) { self.files = files }

    /// TLS 1.2 and later.
    /// - Throws: a ``Problem`` that names the file that cannot be used.
    var configuration: TLSConfiguration {
        get throws {
            let chain: [NIOSSLCertificate]
            do {
                chain = try NIOSSLCertificate.fromPEMFile(files.certificate)
            } catch {
                throw unusable("certificate", files.certificate, error)
            }
            do {
                let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
                var configuration = TLSConfiguration.makeServerConfiguration(
                    certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
                configuration.minimumTLSVersion = .tlsv12
                // Tells now, not at the first connection, that key and certificate do not belong together.
                _ = try NIOSSLContext(configuration: configuration)
                return configuration
            } catch {
                throw unusable("key", files.key, error)
            }
        }
    }

    private func unusable(_ what: String, _ file: String, _ error: any Error) -> Problem {
        Problem(.unavailable, "the \(what) file '\(file)' cannot be used: \(error); give a PEM file that belongs to the other one")
    }
}
