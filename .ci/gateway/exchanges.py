"""Validators, encodings, the gateway's cache, HEAD and request ids, through the gateway.

exchanges.py BASE: the API's address behind the gateway.
"""

import gzip
import json
import re
import sys

from client import expect, finish, request

base = sys.argv[1]
path = base + "/v1/agreements?partner=COL&limit=10"

status, plain, body = request(path)
expect(status == 200, f"{status} without an encoding")
expect("content-encoding" not in plain, "encoded for a client that takes no encoding")
expect(plain["etag"].startswith('W/"'), f"the tag is {plain['etag']}")
for name in ["etag", "vary", "link", "cache-control", "access-control-allow-origin",
             "access-control-expose-headers", "x-content-type-options"]:
    expect(name in plain, f"`{name}` is lost on the way")
expect("stale-while-revalidate=" in plain["cache-control"], "the cache's rules are lost on the way")

for encoding in ["gzip", "br", "zstd"]:
    accepted = {"Accept-Encoding": encoding}
    status, headers, coded = request(path, accepted)
    # The gateway asks for the two that clients have in common.
    if encoding != "zstd":
        expect(headers.get("content-encoding") == encoding, f"{encoding}: answered in {headers.get('content-encoding')}")
        expect(len(coded) < len(body), f"{encoding}: {len(coded)} bytes instead of {len(body)}")
    expect(headers["etag"] == plain["etag"], f"{encoding}: another tag")
    if encoding == "gzip":
        expect(gzip.decompress(coded) == body, "gzip: another body")
    for tag in [headers["etag"], "*", f'"x", {headers["etag"]}', headers["etag"].removeprefix("W/")]:
        status, again, none = request(path, accepted | {"If-None-Match": tag})
        expect((status, none) == (304, b""), f"{encoding}: If-None-Match: {tag} answers {status}")
        expect(again.get("etag") == plain["etag"], f"{encoding}: a 304 without its tag")
    status, _, _ = request(path, accepted | {"If-None-Match": '"other"'})
    expect(status == 200, f"{encoding}: a tag of something else answers {status}")

