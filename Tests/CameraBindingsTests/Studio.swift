@testable import CameraBindings
import Catalog
import Testing
import Timing

/// A simulated camera without thread and clock: steps frames and measures their pixels.
struct Studio {
    private var film: Film
    private var moment = Instant(nanoseconds: 0)
    private var request: UInt64 = 0
    var light: Light

    /// A camera before an empty, still street.
    init(_ name: String = "imx708", lux: Double = 12_000, _ configuration: CameraConfiguration = Studio.small) throws {
        var options = SimulationOptions()
        light = Light(lux: lux, colourTemperature: 5600)
        options.scene = Scene(light: light, hasMovement: false)
        let model = try #require(SensorModel.known.first { $0.name == name })
        let sensor = try SimulatedSensor(model, configuration)
        film = try Film(sensor, options, opened: moment, after: nil)
    }

    static let small = CameraConfiguration(width: 640, height: 360, mode: 1)

    /// Takes frames with other values in force, and gives the last one.
    mutating func shoot(_ values: [String: Value] = [:], frames: Int = 12) throws -> Frame {
        request += 1
        film.set(values, request: request)
        var last: Frame?
        for _ in 0..<frames {
            last = nil
            let turn = film.turn(light, begin: moment, wall: nil, missed: 0, paints: true)
            moment = moment.advanced(by: turn.seconds)
            if case .frame(let frame) = turn.signal { last = frame }
        }
        return try #require(last)
    }
}

/// What a test measures in a picture; areas in fractions of it.
extension Frame {
    /// The mean luma of an area.
    func luma(_ area: Window = .full) -> Double { mean(0, step: 1, offset: 0, area) }
    /// The mean blue difference.
    func cb(_ area: Window = .full) -> Double { mean(1, step: 2, offset: 0, area) }
    /// The mean red difference.
    func cr(_ area: Window = .full) -> Double { mean(1, step: 2, offset: 1, area) }

    /// The mean difference between neighbours, which focus and sharpness raise.
    func detail(_ area: Window = .full) -> Double {
        var (sum, count) = (0.0, 0.0)
        each(0, step: 1, area) { row, column in
            sum += abs(Double(row[column]) - Double(row[column + 1]))
            count += 1
        }
        return sum / count
    }

    /// The standard deviation of luma.
    func spread(_ area: Window = .full) -> Double {
        let mean = luma(area)
        var (sum, count) = (0.0, 0.0)
        each(0, step: 1, area) { row, column in
            sum += (Double(row[column]) - mean) * (Double(row[column]) - mean)
            count += 1
        }
        return (sum / count).squareRoot()
    }

    private func mean(_ plane: Int, step: Int, offset: Int, _ area: Window) -> Double {
        var (sum, count) = (0.0, 0.0)
        each(plane, step: step, area) { row, column in
            sum += Double(row[column + offset])
            count += 1
        }
        return sum / count
    }

    private func each(_ plane: Int, step: Int, _ area: Window, _ visit: (UnsafePointer<UInt8>, Int) -> Void) {
        guard let pixels else { return }
        let rows = pixels.planes[plane].rows
        let columns = pixels.width / step
        let across = Int(area.x * Double(columns))..<Int((area.x + area.width) * Double(columns)) - 1
        for row in Int(area.y * Double(rows))..<Int((area.y + area.height) * Double(rows)) {
            let bytes = UnsafePointer((pixels.planes[plane].base + row * pixels.planes[plane].stride).assumingMemoryBound(to: UInt8.self))
            for column in across { visit(bytes, column * (step == 2 ? 2 : 1)) }
        }
    }
}

extension Window {
    /// Parts of the street where it is known what there is.
    static let left = Window(x: 0, y: 0, width: 0.5, height: 0.9)
    static let right = Window(x: 0.5, y: 0, width: 0.5, height: 0.9)
    static let top = Window(x: 0, y: 0, width: 1, height: 0.4)
    static let bottom = Window(x: 0, y: 0.6, width: 1, height: 0.3)
    static let sky = Window(x: 0.55, y: 0.02, width: 0.1, height: 0.2)
    static let pavement = Window(x: 0.45, y: 0.77, width: 0.3, height: 0.05)
    static let fence = Window(x: 0.38, y: 0.67, width: 0.16, height: 0.06)
    static let corner = Window(x: 0.95, y: 0, width: 0.05, height: 0.05)
    static let road = Window(x: 0.3, y: 0.86, width: 0.4, height: 0.03)
}
