"""The limit of what one client may ask: a problem with 429, for that client alone, and for a while.

limits.py ORIGIN CONFIGURATION: the gateway, which takes the client's address from `X-Real-IP`; and its configuration.
"""

import http.client
import json
import pathlib
import re
import sys
import time
import urllib.parse

from client import expect, finish, request

origin, configuration = sys.argv[1], pathlib.Path(sys.argv[2]).read_text()
rate = int(re.search(r"rate=(\d+)r/s", configuration)[1])
burst = int(re.search(r"burst=(\d+) ", configuration)[1])
question = "/security/v1/agreements?limit=1"


def ask(client, times):
    """The statuses of so many requests one after the other on one connection; the body and headers of the last."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(origin).netloc, timeout=20)
    statuses = []
    for _ in range(times):
        connection.request("GET", question, headers={"X-Real-IP": client})
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
    connection.close()
    return statuses


def refused(path, headers, method="GET"):
    """The answer of a client that has used up what it may ask. A slow machine has let it have one or two more by now;
    half a burst is what no client has that has used up nothing."""
    for _ in range(burst // 2):
        answer = request(origin + path, headers, method)
        if answer[0] == 429:
            break
    return answer


# Far more at once than may come at once.
began = time.monotonic()
statuses = ask("192.0.2.1", 3 * burst)
took = time.monotonic() - began
answered = statuses.count(200)
expect(set(statuses) == {200, 429}, f"{3 * burst} requests at once are answered {set(statuses)}")
expect(burst < answered <= burst + 2 + rate * took, f"{answered} of them are answered within {took:.2f} s")

limited = {"X-Real-IP": "192.0.2.1", "X-Request-Id": "a-client.9", "Accept": "text/csv", "Accept-Encoding": "br"}
status, headers, body = refused(question, limited)
expect(status == 429, f"the next is answered {status}")
expect(headers.get("content-type") == "application/problem+json", f"as {headers.get('content-type')}")
problem = json.loads(body)
expect(problem["status"] == 429 and problem["title"] == "Too Many Requests", f"the problem is {problem}")
expect(problem["request_id"] == headers.get("x-request-id") == "a-client.9", f"its id is {problem['request_id']}")
expect(f"{rate} times a second" in problem["detail"], f"it says `{problem['detail']}`")
pause = headers.get("retry-after", "")
expect(pause.isdigit() and f"wait {pause} seconds" in problem["detail"], f"Retry-After: {pause}")
expect(int(pause) * rate >= burst, f"after {pause} s a client may not ask as much again")
expect(headers.get("cache-control") == "no-store", f"Cache-Control: {headers.get('cache-control')}")
expect(headers.get("access-control-allow-origin") == "*", "a script of another origin cannot read it")
expect("Retry-After" in headers.get("access-control-expose-headers", ""), "nor how long to wait")
for file in ["/security/v1/agreements.csv", "/security/docs/x.html"]:
    kind = refused(file, limited)[1].get("content-type")
    expect(kind == "application/problem+json", f"{file} is refused as {kind}")
status, headers, body = refused(question, limited, "HEAD")
expect((status, body) == (429, b""), f"HEAD is answered {status} with {len(body)} bytes")
status, headers, body = refused(question, limited | {"X-Request-Id": 'x","status":"200'})
expect(re.fullmatch("[0-9a-f]{32}", json.loads(body)["request_id"]), f"an id of a client's making: {body}")

# Health, and everybody else, are answered meanwhile.
for _ in range(2 * burst):
    status, headers, body = request(origin + "/gateway/health", limited)
    if (status, body) != (200, b"ok\n"):
        expect(False, f"health is answered {status}: {body[:50]!r}")
        break
expect(request(origin + question, limited | {"X-Real-IP": "192.0.2.2"})[0] == 200, "another client is refused")

# One client has 2^64 addresses of IPv6.
ask("2001:db8:1:2::1", 3 * burst)
for client, expected in [("2001:db8:1:2:3:4:5:6", 429), ("2001:db8:1:2:ffff::", 429), ("2001:db8:1:3::1", 200)]:
    status = refused(question, {"X-Real-IP": client})[0]
    expect(status == expected, f"after 2001:db8:1:2::1, {client} is answered {status}")

time.sleep(int(pause))
statuses = ask("192.0.2.1", burst)
expect(set(statuses) == {200}, f"after {pause} s, {burst} requests are answered {set(statuses)}")
finish("limits")
