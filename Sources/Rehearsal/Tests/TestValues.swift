internal import Catalog
internal import Scripting

extension TimelineSample {
    /// The sample as tests see it.
    var value: Value {
        [
            "time": .number(time), "lux": .number(lux), "scene_lux": .number(sceneLux), "exposure_time": .number(exposureTime),
            "gain": .number(gain), "luma": .number(luma), "elevation": .number(elevation), "camera": .bool(hasFrame),
            "profile": .text(profiles.last ?? "normal"), "profiles": .list(profiles.map(Value.text)),
        ]
    }
}

extension WebRequest {
    /// The request as tests see it.
    var fields: [String: Value] {
        var fields: [String: Value] = ["method": .text(method), "url": .text(url), "headers": .table(headers.mapValues(Value.text))]
        switch body {
        case .none: break
        case .text(let text): fields["body"] = .text(text)
        case .json(let value): fields["json"] = value
        case .form(let form): fields["form"] = .table(form.mapValues(Value.text))
        case .file(let path): fields["file"] = .text(path)
        }
        return fields
    }
}
