/// Controls, commands, events and Lua functions on the reference page.
enum CatalogSection {
    static var html: HTML {
        """
        <section><h2 id="controls">controls</h2>
        <p>State that may be set from Lua (<code>camera.exposure.time = "20ms"</code>), from REST
        (<code>PATCH /v1/controls</code>) or by a profile. The limits here reject; what the attached camera cannot do is clamped and said.</p>
        \(HTML(joining: Catalog.topics.map(topic)))
        <h3 id="controls-raw">raw</h3>
        <p>Every control that libcamera knows, by its own name: <code>raw.AeFlickerPeriod</code>.
        <a href="/v1/controls"><code>/v1/controls</code></a> lists those that the attached camera reports.</p></section>
        <section><h2 id="commands">commands</h2>
        <p>Verbs. In Lua they are functions: <code>camera.focus.trigger()</code>, <code>stream.start()</code>.</p>
        \(HTML(joining: Catalog.commands.map(command)))</section>
        <section><h2 id="events">events</h2>
        <p>Signals. In Lua: <code>on("light.changed", function(e) … end)</code>.</p>
        \(HTML(joining: Catalog.events.map(event)))</section>
        <section><h2 id="lua">Lua functions</h2>
        <p>What a script finds beside controls, commands and events.</p>
        \(frame)\(HTML(joining: Catalog.functions.map(function)))</section>

        """
    }

    private static func topic(_ topic: String) -> HTML {
        let rows = Catalog.controls.filter { $0.topic == topic }.map { control -> [HTML] in
            [
                "<code id=\"\(control.key)\">\(control.key)</code>", HTML.prose(control.about + Reference.notes(control)),
                HTML.prose(Reference.accepts(control.type)), HTML.prose(Reference.code(control.standard)),
            ]
        }
        return "<h3 id=\"controls-\(topic)\">\(topic)</h3>\n\(HTML.table(["control", "what it does", "accepts", "standard"], rows))"
    }

    private static func command(_ command: Command) -> HTML {
        """
        <article id="\(command.key)"><h3><code>\(command.key)</code></h3>
        \(HTML.prose("\(command.sentences) Answers: \(command.reply)").paragraph)\(fields(command.arguments))</article>

        """
    }

    private static func event(_ event: EventKind) -> HTML {
        """
        <article id="\(event.key)"><h3><code>\(event.key)</code></h3>
        \(HTML.prose(event.about).paragraph)\(fields(event.fields))</article>

        """
    }

    private static func fields(_ fields: [Field]) -> HTML {
        HTML.table(
            ["field", "what it says", "type"],
            fields.map { field in
                let note: HTML = field.isOptional ? " (optional)" : ""
                return ["<code>\(field.name)</code>\(note)", HTML.prose(field.about), HTML.prose(Reference.accepts(field.type))]
            })
    }

    private static var frame: HTML {
        let rows = FrameReport.fields.map { field -> [HTML] in
            ["<code>camera.frame.\(field.name)</code>", HTML.prose(field.about), "\(field.unit.rawValue)"]
        }
        return "<h3>camera.frame</h3>\n\(HTML.table(["field", "what it says", "unit"], rows))"
    }

    private static func function(_ function: ScriptFunction) -> HTML {
        let names = function.parameters.map(\.name).joined(separator: ", ")
        return """
            <article><h3><code>\(function.name)(\(names))</code></h3>
            \(HTML.prose(function.about).paragraph)<pre>\(function.example)</pre></article>

            """
    }
}
