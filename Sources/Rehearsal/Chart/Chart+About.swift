extension Chart {
    /// What the picture shows, for those who do not see it.
    var about: String {
        let shown = data.samples.filter { axis.contains($0.time) }
        let bands = data.bands.prefix(12).map { "\($0.name) \(moment($0.from)) to \(moment($0.to))" }
        let problems = marks.filter(\.isProblem).map { "\(moment($0.time)) \($0.label)" }
        let sentences = [
            "From \(moment(axis.begin)) to \(moment(axis.end)), local time", list("Profiles", bands, of: data.bands.count),
            range("Lux", shown.map(\.lux)), range("Milliseconds", shown.map { $0.exposureTime / 1000 }), range("Gain", shown.map(\.gain)),
            "Pictures: \(pictures)", list("Problems", problems, of: problems.count),
        ]
        return sentences.compactMap { $0.map { "\($0)." } }.joined(separator: " ")
    }

    private func list(_ name: String, _ items: [String], of count: Int) -> String? {
        let more = count > items.count ? " and \(count - items.count) more" : ""
        return items.isEmpty ? nil : "\(name): \(items.joined(separator: ", "))\(more)"
    }

    private func range(_ name: String, _ values: [Double]) -> String? {
        let known = values.filter(\.isFinite)
        guard let least = known.min(), let most = known.max() else { return nil }
        return "\(name): \(least.fixed) to \(most.fixed)"
    }

    private func moment(_ time: Double) -> String { "\(axis.local(time).date) \(axis.local(time).clock)" }
}
