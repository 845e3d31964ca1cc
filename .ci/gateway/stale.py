"""What the gateway does with an answer that is no longer fresh: revalidates it, and keeps answering when the
service is away.

stale.py BASE CLOCK PID: the API's address, the file that the gateway's clock is set by, the service.
"""

import os
import pathlib
import signal
import sys
import time

from client import expect, finish, request

base, clock, service = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
path = base + "/v1/agreements?partner=COL&limit=7"


def until(expected, patience=10):
    """Asks until the cache says what is expected; the last thing that it said."""
    for _ in range(patience * 10):
        status, headers, body = request(path)
        if headers.get("x-cache") == expected:
            break
        time.sleep(0.1)
    return status, headers, body


_, first, body = request(path)
expect(request(path)[1].get("x-cache") == "HIT", "the answer is not kept")

# Six minutes on: no longer fresh, answered at once, and fetched anew behind it.
clock.write_text("+360")
status, headers, again = request(path)
expect(headers.get("x-cache") in {"STALE", "UPDATING"}, f"stale-while-revalidate: {headers.get('x-cache')}")
expect(again == body, "a stale answer has another body")
status, headers, again = until("HIT")
expect(headers.get("x-cache") == "HIT", f"not revalidated: {headers.get('x-cache')}")
expect((again, headers["etag"]) == (body, first["etag"]), "revalidated to something else")

# Six minutes more, with the service away: the answer stays for a day.
os.kill(service, signal.SIGTERM)
time.sleep(1)
clock.write_text("+720")
for _ in range(3):
    status, headers, again = request(path)
    expect((status, again) == (200, body), f"stale-if-error: {status}")
status, headers, _ = request(base + "/v1/agreements?limit=1&offset=11")
expect(status in {502, 504}, f"an answer that nobody has is {status}")
finish("stale answers")
