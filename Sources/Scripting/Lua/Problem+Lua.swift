internal import Catalog

extension Problem {
    /// The problem as a script sees it: `code`, `sentence`, `key`, `allowed` and `given`.
    var fields: Value {
        var fields: [String: Value] = ["code": .text(code.rawValue), "sentence": .text(sentence)]
        fields["key"] = key.map(Value.text)
        fields["allowed"] = allowed
        fields["given"] = given
        return .table(fields)
    }

    /// A problem a script raised, with the position where it did in front of the sentence.
    init(fields: Value) {
        let fields = fields.table ?? [:]
        let code = fields["code"]?.string.flatMap(Code.init) ?? .script
        let sentence = (fields["where"]?.string ?? "") + (fields["sentence"]?.string ?? "a problem")
        self.init(code, sentence, key: fields["key"]?.string, allowed: fields["allowed"], given: fields["given"])
    }
}
