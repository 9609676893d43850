internal import Catalog
internal import HTTPTypes
internal import Timing

/// The pages for people: hand-written HTML, CSS and JavaScript in the binary, and nothing from anywhere else.
final class Pages: Sendable {
    private let document: Document
    // Rendered when somebody looks, and kept: a start has no time for it.
    private let rendered = Mutex<String?>(nil)

    /// Creates the pages of a host whose operations a document describes.
    init(_ document: Document) { self.document = document }

    /// The live picture and the state of the host.
    var live: Reply {
        let scripts = [
            PackageResources.request_js, PackageResources.video_js, PackageResources.pictures_js, PackageResources.state_js,
        ]
        return page(
            PackageResources.live_html,
            [
                "style": text(PackageResources.common_css) + text(PackageResources.live_css),
                "script": scripts.map(text).joined(separator: "\n"),
            ])
    }

    /// Operations, controls, commands, events and Lua functions.
    var reference: Reply {
        let body = rendered.withLock { rendered in
            let body = rendered ?? ReferencePage(document).html.text
            rendered = body
            return body
        }
        return page(
            PackageResources.reference_html,
            ["style": text(PackageResources.common_css) + text(PackageResources.reference_css), "body": body])
    }

    /// A page whose own style and script, told by a number that nobody can guess, are all that a browser may run or load.
    private func page(_ template: [UInt8], _ parts: [String: String]) -> Reply {
        let nonce = Pages.nonce()
        var html = text(template).replacing("{{nonce}}", with: nonce)
        for (name, part) in parts { html = html.replacing("{{\(name)}}", with: part) }
        return .bytes(Array(html.utf8), "text/html; charset=utf-8", Pages.headers(nonce))
    }

    private static func headers(_ nonce: String) -> HTTPFields {
        let policy = [
            "default-src 'none'", "style-src 'nonce-\(nonce)'", "script-src 'nonce-\(nonce)'", "connect-src 'self'",
            "img-src 'self' blob: data:", "media-src blob:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
        ]
        return [
            .contentSecurityPolicy: policy.joined(separator: "; "), .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            HTTPField.Name("Referrer-Policy")!: "no-referrer",
        ]
    }

    private static func nonce() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in String(random.next(), radix: 36) }.joined()
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
