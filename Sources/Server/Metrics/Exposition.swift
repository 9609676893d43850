internal import Catalog

/// Writes metrics in Prometheus' text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/).
struct Exposition {
    /// The media type of the format.
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// What a metric is.
    enum Kind: String {
        case counter, gauge, summary, histogram
    }

    /// What was written so far.
    private(set) var text = ""

    /// Begins a metric; its samples follow.
    mutating func metric(_ name: String, _ kind: Kind, _ about: String) {
        text += "# HELP \(name) \(about.replacing("\\", with: "\\\\").replacing("\n", with: "\\n"))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Writes a sample.
    mutating func sample(_ name: String, _ labels: KeyValuePairs<String, String> = [:], _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.key)=\"\(Exposition.escape($0.value))\"" }.joined(separator: ",") + "}"
        }
        text += " \(Value.plain(value))\n"
    }

    /// A metric of one sample.
    mutating func single(_ name: String, _ kind: Kind, _ about: String, _ value: Double) {
        metric(name, kind, about)
        sample(name, [:], value)
    }

    private static func escape(_ label: String) -> String {
        label.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
