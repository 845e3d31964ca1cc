"""Fails when the OpenAPI document takes away what a client may use. From 1.0.0 on nothing excuses it (docs/stability.md).

Compared with the working tree are the last release (the newest tag `v*`; before there is one, the commit in
`.ci/document/baseline`) and the document before its newest change. A build server that knows the target of a
pull request names it in OPENAPI_BASE.
"""

import json
import os
import pathlib
import subprocess
import sys

DOCUMENT = "openapi/openapi.json"
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
LEAST, MOST = ("minimum", "minLength", "minItems"), ("maximum", "maxLength", "maxItems")
CHOICES = ("oneOf", "anyOf", "allOf")


class Comparison:
    """Two documents; `breaks` holds what broke: its name, and a sentence."""

    def __init__(self, old, new):
        self.old, self.new, self.breaks, self.seen = old, new, set(), set()
        self.names = {id(schema): f"`{name}`" for name, schema in schemas(old).items()}
        self.paths()
        for name in schemas(old).keys() - schemas(new).keys():
            self.add(name, f"the schema `{name}` is gone, and with it the type that clients name")

    def add(self, name, sentence):
        self.breaks.add((name, sentence))

    def paths(self):
        for path, old in self.old["paths"].items():
            for method in filter(old.get, METHODS):
                where = f"{method.upper()} {path}"
                if method not in self.new["paths"].get(path, {}):
                    self.add(path, f"{where} is gone")
                else:
                    self.operation(where, old[method], self.new["paths"][path][method])

    def operation(self, where, old, new):
        if old.get("operationId") != new.get("operationId"):
            self.add(old.get("operationId"), f"{where}: its operation is no longer called that")
        before, after = parameters(self.old, old), parameters(self.new, new)
        for key, parameter in before.items():
            if key not in after:
                self.add(key[0], f"{where}: the parameter `{key[0]}` is gone")
                continue
            if after[key].get("required") and not parameter.get("required"):
                self.add(key[0], f"{where}: the parameter `{key[0]}` must now be given")
            self.sent(key[0], f"{where}: `{key[0]}`", parameter["schema"], after[key]["schema"])
        for name, _ in (key for key in after.keys() - before.keys() if after[key].get("required")):
            self.add(name, f"{where}: a new parameter `{name}` must be given")
        for status, response in old["responses"].items():
            answer = new["responses"].get(status)
            if answer is None:
                self.add(status, f"{where}: {status} is gone")
                continue
            media = resolved(self.new, answer).get("content", {})
            for kind, content in resolved(self.old, response).get("content", {}).items():
                if kind not in media:
                    self.add(kind, f"{where}: {status} is no longer `{kind}`")
                elif "schema" in content:
                    self.answered(kind, f"{where}: {status}", content["schema"], media[kind].get("schema", {}))

    def sent(self, name, where, old, new):
        """What a client sends: whatever was accepted still is."""
        (old, old_types), (new, new_types) = plain(self.old, old), plain(self.new, new)
        if lost := old_types - new_types:
            self.add(name, f"{where} no longer takes {sorted(lost)}")
        if "enum" in new and "enum" not in old:
            self.add(name, f"{where} takes the values of a closed list alone")
        elif "enum" in new and (lost := set(map(str, old["enum"])) - set(map(str, new["enum"]))):
            self.add(name, f"{where} no longer takes {sorted(lost)[:5]}")
        for key in (*LEAST, *MOST):
            was, now = old.get(key), new.get(key)
            if now is not None and (was is None or (now > was if key in LEAST else now < was)):
                self.add(name, f"{where}: `{key}` is now {now}")
        if new.get("pattern") not in (None, old.get("pattern")):
            self.add(name, f"{where}: another `pattern`")
        if "items" in old and "items" in new:
            self.sent(name, where, old["items"], new["items"])

    def answered(self, name, where, old, new):
        """What a client reads: every property is still there, with the same types."""
        (old, old_types), (new, new_types) = plain(self.old, old), plain(self.new, new)
        if more := new_types - old_types:
            self.add(name, f"{where}: `{name}` may now be {sorted(more)}")
        if "enum" in old and "enum" not in new and "const" not in new:
            self.add(name, f"{where}: `{name}` is no longer a closed list")
        # Schemas refer to each other in circles; each pair is compared once, under its own name.
        if (id(old), id(new)) in self.seen:
            return
        self.seen.add((id(old), id(new)))
        where = self.names.get(id(old), where)
        for key, value in old.get("properties", {}).items():
            if key not in new.get("properties", {}):
                self.add(key, f"{where}: the property `{key}` is gone")
                continue
            if key in old.get("required", []) and key not in new.get("required", []):
                self.add(key, f"{where}: the property `{key}` may now be missing")
            self.answered(key, where, value, new["properties"][key])
        for key in ("items", "additionalProperties"):
            if isinstance(old.get(key), dict) and isinstance(new.get(key), dict):
                self.answered(name, where, old[key], new[key])
        for key in CHOICES:
            for before, now in zip(old.get(key, []), new.get(key, [])):
                self.answered(name, where, before, now)


def schemas(document):
    return document.get("components", {}).get("schemas", {})


def resolved(document, value):
    """What a reference leads to."""
    while "$ref" in value:
        target = document
        for part in value["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        value = target
    return value


def parameters(document, operation):
    found = (resolved(document, parameter) for parameter in operation.get("parameters", []))
    return {(parameter["name"], parameter["in"]): parameter for parameter in found}


def plain(document, schema):
    """A schema without the choice that only says it may be null, and the JSON types that it allows."""
    schema = resolved(document, schema)
    types = schema.get("type", [])
    types = {types} if isinstance(types, str) else set(types)
    others = [resolved(document, other) for key in CHOICES for other in schema.get(key, [])]
    for other in others:
        types |= plain(document, other)[1]
    others = [other for other in others if other.get("type") != "null"]
    return (plain(document, others[0])[0] if len(others) == 1 and "properties" not in schema else schema), types


def git(*arguments):
    ran = subprocess.run(["git", *arguments], capture_output=True, text=True)
    if ran.returncode != 0:
        sys.exit(f"git {' '.join(arguments)}: {ran.stderr.strip()} (the comparison needs the whole history)")
    return ran.stdout.strip()


def bases():
    """The revisions whose documents a client may have been made from."""
    tag = git("tag", "--list", "v*", "--merged", "HEAD", "--sort=-version:refname").splitlines()
    yield tag[0] if tag else pathlib.Path(__file__).with_name("baseline").read_text().split()[0]
    # The newest change is one that is not committed, or the last commit that touched the document.
    if git("diff", "--name-only", "HEAD", "--", DOCUMENT):
        yield "HEAD"
    else:
        yield git("log", "-1", "--format=%H", "--", DOCUMENT) + "~1"
    if target := os.environ.get("OPENAPI_BASE"):
        yield git("merge-base", target, "HEAD")


def main():
    new, breaks = json.loads(pathlib.Path(DOCUMENT).read_text()), set()
    for base in bases():
        breaks |= Comparison(json.loads(git("show", f"{base}:{DOCUMENT}")), new).breaks
    for _, sentence in sorted(breaks):
        print(sentence)
    print(f"  {len(breaks)} changes break a client")
    sys.exit(bool(breaks))


if __name__ == "__main__":
    main()
