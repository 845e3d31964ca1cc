"""Clients that send half of what they should, too much at once, or never the same twice."""

import os
import resource
import selectors
import shutil
import socket
import subprocess
import time

from client import Client, Closed, Load, percentile
from service import NotHere, Service


def half_headers(binary, quick):
    """Connections that send half a header are closed at the limit; a normal client is served beside them."""
    count, limit = (400, 3) if quick else (2000, 10)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    wanted = count + 200
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard) if hard > 0 else wanted, hard))
    with Service(binary, "--header-timeout", str(limit)) as service:
        waiting = selectors.DefaultSelector()
        for _ in range(count):
            half = socket.create_connection(("127.0.0.1", service.port))
            half.sendall(b"GET /v1 HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            waiting.register(half, selectors.EVENT_READ)
        opened = time.monotonic()
        normal = Load(service.port, 1, ["/v1/partners", "/v1/agreements?limit=20"], limit)
        closed, last = 0, 0.0
        while closed < count and time.monotonic() - opened < 3 * limit + 10:
            for key, _ in waiting.select(1):
                waiting.unregister(key.fileobj)
                key.fileobj.close()
                closed, last = closed + 1, time.monotonic() - opened
        seen = normal.reports()
    assert closed == count, f"{count - closed} of {count} are still open"
    assert set(seen["statuses"]) == {"200"}, f"the normal client saw {seen['statuses']}"
    assert seen["cut"] + seen["hung"] + seen["closed"] == 0, "the normal client lost a request"
    return (f"{count} half headers all closed, the last {last:.1f} s after it was sent (limit {limit} s); "
            f"beside them {seen['answered']} requests, 0 failed, p99 {percentile(seen['ms'], 0.99):.1f} ms")


def overload(binary, quick):
    """Ten times the load that the limit in flight carries: the excess is told so at once, the rest is served as
    it is without the excess."""
    allowed, seconds = (2, 4) if quick else (8, 15)
    # The service has one core and the clients another, where there are two: neither takes time from the other.
    cores = (0, 1) if os.cpu_count() > 1 and shutil.which("taskset") else (None, None)
    # Answers that are kept are not counted; these are made, and take a while, so that they are in flight together.
    settings = [*limit_in_flight(binary, allowed), "--cache-bytes", "0", "--workers", "1"]
    with Service(binary, *settings, core=cores[0]) as service:
        paths = ["/v1/search?q=a&limit=100", "/v1/assistance-funding?format=xlsx"]
        full = Load(service.port, allowed, paths, seconds, core=cores[1]).reports()
        rate, clients = full["answered"] / seconds, allowed * 10
        seen = Load(service.port, clients, paths, seconds, clients / (10 * rate), cores[1]).reports()
    served, refused = seen["statuses"].get("200", 0), seen["statuses"].get("503", 0)
    assert set(seen["statuses"]) <= {"200", "503"}, f"statuses {seen['statuses']}"
    assert seen["cut"] + seen["hung"] + seen["closed"] == 0, "a request got no answer"
    assert seen["retry_after"] == refused, f"{refused - seen['retry_after']} without Retry-After"
    assert served > 0, "nothing was served"
    assert refused > 0, "nothing was refused"

    def times(report, key):
        return f"median {percentile(report[key], 0.5):.0f} ms, p99 {percentile(report[key], 0.99):.0f} ms"

    return (f"{allowed} in flight carry {rate:.0f} requests/s ({times(full, 'ms')}); asked {seen['answered'] / seconds:.0f} "
            f"times a second: {served / seconds:.0f}/s served ({times(seen, 'ms')}), {refused / seconds:.0f}/s told 503 "
            f"with Retry-After ({times(seen, 'ms_refused')}), 0 lost")


def limit_in_flight(binary, allowed):
    """The setting of requests in flight."""
    told = subprocess.run([binary, "serve", "--help"], capture_output=True, text=True, check=True).stdout
    if "--max-in-flight" not in told:
        raise NotHere("the binary has no setting --max-in-flight")
    return ["--max-in-flight", str(allowed)]


def distinct_queries(binary, quick):
    """Queries of which no two are the same leave the memory where the settings bound it."""
    count = 5_000 if quick else 200_000
    with Service(binary, "--log", "warn,partnership_api::server=info") as service:
        client = Client(service.port)

        def ask(first, last):
            # Sent ahead in small groups: the round trips, not the service, would take the time.
            group = 20
            for start in range(first, last, group):
                numbers = range(start, min(start + group, last))
                lines = (f"GET /v1/agreements?q=q{n}&limit=1 HTTP/1.1\r\nHost: x\r\n\r\n" for n in numbers)
                client.socket.sendall("".join(lines).encode())
                for _ in numbers:
                    try:
                        status, _, _ = client.read()
                    except Closed as why:
                        raise AssertionError("the connection was closed") from why
                    assert status == 200, f"status {status}"

        ask(0, count // 10)
        warm = service.resident()
        ask(count // 10, count // 2)
        half = service.resident()
        ask(count // 2, count)
        full = service.resident()
    grown = full - half
    assert grown < 64, f"resident memory grew by {grown:.0f} MiB in the second half"
    return (f"{count} distinct queries: resident memory {warm:.0f} MiB after a tenth, {half:.0f} MiB after "
            f"half, {full:.0f} MiB after all")
