import Foundation
import Testing

@testable import luneta

struct SettingsTests {
    private func folder(yaml: String? = nil, env: String? = nil) throws -> String {
        let path = NSTemporaryDirectory() + "luneta-settings-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try yaml?.write(toFile: "\(path)/luneta.yaml", atomically: true, encoding: .utf8)
        try env?.write(toFile: "\(path)/.env", atomically: true, encoding: .utf8)
        return path
    }

    private func read(flags: [String: String] = [:], environment: [String: String] = [:], in folder: String) async throws -> Settings {
        try await Settings.read(flags: flags, file: nil, environment: environment, folder: folder)
    }

    @Test func `without anything the standard values count`() async throws {
        let settings = try await read(in: folder())
        #expect(settings.integer("camera.port") == 8000)
        #expect(settings["camera.host"] == "127.0.0.1")
        #expect(!settings.isSet("camera.port"))
    }

    @Test func `flags win over the environment, that over .env, that over the file`() async throws {
        let folder = try folder(
            yaml: "camera:\n  width: 640\n  height: 480\n  port: 1\n  framerate: 7\n",
            env: "CAMERA_WIDTH=800\nCAMERA_HEIGHT=600\nCAMERA_PORT=2\n")
        let settings = try await read(
            flags: ["camera.width": "1280"], environment: ["CAMERA_WIDTH": "1024", "CAMERA_HEIGHT": "768"], in: folder)
        #expect(["camera.width", "camera.height", "camera.port", "camera.framerate"].map(settings.integer) == [1280, 768, 2, 7])
        #expect(settings.entries["camera.height"]?.source == "environment")
    }

    @Test func `names in the environment count in any case and unknown ones are ignored`() async throws {
        let settings = try await read(environment: ["camera_framerate": "15", "CAMERA_NO_SUCH": "1"], in: folder())
        #expect(settings.integer("camera.framerate") == 15)
    }

    @Test(arguments: [
        ("luneta:\n  lattitude: 48\n", "luneta.yaml:2: there is no setting 'luneta.lattitude'; did you mean 'luneta.latitude'?"),
        ("latitude: 48\n", "luneta.yaml:1: there is no setting 'latitude'; did you mean 'luneta.latitude'?"),
        ("camera:\n  width: 640\nsomething:\n  else: [1]\n", "luneta.yaml:4: there is no setting 'something.else'"),
    ]) func `a name in the file that nobody knows is refused with its line`(yaml: String, sentence: String) async throws {
        let folder = try folder(yaml: yaml)
        let exit = await #expect(throws: Exit.self) { try await read(in: folder) }
        #expect(exit?.sentence == "\(folder)/\(sentence)" && exit?.code == .configuration)
    }

    @Test func `names in .env count in lower case too`() async throws {
        #expect(try await read(in: folder(env: "camera_width=1024\n")).integer("camera.width") == 1024)
    }

    @Test(arguments: ["true", "1", "YES", "on"]) func `truth has many words`(word: String) async throws {
        #expect(try await read(environment: ["CAMERA_IS_NOIR": word], in: folder()).bool("camera.is_noir"))
    }

    @Test func `an empty key is no key`() async throws {
        #expect(try await read(environment: ["CAMERA_API_KEY": ""], in: folder())["camera.api_key"] == "")
    }

    @Test func `a bad value names variable, source, what is allowed and what was given`() async throws {
        let folder = try folder()
        let exit = await #expect(throws: Exit.self) { try await read(environment: ["CAMERA_PORT": "70000"], in: folder) }
        #expect(exit?.sentence == "'CAMERA_PORT' (environment) must be a whole number from 1 to 65535, got '70000'")
        #expect(exit?.code == .configuration)
    }

    @Test func `a list is read as its words`() async throws {
        let settings = try await read(flags: ["luneta.autostart": "day_night, schedule"], in: folder())
        #expect(settings.list("luneta.autostart") == ["day_night", "schedule"])
    }

    @Test func `credentials do not show`() {
        #expect(Credentials.hidden("rtsp://me:secret@cam.local:8554/cam") == "rtsp://cam.local:8554/cam")
        #expect(Credentials.hidden("rtsp://me:s3c/r@t@cam.local/cam") == "rtsp://cam.local/cam")
        #expect(Credentials.hidden("srt://cam.local:1?passphrase=secret") == "srt://cam.local:1")
    }

    @Test func `the documents are generated and name every setting`() {
        let page = Docs.files()["docs/reference/configuration.md"] ?? ""
        for setting in Setting.all { #expect(page.contains(setting.variable), "\(setting.name)") }
    }
}
