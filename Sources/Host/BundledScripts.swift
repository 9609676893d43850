internal import Foundation

/// Where the scripts that come with Luneta are.
enum BundledScripts {
    /// The first of these that exists: beside the binary's installation, in the checkout it was built in, in this folder.
    static var folder: String {
        let binary = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let installed = binary.appendingPathComponent("../share/luneta/lua").standardized.path
        let ancestors = sequence(first: binary) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
        let candidates = [installed] + ancestors.prefix(5).map { $0.appendingPathComponent("scripts/lua").path }
        return candidates.first { FileManager.default.fileExists(atPath: "\($0)/normal.lua") } ?? "scripts/lua"
    }
}