# Browsers write their lists in many ways, and are answered from one entry.
for written in ["gzip, deflate, br", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.8, *;q=0.1"]:
    status, headers, _ = request(path, {"Accept-Encoding": written})
    expect(headers.get("content-encoding") == "br", f"`{written}`: {headers.get('content-encoding')}")
    expect(headers.get("x-cache") == "HIT", f"`{written}`: {headers.get('x-cache')}")
status, headers, _ = request(path, {"Accept-Encoding": "br;q=0, gzip"})
expect(headers.get("content-encoding") != "br", "an encoding that is refused is sent")

# The cache: kept by format, asked for once; another question is another answer.
fresh = base + "/v1/agreements?partner=COL&limit=3&sort=title"
expect(request(fresh)[1].get("x-cache") == "MISS", "a first question is answered from the cache")
expect(request(fresh)[1].get("x-cache") == "HIT", "a second question is not answered from the cache")
_, csv, _ = request(fresh, {"Accept": "text/csv"})
expect(csv["content-type"].startswith("text/csv"), f"CSV is answered as {csv['content-type']}")
status, headers, none = request(fresh, method="HEAD")
expect((status, none) == (200, b""), f"HEAD answers {status} with {len(none)} bytes")
expect(headers.get("etag") == request(fresh)[1].get("etag"), "HEAD has another tag than GET")

# Errors are passed on as they are, and never kept.
for _ in range(2):
    status, headers, problem = request(base + "/v1/agreements?limt=3")
    expect((status, headers.get("x-cache")) == (400, "MISS"), f"a problem is {headers.get('x-cache')}")
    expect(headers["content-type"].startswith("application/problem+json"), "a problem changes its type")

# Ids: a client's own, kept answers too; else one is made, and the problem tells the same.
status, headers, _ = request(path, {"X-Request-Id": "a-client.1"})
expect(headers.get("x-request-id") == "a-client.1", f"the id becomes {headers.get('x-request-id')}")
status, headers, problem = request(base + "/v1/nowhere", {"X-Request-Id": "a-client.2"})
expect(json.loads(problem)["request_id"] == "a-client.2", "the problem tells another id")
status, headers, problem = request(base + "/v1/nowhere", {"X-Request-Id": "not one of <ours>"})
made = headers.get("x-request-id", "")
expect(re.fullmatch(r"[0-9a-f]{32}", made), f"a malformed id becomes `{made}`")
expect(json.loads(problem)["request_id"] == made, "the problem tells another id than the header")

# Metrics and health under any spelling of their path.
for hidden in ["livez", "readyz", "metrics"]:
    for path in [f"/security/{hidden}", f"/security/security/{hidden}", f"/security/security%2f{hidden}",
                 f"/security//{hidden}", f"/security/./{hidden}", f"/security/x/../{hidden}", f"//{hidden}",
                 f"/{hidden}", f"/security/%2e%2e/{hidden}", f"/security/{hidden}/", f"/security/{hidden}?a",
                 f"/security/%{ord(hidden[0]):x}{hidden[1:]}", f"/robots.txt/../{hidden}",
                 f"/.well-known/../{hidden}", f"/.well-known/%2e%2e/{hidden}", f"/.well-known/..%2f{hidden}"]:
        status, _, body = request(base.removesuffix("/security") + path)
        expect(status in {400, 404}, f"{path} answers {status}: {body[:60]!r}")
origin = base.removesuffix("/security")
for open_to_all in ["/robots.txt", "/favicon.ico", "/.well-known/api-catalog", "/security/", "/security"]:
    expect(request(origin + open_to_all)[0] == 200, f"{open_to_all} answers {request(origin + open_to_all)[0]}")

# A long address comes through, and one that is too long is told so by the service.
for length, expected in [(1000, 200), (9000, 414), (15000, 414)]:
    address = f"{base}/v1/agreements?limit=1&q="
    status, headers, body = request(address + "a" * (length - len(address) + len(origin)))
    expect(status == expected, f"an address of {length} bytes answers {status}: {body[:100]!r}")
    kind = "application/json" if expected == 200 else "application/problem+json"
    expect(headers.get("content-type", "").startswith(kind), f"{length} bytes: {headers.get('content-type')}")
# 65 characters are one too many for an id, here as in the service.
_, headers, _ = request(base + "/v1", {"X-Request-Id": "a" * 64})
expect(headers.get("x-request-id") == "a" * 64, "the longest id is not taken over")
_, headers, _ = request(base + "/v1", {"X-Request-Id": "a" * 65})
expect(re.fullmatch(r"[0-9a-f]{32}", headers.get("x-request-id", "")), "an id that is too long is taken over")
# Addresses of every length that the service reads pass with all their headers; for longer ones its problem passes.
# The service counts the prefix too, which the gateway leaves on the address.
LONGEST = 8192 - len(base.removeprefix(origin))
ids = [record["id"] for record in json.loads(request(base + "/v1/assistance-funding?fields=id&limit=250")[2])["data"]]


def address(length):
    """The address of a second page, so long for the service."""
    text = "/v1/assistance-funding?limit=1&offset=1&id=" + ids[0]
    for other in ids[1:]:
        if len(text) + len(other) + 10 > length:
            break
        text += "," + other
    return text + "&q=" + "a" * (length - len(text) - 3)


for length in [250, 500, 1000, 1500, 2000, 3000, 4000, 6000, 8000, LONGEST]:
    long = address(length)
    expect(len(long) == length, f"{length}: the address has {len(long)} bytes")
    status, headers, _ = request(base + long)
    expect(status == 200, f"an address of {length} bytes answers {status}")
    size = sum(len(name) + len(value) + 4 for name, value in headers.items())
    expect(size <= 4096, f"an address of {length} bytes: {size} bytes of headers")
for length in [LONGEST + 1, 15000]:
    status, headers, problem = request(base + address(length))
    expect(status == 414, f"an address of {length} bytes answers {status}")
    expect(headers["content-type"].startswith("application/problem+json"), f"{length}: another 414 than the service's")

# Ranges pass, from what the gateway keeps too.
workbook = base + "/v1/agreements?format=xlsx&limit=5"
for _ in range(2):
    status, headers, part = request(workbook, {"Range": "bytes=0-3"})
    expect((status, part) == (206, b"PK\x03\x04"), f"a range of a file answers {status} with {part[:20]}")
whole = request(workbook)[2]
expect(headers.get("content-range") == f"bytes 0-3/{len(whole)}", f"the range is {headers.get('content-range')}")
expect(request(workbook, {"Range": f"bytes={len(whole)}-"})[0] == 416, "a range beyond the end is no 416")

for hidden in ["/livez", "/readyz", "/metrics"]:
    expect(request(base + hidden)[0] == 404, f"{hidden} is public")
finish("exchanges")
