internal import ArgumentParser
internal import Catalog
internal import Foundation

/// Ends the process with one sentence and a code of `sysexits.h`.
struct Exit: Error {
    /// The codes used, by what went wrong.
    enum Code: Int32 {
        /// The command line makes no sense (`EX_USAGE`).
        case usage = 64
        /// A script or a file is no good (`EX_DATAERR`).
        case data = 65
        /// An input file is missing or unreadable (`EX_NOINPUT`).
        case noInput = 66
        /// Something the service needs is not there: a camera, a port (`EX_UNAVAILABLE`).
        case unavailable = 69
        /// A file could not be written (`EX_CANTCREAT`).
        case cannotCreate = 73
        /// A value of the configuration is bad (`EX_CONFIG`).
        case configuration = 78
    }

    let code: Code
    let sentence: String

    init(_ code: Code, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    /// Does something whose problems are those of what was handed in.
    static func data<Answer>(_ work: () throws(Problem) -> Answer) throws(Exit) -> Answer {
        do throws(Problem) { return try work() } catch { throw Exit(.data, error.sentence) }
    }

    /// Writes the sentence to standard error and gives the error that ends the command.
    func report() -> ExitCode {
        FileHandle.standardError.write(Data("luneta: \(sentence)\n".utf8))
        return ExitCode(code.rawValue)
    }
}
