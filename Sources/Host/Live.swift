internal import Engine
internal import Pipeline
internal import Server

/// The pipeline's live picture as the server knows it.
struct Live: LivePicture {
    let engine: Engine

    func watch() -> any LiveVideo { Video(view: engine.video.watch()) }

    private struct Video: LiveVideo {
        let view: LiveView

        func codecs() async -> String? { await view.codecs() }
        func end() { view.end() }
        func makeAsyncIterator() -> LiveView.Iterator { view.makeAsyncIterator() }
    }
}
