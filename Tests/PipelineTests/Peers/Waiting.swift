import Foundation

/// Waits until `condition` holds, at most `seconds`; the seconds it took, nil when it never held.
func eventually(within seconds: Double, _ condition: () -> Bool) -> Double? {
    let start = Date()
    while -start.timeIntervalSinceNow < seconds {
        if condition() { return -start.timeIntervalSinceNow }
        usleep(5000)
    }
    return nil
}
