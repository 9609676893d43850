@testable import CameraBindings
import Testing

@Suite struct AutoFocusTests {
    private func settings(_ mode: AutoFocus.Mode, _ range: ClosedRange<Double> = 0...12, rest: Double = 1) -> AutoFocus.Settings {
        AutoFocus.Settings(mode: mode, range: range, rest: rest, manualPosition: 3)
    }

    /// Steps until nothing scans any more; gives the frames it took.
    @discardableResult private func run(_ focus: inout AutoFocus, _ settings: AutoFocus.Settings, distance: Double, most: Int = 200) -> Int
    {
        for frame in 0..<most {
            focus.step(AutoFocus.figure(position: focus.position, distance: distance), settings)
            if focus.state != .scanning { return frame }
        }
        return most
    }

    @Test(arguments: [0.1, 0.2, 0.5, 1, 4, 30])
    func `continuous focus finds its subject within two seconds`(_ distance: Double) {
        var focus = AutoFocus()
        let frames = run(&focus, settings(.continuous), distance: distance)
        #expect(frames < 60 && focus.state == .focused)
        #expect(abs(focus.position - 1 / distance) <= 0.15)
    }

    @Test func `continuous focus looks again when the subject moves`() {
        var focus = AutoFocus()
        run(&focus, settings(.continuous), distance: 4)
        for _ in 0..<10 { focus.step(AutoFocus.figure(position: focus.position, distance: 4), settings(.continuous)) }
        #expect(focus.state == .focused)
        for _ in 0..<8 { focus.step(AutoFocus.figure(position: focus.position, distance: 0.3), settings(.continuous)) }
        #expect(focus.state == .scanning)
        run(&focus, settings(.continuous), distance: 0.3)
        #expect(abs(focus.position - 1 / 0.3) <= 0.15)
    }

    @Test func `auto waits for its trigger and scans once`() {
        var focus = AutoFocus()
        run(&focus, settings(.auto), distance: 0.5)
        #expect(focus.state == .idle && focus.position == 1)
        focus.trigger(settings(.auto))
        run(&focus, settings(.auto), distance: 0.5)
        #expect(focus.state == .focused && abs(focus.position - 2) <= 0.15)
    }

    @Test func `a trigger counts in auto only`() {
        var focus = AutoFocus()
        run(&focus, settings(.manual), distance: 0.5)
        focus.trigger(settings(.manual))
        #expect(focus.state == .idle && focus.position == 3)
    }

    @Test func `a scan that finds nothing fails and the lens goes to rest`() {
        var focus = AutoFocus()
        run(&focus, settings(.auto, 3...15, rest: 4), distance: 10)
        focus.trigger(settings(.auto, 3...15, rest: 4))
        run(&focus, settings(.auto, 3...15, rest: 4), distance: 10)
        #expect(focus.state == .failed)
        #expect(focus.position == 4)
    }
}
