import Catalog
import HTTPTypes
import Support
import Testing

@testable import Server

struct ScriptRouteTests {
    @Test func `scripts are listed and told one by one`() async {
        let client = RESTClient()
        #expect(await client.get("/v1/scripts").text == #"{"scripts":[{"name":"night","state":"stopped"}]}"#)
        #expect(await client.get("/v1/scripts/night")["state"] == "stopped")
    }

    @Test func `a script runs by name with its arguments`() async {
        let client = RESTClient()
        #expect(await client.post("/v1/scripts", #"{"name":"night","args":{"lux":5}}"#)["state"] == "running")
        #expect(await client.post("/v1/scripts/night/stop")["state"] == "stopped")
        #expect(await client.post("/v1/scripts/night/run")["state"] == "running")
        #expect(await client.post("/v1/scripts/night/reload").status == 200)
        #expect(client.scripts.calls == ["run night {lux: 5}", "stop night", "run night {}", "reload night"])
    }

    @Test func `a dry run is begun, told, promoted and ended`() async {
        let client = RESTClient()
        #expect(await client.get("/v1/scripts/night/shadow").status == 404)
        #expect(await client.post("/v1/scripts/night/run?shadow=1", #"{"args":{"lux":5},"source":"x()"}"#)["state"] == "running")
        #expect(await client.get("/v1/scripts/night/shadow").status == 200)
        #expect(await client.post("/v1/scripts/night/promote")["state"] == "running")
        #expect(await client.send("DELETE", "/v1/scripts/night/shadow").status == 200)
        #expect(client.scripts.calls == ["shadow night x() {lux: 5}", "promote night"])
        #expect(await client.post("/v1/scripts/night/run", #"{"source":"x()"}"#).status == 422)
    }

    @Test func `unknown is 404, running twice 409, a failed load 422 with the traceback`() async {
        let client = RESTClient()
        for action in ["", "/run", "/stop", "/reload"] {
            #expect(await client.send(action.isEmpty ? "GET" : "POST", "/v1/scripts/nigth\(action)").status == 404, "\(action)")
        }
        #expect(await client.post("/v1/scripts", #"{"name":"x"}"#).status == 404)
        _ = await client.post("/v1/scripts/night/run")
        #expect(await client.post("/v1/scripts/night/run").status == 409)
        let failed = await client.post("/v1/scripts", #"{"source":"bad("}"#)
        #expect(failed.status == 422)
        #expect(failed["code"] == "script" && failed.detail.contains("traceback"))
    }

    @Test(arguments: [("{}", "a script needs 'name'"), (#"{"args":{}}"#, "a script needs 'name'")])
    func `a script needs a name or a source`(body: String, sentence: String) async {
        let reply = await RESTClient().post("/v1/scripts", body)
        #expect(reply.status == 422)
        #expect(reply.detail.contains(sentence))
    }

    @Test(arguments: [#"{"name":5}"#, #"{"name":"night","args":[]}"#, #"{"source":{}}"#])
    func `a member of the wrong type is a list`(body: String) async {
        #expect(await RESTClient().post("/v1/scripts", body).violation["loc"] != nil)
    }

    @Test func `source comes from this machine only unless there is a key`() async {
        let body = #"{"source":"print(1)"}"#
        for local in ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"] {
            #expect(await RESTClient().send("POST", "/v1/scripts", body, from: local).status == 200, "\(local)")
        }
        let refused = await RESTClient().send("POST", "/v1/scripts", body, from: "192.168.1.7")
        #expect(refused.status == 403)
        #expect(refused.detail.contains("CAMERA_API_KEY"))
        #expect(await RESTClient().send("POST", "/v1/scripts", #"{"name":"night"}"#, from: "192.168.1.7").status == 200)
        let keyed = await RESTClient(key: "k").send("POST", "/v1/scripts", body, headers: ["X-API-Key": "k"], from: "192.168.1.7")
        #expect(keyed.status == 200)
    }

    @Test func `source above 256 KiB is 413`() async {
        let client = RESTClient()
        let limit = String(repeating: "-", count: 256 << 10)
        #expect(await client.post("/v1/scripts", "{\"source\":\"\(limit)\"}").status == 200)
        #expect(await client.post("/v1/scripts", "{\"source\":\"\(limit)-\"}").status == 413)
    }

    @Test func `a script's text comes with its version, alone when it is asked for alone`() async {
        let client = RESTClient()
        let whole = await client.get("/v1/scripts/night")
        #expect(whole["source"] == "-- night")
        let alone = await client.send("GET", "/v1/scripts/night", headers: ["Accept": "text/x-lua"])
        #expect(alone.text == "-- night")
        #expect(alone.headers[.contentType] == "text/x-lua; charset=utf-8")
        let tag = alone.headers[.eTag] ?? ""
        #expect(tag == whole.headers[.eTag] && tag.hasPrefix("\""))
        let again = await client.send("GET", "/v1/scripts/night", headers: ["Accept": "text/x-lua", "If-None-Match": tag])
        #expect(again.status == 304 && again.text.isEmpty)
    }

    @Test func `a text is saved as it is or in JSON`() async {
        let client = RESTClient()
        #expect(await client.send("PUT", "/v1/scripts/new", "-- a", type: "text/x-lua").status == 200)
        #expect(await client.send("PUT", "/v1/scripts/new", "-- a", type: nil).status == 200)
        #expect(await client.send("PUT", "/v1/scripts/new", #"{"source":"-- a"}"#).status == 200)
        #expect(await client.send("PUT", "/v1/scripts/new", #"{"text":"-- a"}"#).violation["loc"] == ["body", "source"])
        #expect(await client.send("PUT", "/v1/scripts/new", "x", type: "image/png").status == 415)
        #expect(await client.send("PUT", "/v1/scripts/new", type: "text/x-lua").status == 422)
    }

    @Test func `a change of another version than the client knows is 412`() async {
        let client = RESTClient()
        let tag = await client.get("/v1/scripts/night").headers[.eTag] ?? ""
        for method in ["PUT", "DELETE"] {
            let refused = await client.send(method, "/v1/scripts/night", "-- b", type: "text/x-lua", headers: ["If-Match": "\"other\""])
            #expect(refused.status == 412)
            #expect(refused["code"] == "changed")
            #expect(await client.send(method, "/v1/scripts/night", "-- b", type: "text/x-lua", headers: ["If-Match": tag]).status == 200)
        }
        #expect(await client.send("PUT", "/v1/scripts/new", "-- b", type: "text/x-lua", headers: ["If-Match": "*"]).status == 412)
    }

    @Test func `program text of every kind comes from this machine only unless there is a key`() async {
        let requests = [
            ("PUT", "/v1/scripts/new", #"{"source":"-- a"}"#), ("POST", "/v1/scripts/check", #"{"source":"-- a"}"#),
            ("POST", "/v1/scripts/eval", #"{"code":"1"}"#),
        ]
        for (method, path, body) in requests {
            #expect(await RESTClient().send(method, path, body, from: "192.168.1.9").status == 403, "\(path)")
            let keyed = await RESTClient(key: "k").send(method, path, body, headers: ["X-API-Key": "k"], from: "192.168.1.9")
            #expect(keyed.status == 200, "\(path)")
        }
    }
}
