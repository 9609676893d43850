internal import ArgumentParser

/// The command line.
@main
struct Luneta: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "luneta",
        abstract: "A scriptable camera host: one camera, one stream, steered by Lua and REST.",
        version: version,
        subcommands: [Run.self, Sim.self, TestScripts.self, Check.self, Doctor.self, Docs.self],
        defaultSubcommand: Run.self)

    /// The version of the product, in `--version`, `/health` and the documents.
    static let version = "0.1.0"
}
