import CameraBindings
import Catalog
import Testing
import Timing

@testable import Engine

struct LedgerTests {
    private let later = Instant(nanoseconds: 1_000_000_000)

    private func frame(_ number: UInt64, request: UInt64, _ values: [String: Value], reasons: [String: String] = [:]) -> FrameMetadata {
        var report = FrameReport()
        report.sequence = number
        return FrameMetadata(report: report, settledRequest: request, inForce: InForce(values: values, reasons: reasons))
    }

    private func sent(_ value: Value, request: UInt64, reason: String? = nil) -> Ledger.Entry {
        .sent(asked: value, sent: value, reason: reason, request: request)
    }

    @Test func `a write is applied at the first frame that carries its request`() {
        var ledger = Ledger()
        let ticket = ledger.open(["exposure.time": sent(20000, request: 7)], deadline: later).ticket
        #expect(ledger.seen(frame(41, request: 6, ["exposure.time": 10000])).isEmpty)
        #expect(ledger.seen(frame(42, request: 7, ["exposure.time": 19987])) == [ticket])
        #expect(ledger.outcomes(ticket)["exposure.time"] == Outcome(.applied, asked: 20000, applied: 19987, frame: 42))
    }

    @Test func `a value that the camera cut is clamped, with its reason`() {
        var ledger = Ledger()
        let ticket = ledger.open(["exposure.gain": sent(16, request: 1)], deadline: later).ticket
        _ = ledger.seen(frame(3, request: 1, ["exposure.gain": 10.66], reasons: ["exposure.gain": "the sensor's gain ends at 10.66"]))
        let outcome = ledger.outcomes(ticket)["exposure.gain"]
        #expect(outcome?.state == .clamped)
        #expect(outcome?.reason == "the sensor's gain ends at 10.66")
    }

    @Test func `a newer write of a key supersedes the older one`() {
        var ledger = Ledger()
        let first = ledger.open(["image.contrast": sent(1.5, request: 1)], deadline: later).ticket
        let (second, completed) = ledger.open(["image.contrast": sent(2, request: 2)], deadline: later)
        #expect(completed == [first])
        #expect(ledger.outcomes(first)["image.contrast"]?.state == .superseded)
        #expect(ledger.outcomes(second)["image.contrast"]?.state == .pending)
    }

    @Test func `a write that no frame proves in time is unconfirmed`() {
        var ledger = Ledger()
        let ticket = ledger.open(["image.contrast": sent(1.5, request: 1)], deadline: later).ticket
        #expect(ledger.expire(later).isEmpty)
        #expect(ledger.expire(later.advanced(by: 0.001)) == [ticket])
        #expect(ledger.outcomes(ticket)["image.contrast"]?.state == .unconfirmed)
    }

    @Test func `a refused configuration settles its keys and no others`() {
        var ledger = Ledger()
        let ticket = ledger.open(["stream.size": sent([64, 64], request: 1), "image.contrast": sent(2, request: 1)], deadline: later).ticket
        #expect(ledger.refuse(["stream.size"], reason: "too small").isEmpty)
        #expect(ledger.outcomes(ticket)["stream.size"]?.state == .unsupported)
        #expect(ledger.seen(frame(1, request: 1, ["image.contrast": 2])) == [ticket])
    }

    @Test func `old tickets are forgotten, waiting ones are not`() {
        var ledger = Ledger()
        let waiting = ledger.open(["image.contrast": sent(2, request: 1_000_000)], deadline: later).ticket
        let oldest = ledger.open(["scene.threshold": .settled(Outcome(.applied, asked: 1))], deadline: later).ticket
        for _ in 0...Ledger.remembered { _ = ledger.open(["scene.threshold": .settled(Outcome(.applied, asked: 1))], deadline: later) }
        #expect(ledger.outcomes(oldest).isEmpty)
        #expect(ledger.outcomes(waiting)["image.contrast"]?.state == .pending)
    }
}
