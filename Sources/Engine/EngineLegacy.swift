internal import CameraBindings
public import Catalog
internal import Timing

/// What the engine takes along from one process to the next: who holds what, the profiles, and whether a stream is wanted.
public struct EngineLegacy: Sendable, Equatable {
    /// The holders of each key, oldest first.
    public var holdings: [String: [Holding]]
    /// Every profile with its values.
    public var profiles: [String: [String: Value]]
    /// The active profiles, oldest first.
    public var active: [String]
    /// Whether somebody asked for a stream.
    public var isStreamWanted: Bool
    /// Where the camera comes from: `libcamera`, `simulated` or `footage`; nil when there was none.
    public var camera: String?

    /// Creates a legacy.
    public init(
        holdings: [String: [Holding]] = [:], profiles: [String: [String: Value]] = [:], active: [String] = [], isStreamWanted: Bool = true,
        camera: String? = nil
    ) {
        self.holdings = holdings
        self.profiles = profiles
        self.active = active
        self.isStreamWanted = isStreamWanted
        self.camera = camera
    }
}

extension Engine {
    /// What a next process needs to go on as this one.
    public var legacy: EngineLegacy { state.withLock { $0.legacy } }

    /// Takes the place of everything that is held; called before ``start()``. Whether a stream is wanted is left to ``stream(wanted:)``.
    /// - Returns: what is left out because this Catalog does not take it, in one sentence each.
    public func resume(_ legacy: EngineLegacy) -> [String] { state.withLock { $0.resume(legacy) } }
}

extension EngineState {
    var legacy: EngineLegacy {
        // A still that was being taken is not taken in the next process, and what it held would stay.
        var owners = owners
        _ = owners.release(nil, by: .still)
        return EngineLegacy(
            holdings: owners.stacks, profiles: profiles.defined, active: profiles.active, isStreamWanted: isStreamWanted,
            camera: capabilities?.kind ?? cameraBefore)
    }

    mutating func resume(_ legacy: EngineLegacy) -> [String] {
        var refusals: [String] = []
        cameraBefore = legacy.camera
        owners = Owners(
            legacy.holdings.reduce(into: [:]) { stacks, entry in
                for holding in entry.value {
                    do throws(Problem) {
                        // What a raw control takes is for the camera to say, once there is one.
                        let isRaw = RawControls.isRaw(entry.key)
                        let value = isRaw ? holding.value : try Catalog.control(entry.key).type.check(holding.value, key: entry.key)
                        stacks[entry.key, default: []].append(Holding(owner: holding.owner, value: value, time: holding.time))
                    } catch {
                        refusals.append(error.sentence)
                    }
                }
            })
        let defined = legacy.profiles.compactMapValues { values in
            do throws(Problem) {
                return try Catalog.check(values, effective: effective)
            } catch {
                refusals.append(error.sentence)
                return nil
            }
        }
        profiles = ProfileStack(defined: defined, active: legacy.active)
        return refusals.sorted()
    }
}
