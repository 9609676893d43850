import Catalog
import Support
import Testing

@testable import Server

struct ProfileRouteTests {
    private let night = #"{"exposure.mode":"long","exposure.value":1.5}"#

    @Test func `a profile is defined, pushed, popped and removed`() async {
        let client = RESTClient()
        #expect(await client.send("PUT", "/v1/profiles/night", night)["active"] == false)
        #expect(await client.post("/v1/profiles/night/push?wait=applied")["exposure.mode"]?.table?["state"] == "applied")
        #expect(
            await client.get("/v1/profiles").text
                == #"{"active":["night"],"profiles":{"night":{"active":true,"values":{"exposure.mode":"long","exposure.value":1.5}}}}"#)
        #expect(await client.post("/v1/profiles/night/pop")["active"] == false)
        #expect(await client.send("DELETE", "/v1/profiles/night").status == 200)
        #expect(await client.get("/v1/profiles").text == #"{"active":[],"profiles":{}}"#)
    }

    @Test func `an unknown profile is 404, an unknown control in one 422`() async {
        let client = RESTClient()
        #expect(await client.post("/v1/profiles/night/push").status == 404)
        #expect(await client.post("/v1/profiles/night/pop").status == 404)
        #expect(await client.send("DELETE", "/v1/profiles/night").status == 404)
        #expect(await client.send("PUT", "/v1/profiles/night", #"{"exposure.mood":"long"}"#).status == 422)
        #expect(await client.get("/v1/profiles").text == #"{"active":[],"profiles":{}}"#)
    }
}
