"""Every link of every kind of answer begins with the public base and leads somewhere, through the gateway.

links.py GATEWAY PREFIX BASE SERVICE: the gateway's address, the prefix it serves the API under, what links
must begin with, and the service's own address, which is asked directly with forged headers.
"""

import json
import re
import sys
import urllib.parse

from client import expect, finish, request

gateway, prefix, base, service = sys.argv[1:]
origin = base.removesuffix(prefix)
FORGED = {
    "Forwarded": 'for=192.0.2.1;host=forged.example;proto=ftp',
    "X-Forwarded-Host": "forged.example",
    "X-Forwarded-Prefix": "/forged.example",
    "X-Forwarded-Proto": "forged.example",
    "X-Forwarded-Port": "6666",
    "X-Forwarded-Uri": "/forged.example",
    "X-Original-URL": "/forged.example",
    "X-Rewrite-URL": "/forged.example",
    "Host": "forged.example",
}
PATHS = [
    "/v1",
    "/v1/agreements?limit=2&offset=2&sort=-signed",
    "/v1/agreements?limit=2&format=csv",
    "/v1/agreements/col-us-mnna-designation",
    "/v1/partners/COL",
    "/v1/assistance-funding/totals?partner=COL&group_by=program",
    "/v1/coverage?partner=COL",
    "/v1/timeline?limit=3",
    "/v1/search?q=rio&limit=3",
    "/v1/dataset",
    "/v1/datapackage.json",
    "/v1/agreements/nothing-of-this-name",
    "/v1/agreements?limt=3",
    "/v1/nowhere",
    "/problems/invalid-parameters",
    "/openapi.json",
    "/livez",
]


def links_of(value, key=""):
    """Every link of a JSON answer: what stands under `links`, `href`, or a problem's `type`."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from links_of(inner, "links" if key == "links" else name)
    elif isinstance(value, list):
        for inner in value:
            yield from links_of(inner, key)
    elif isinstance(value, str) and key in {"links", "href"}:
        yield value


def is_ours(link):
    """Whether the link leads to the service, and not to the source of a figure or to a licence."""
    return link.startswith("/") or link.startswith(origin or gateway)


def follow(link, whence):
    address = urllib.parse.urljoin(gateway, link)
    status, _, body = request(address)
    # The index names the search, which wants a word to search for.
    expect(status < 400 or link.endswith("/v1/search"), f"{whence}: {link} answers {status}: {body[:100]!r}")
    return body


followed = set()
for path in PATHS:
    if prefix == "/security" and path == "/livez":
        continue
    status, headers, body = request(gateway + prefix + path)
    expected = 404 if "nothing-of" in path or "nowhere" in path else 400 if "limt" in path else 200
    expect(status == expected, f"{prefix}{path} answers {status}, not {expected}")
    found = re.findall(r"<([^>]*)>", headers.get("link", ""))
    if "json" in headers.get("content-type", ""):
        answer = json.loads(body)
        if path != "/openapi.json":
            found += list(links_of(answer))
        else:
            servers = [server["url"] for server in answer.get("servers", [])]
            expect(servers == [base], f"servers are {servers}")
        if headers["content-type"].startswith("application/problem+json"):
            expect(answer["type"].startswith(base + "/problems/"), f"{path}: a problem of type {answer['type']}")
            found.append(answer["type"])
    for link in found:
        if is_ours(link):
            expect(link.startswith(base + "/"), f"{prefix}{path}: {link} does not begin with {base}")
            if link not in followed:
                followed.add(link)
                follow(link, prefix + path)

    # What a client claims about addresses changes no byte, whether it asks the gateway or the service.
    through = dict(FORGED)
    del through["Host"]
    for address, forged in [
        (gateway + prefix + path, through),
        (service + path, FORGED),
    ]:
        _, forged_headers, forged_body = request(address, forged)
        everything = json.dumps(forged_headers).encode() + forged_body
        expect(b"forged.example" not in everything, f"{address} believes forged headers")
        if b"instance" not in body:
            expect(forged_body == body, f"{address} answers otherwise with forged headers")

expect(len(followed) > 20, f"only {len(followed)} links were found")

status, headers, _ = request(gateway + prefix + "/docs")
expect(status == 308, f"{prefix}/docs answers {status}")
expect(headers.get("location") == base + "/docs/", f"{prefix}/docs leads to {headers.get('location')}")
status, _, page = request(gateway + prefix + "/docs/")
expect(status == 200, f"{prefix}/docs/ answers {status}")
files = re.findall(rb'(?:src|href)="([^"]+)"', page)
expect(len(files) >= 3, f"{prefix}/docs/ names {len(files)} files")
for file in files:
    body = follow(urllib.parse.urljoin(gateway + prefix + "/docs/", file.decode()), prefix + "/docs/")
    if b"initializer" in file:
        expect((base + "/openapi.json").encode() in body, f"{prefix}/docs/ reads another document")
# A prefix is not a name that only begins so.
status, _, _ = request(gateway + prefix + "ly/v1")
expect(status == 404, f"{prefix}ly/v1 answers {status}")
print(f"  {prefix}: {len(followed)} links followed")
finish(f"links behind {prefix}")
