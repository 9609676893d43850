#!/usr/bin/python3
"""Calls every operation of the wire contract with valid, boundary and invalid values, and checks each answer against its schema.

Prints one JSON object: {"cases": N, "failures": ["operation: what was wrong", ...]}. Streams are read up to their head only.

Packages: python3-yaml python3-jsonschema
"""
import argparse
import http.client
import itertools
import json
import pathlib

import jsonschema
import yaml

CONTRACT = yaml.safe_load((pathlib.Path(__file__).parent / "contract.yaml").read_text())


def resolve(node):
    while "$ref" in node:
        target = CONTRACT
        for part in node["$ref"].split("/")[1:]:
            target = target[part]
        node = target
    return node


def types(schema):
    names = schema.get("type", [])
    return names if isinstance(names, list) else [names]


def good(schema):
    """Values the schema takes, the boundaries among them."""
    if "enum" in schema:
        return list(schema["enum"])
    values = [schema["default"]] if "default" in schema else []
    if "boolean" in types(schema):
        values += [True, False]
    if "integer" in types(schema) or "number" in types(schema):
        step = 1 if "integer" in types(schema) else 0.001
        low = schema.get("minimum", schema.get("exclusiveMinimum", 0) + step)
        high = schema.get("maximum", low + 100)
        values += [low, high, low + round((high - low) / 2, 3) if step < 1 else (low + high) // 2]
    if "null" in types(schema):
        values.append(None)
    return values


def lenient(schema):
    """Other spellings that the validator of the reference service takes."""
    if "enum" in schema:
        return []
    if "boolean" in types(schema):
        return ["yes", "OFF", 1, 0, "t", 1.0]
    if "integer" in types(schema):
        return [str(good(schema)[-1] or schema.get("minimum", 1)), float(schema.get("maximum", 1))]
    if "number" in types(schema):
        return [str(schema.get("maximum", 1))]
    return []


def bad(schema):
    """Values the schema does not take."""
    values = [{}, []]
    if "enum" in schema:
        return values + ["no such word", 5.5]
    if "boolean" in types(schema):
        values += [2, "perhaps", 0.5]
    if "integer" in types(schema) or "number" in types(schema):
        values += ["x", "", "nan"]
        if "minimum" in schema:
            values += [schema["minimum"] - 1, -1e300]
        if "exclusiveMinimum" in schema:
            values += [schema["exclusiveMinimum"], schema["exclusiveMinimum"] - 1]
        if "maximum" in schema:
            values += [schema["maximum"] + 1, 1e300]
    if "integer" in types(schema):
        values.append(1.5)
    if "null" not in types(schema):
        values.append(None)
    return values


class Tester:
    def __init__(self, host, port, key):
        self.address, self.key = (host, port), key
        self.cases, self.failures = 0, []

    def call(self, method, path, body=None, kind="application/json", key=True, raw=None):
        connection = http.client.HTTPConnection(*self.address, timeout=20)
        headers = {"X-API-Key": self.key} if key and self.key else {}
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        if data is not None and kind:
            headers["Content-Type"] = kind
        connection.request(method, path, data, headers)
        answer = connection.getresponse()
        stream = (answer.getheader("Content-Type") or "").startswith("text/event-stream")
        text = b"" if stream else answer.read()
        connection.close()
        self.cases += 1
        return answer, text, stream

    def wrong(self, name, what):
        self.failures.append(f"{name}: {what}"[:400])

    def check(self, name, operation, expected, answer, text, stream, sent):
        """An answer has one of the expected statuses, is documented, compact and fits its schema."""
        status = str(answer.status)
        if answer.status not in expected:
            return self.wrong(name, f"{sent} answered {status} {text[:200]}, not {expected}")
        response = resolve(operation["responses"].get(status) or CONTRACT["components"]["responses"]["Rejected"])
        content = response.get("content", {})
        if stream:
            if "text/event-stream" not in content:
                self.wrong(name, "an undocumented stream")
            for header, entry in response.get("headers", {}).items():
                if answer.getheader(header) != entry["schema"]["const"]:
                    self.wrong(name, f"header {header} is {answer.getheader(header)}")
            return
        if answer.getheader("Content-Type") != "application/json":
            return self.wrong(name, f"{sent}: content type {answer.getheader('Content-Type')}")
        try:
            document = json.loads(text)
        except ValueError:
            return self.wrong(name, f"{sent}: no JSON: {text[:100]}")
        if json.dumps(document, separators=(",", ":"), ensure_ascii=False).count(" ") != text.decode().count(" "):
            self.wrong(name, f"{sent}: not compact: {text[:100]}")
        schema = {**content["application/json"]["schema"], "components": CONTRACT["components"]}
        for error in itertools.islice(jsonschema.Draft202012Validator(schema).iter_errors(document), 3):
            self.wrong(name, f"{sent} -> {status}: {error.message} at {list(error.absolute_path)}")

    def operation(self, method, path, operation):
        name = operation["operationId"]
        if "requestBody" not in operation:
            for query in self.queries(operation):
                self.check(name, operation, query[1], *self.call(method, path + query[0]), query[0])
        else:
            self.bodies(name, method, path, operation)
        self.admission(name, method, path, operation)

    def queries(self, operation):
        parameters = [resolve(parameter) for parameter in operation.get("parameters", [])]
        if not parameters:
            return [("", {200})]
        queries = [("", {200})]
        for parameter in parameters:
            if parameter["name"] == "lines":
                queries += [(f"?lines={value}", {200}) for value in (1, 100, 10000)]
                queries += [(f"?lines={value}", {422}) for value in (0, 10001, "x", "1.5", "")]
            else:
                queries += [(f"?{parameter['name']}={value}", {200}) for value in ("", "INFO", "%00", "%C3%A4", "a" * 2000)]
        return queries

    def bodies(self, name, method, path, operation):
        schema = resolve(operation["requestBody"]["content"]["application/json"]["schema"])
        members, required = schema["properties"], schema.get("required", [])
        base = {key: good(resolve(members[key]))[0] for key in required}
        # Rules between members, and what one camera has and another has not, also answer 422 with a sentence.
        fine = {200, 422}
        send = lambda body, expected: self.check(name, operation, expected, *self.call(method, path, body), json.dumps(body)[:120])
        send(base, fine)
        send({**base, "unknown": 1}, fine)
        for key, member in members.items():
            member = resolve(member)
            for value in good(member) + lenient(member):
                send({**base, key: value}, fine)
            for value in bad(member):
                send({**base, key: value}, {422})
        for key in required:
            send({other: value for other, value in base.items() if other != key}, {422})
        for body in ([], 5, "x"):
            send(body, {422})
        for raw, kind in ((b"{", "application/json"), (b"\xff", "application/json"), (b"{}", "text/plain"), (b'{"a":NaN}', "application/json")):
            if raw == b'{"a":NaN}' and not required:
                continue
            self.check(name, operation, {422}, *self.call(method, path, kind=kind, raw=raw), raw)

    def admission(self, name, method, path, operation):
        if operation.get("security") == []:
            return self.check(name, operation, {200}, *self.call(method, path, key=False), "no key")
        body = {} if "requestBody" in operation else None
        answer, text, stream = self.call(method, path, body, key=False)
        self.check(name, operation, {401}, answer, text, stream, "no key")
        if answer.getheader("WWW-Authenticate") != "ApiKey":
            self.wrong(name, "401 without WWW-Authenticate: ApiKey")
        if body is not None:
            # Malformed JSON is told before the key is looked at.
            self.check(name, operation, {422}, *self.call(method, path, raw=b"{", key=False), "malformed and no key")

    def paths(self):
        for path, operations in CONTRACT["paths"].items():
            methods = {method.upper() for method in operations if method in ("get", "post", "put", "patch", "delete")}
            for method in {"GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"} - methods:
                answer, text, _ = self.call(method, path)
                allowed = {word.strip() for word in (answer.getheader("Allow") or "").split(",")}
                if answer.status != 405 or not methods <= allowed:
                    self.wrong(path, f"{method} answered {answer.status} {answer.getheader('Allow')}")
            answer, text, _ = self.call(sorted(methods)[0], path + "/", {} if "POST" in methods else None)
            if answer.status != 307 or answer.getheader("Location") != path:
                self.wrong(path, f"a trailing slash answered {answer.status} {answer.getheader('Location')}")
        answer, text, _ = self.call("GET", "/v1/nowhere")
        if answer.status != 404 or not isinstance(json.loads(text).get("detail"), str):
            self.wrong("/v1/nowhere", f"answered {answer.status} {text[:80]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--key", required=True)
    arguments = parser.parse_args()
    tester = Tester("127.0.0.1", arguments.port, arguments.key)
    for path, operations in CONTRACT["paths"].items():
        for method, operation in operations.items():
            tester.operation(method.upper(), path, operation)
    tester.paths()
    print(json.dumps({"cases": tester.cases, "failures": tester.failures}))


main()
