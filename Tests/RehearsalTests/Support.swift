import Almanac
import Foundation

/// Seconds since 1970 of `2025-03-30T01:00:00Z`.
func seconds(_ stamp: String) throws -> Double { try Date(stamp, strategy: .iso8601).timeIntervalSince1970 }

/// The Sun over Munich.
func munich() throws -> Sun { try Sun(latitude: 48.1, longitude: 11.6) }

/// Whether two figures are as near as a share of the second.
func isClose(_ figure: Double, _ expected: Double, within share: Double) -> Bool { abs(figure - expected) <= share * abs(expected) }

/// How alike a series is to itself some steps later, -1 to 1.
func correlation(_ series: [Double], lag: Int) -> Double {
    let mean = series.reduce(0, +) / Double(series.count)
    let differences = series.map { $0 - mean }
    let variance = differences.reduce(0) { $0 + $1 * $1 } / Double(series.count)
    let products = zip(differences, differences.dropFirst(lag)).map { $0 * $1 }
    return products.reduce(0, +) / Double(products.count) / variance
}
