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


def full_table(binary, quick):
    """Idle connections take every place: health is answered on both listeners, and so is the next client."""
    count = 200 if quick else 1000
    with Service(binary, "--max-connections", str(count), "--metrics-listen", "127.0.0.1:0") as service:
        apart = int(service.logs("served apart")["address"].split(":")[2].split("/")[0])
        idle = [Client(service.port) for _ in range(count)]
        for client in idle:
            assert client.get("/v1/partners?limit=1")[0] == 200
        waited = []
        for _ in range(50):
            for port, path in [(service.port, "/v1/partners?limit=1"), (apart, "/livez"), (apart, "/readyz")]:
                began = time.monotonic()
                client = Client(port)
                assert client.get(path)[0] == 200
                waited.append((time.monotonic() - began) * 1000)
                client.close()
        assert service.process.poll() is None
        for client in idle:
            client.close()
    return (f"{count} idle connections of {count}: 50 new clients and 100 health checks answered, p99 "
            f"{percentile(waited, 0.99):.0f} ms")


def half_closed(binary, _quick):
    """A client that closes its side after the request gets its answer, also one that takes long to make."""
    paths = ["/livez", "/v1/partners", "/v1/datapackage.zip", "/v1/assistance-funding?format=xlsx"]
    with Service(binary, "--cache-bytes", "0") as service:
        for path in paths:
            client = Client(service.port)
            client.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            client.socket.shutdown(socket.SHUT_WR)
            try:
                status, _, _ = client.read()
            except Closed as why:
                raise AssertionError(f"{path} was not answered") from why
            assert status == 200, f"{path}: {status}"
            client.close()
    return f"{len(paths)} of {len(paths)} answered whole"


def silent_connections(binary, quick):
    """Connections that say nothing, or three bytes that could be either protocol, take no processor time."""
    count, seconds = (500, 3) if quick else (2000, 10)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    wanted = count + 200
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard) if hard > 0 else wanted, hard))
    used = []
    with Service(binary, "--header-timeout", "600") as service:
        for beginning in [b"", b"PRI"]:
            silent = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(count)]
            for each in silent:
                each.sendall(beginning)
            time.sleep(1)
            before = service.cpu_seconds()
            time.sleep(seconds)
            used.append((service.cpu_seconds() - before) / seconds * 100)
            for each in silent:
                each.close()
    assert max(used) < 2, f"{used[0]:.1f} % and {used[1]:.1f} % of a core"
    return f"{count} that say nothing take {used[0]:.1f} % of a core, {count} that say `PRI` {used[1]:.1f} %"


def few_files(binary, _quick):
    """A process that may open few files says so and does not start."""
    command = ["sh", "-c", 'ulimit -n 64; exec "$0" serve --listen 127.0.0.1:0', str(binary)]
    started = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert started.returncode == 1, f"exit code {started.returncode}"
    (line,) = [line for line in started.stderr.splitlines() if line.startswith("partnership-api: ")]
    return f"exit 1, `{line}`"


# The service has one core and the clients another, where there are two: neither takes time from the other.
SERVICE_CORE, CLIENT_CORE = (0, 1) if os.cpu_count() > 1 and shutil.which("taskset") else (None, None)

# What took the most processor time of all that was tried, each at its largest.
EXPENSIVE = [
    "/v1/assistance-funding?part_of=" + ",".join("x" * 4000),
    "/v1/assistance-funding?part_of=" + ",".join(f"x{number}" for number in range(1500)),
    "/v1/coverage?program=" + ",".join(f"x{number:03}" for number in range(1500)),
    "/v1/search?limit=100&q=" + "+".join("a" * 4000),
    "/v1/search?limit=100&q=" + "+".join(f"a{number}" for number in range(1500)),
    "/v1/assistance-funding.xlsx?amount_usd_min={}",
    "/v1/assistance-funding.zip?amount_usd_min={}",
    "/v1/assistance-funding.csv?counted_by=partner,program,fiscal_year&amount_usd_min={}",
    "/v1/assistance-funding?facets=partner,program,stage,confidence&stats=amount_usd,fiscal_year&include=labels"
    "&release=1.0.0&amount_usd_min={}",
    "/v1/assistance-funding/totals?group_by=partner,program,fiscal_year&amount_usd_min={}",
    "/v1/changes?format=csv&offset={}",
    "/v1/releases/check?cited=%2Fv1%2Fassistance-funding%2Ftotals%3Fgroup_by%3Dpartner%2Cprogram%26amount_usd_min%3D{}"
    "%26release%3D1.0.0",
    "/v1/datapackage.zip",
    "/v1/training.xlsx?cost_usd_min={}",
    "/v1/training/totals?group_by=partner,program,fiscal_year&cost_usd_min={}",
    "/v1/releases/check?cited=%2Fv1%2Ftraining%2Ftotals%3Fgroup_by%3Dpartner%2Cprogram%2Cfiscal_year"
    "%26cost_usd_min%3D{}%26release%3D2.0.0",
    "/v1/training/totals.svg?group_by=partner,fiscal_year&cost_usd_min={}",
    "/training/totals?group_by=partner,program,fiscal_year&cost_usd_min={}",
    "/es/timeline?limit=1000&offset={}",
    "/check?number={}",
]


def expensive_requests(binary, _quick):
    """Ten clients of each of the most expensive requests: health and a cached page wait for none of them, and
    none of them takes much memory."""
    waited, grown = [], []
    for path in EXPENSIVE:
        with Service(binary, "--workers", "1", core=SERVICE_CORE) as service:
            before = service.resident()
            waited.append((beside(service, path, 8), path[:40]))
            grown.append((service.peak() - before, path[:40]))
    # All of them in turn fill each cache of one process.
    with Service(binary, "--workers", "1", core=SERVICE_CORE) as service:
        before = service.resident()
        for path in EXPENSIVE:
            beside(service, path, 2)
        in_turn = service.peak() - before
    assert max(waited)[0] < 50, "p99 of a cheap request is %.0f ms beside %s" % max(waited)
    assert max(grown)[0] < 100, "resident memory grew by %.0f MiB under %s" % max(grown)
    return ("ten clients of each of %d requests on one core: /livez and a cached page p99 %.0f ms at most, beside `%s…`; "
            % (len(EXPENSIVE), *max(waited))
            + "resident memory grew by %.0f MiB at most, under `%s…`, and by %.0f under all of them in turn"
            % (*max(grown), in_turn))


def beside(service, path, seconds):
    """The p99 of cheap requests, in milliseconds, while ten clients ask for this."""
    cheap = ["/livez", "/v1/partners?limit=20"]
    # No two are the same, where it matters, so that none is cached.
    variants = [path.format(number) for number in range(1500)] if "{}" in path else [path]
    load = Load(service.port, 10, variants, seconds + 1, core=CLIENT_CORE)
    time.sleep(0.5)
    seen = Load(service.port, 1, cheap, seconds, 0.01, core=CLIENT_CORE).reports()
    busy = load.reports()
    assert set(seen["statuses"]) == {"200"}, f"{path[:40]}: statuses {seen['statuses']}"
    lost = seen["cut"] + seen["hung"] + seen["closed"] + busy["cut"] + busy["hung"] + busy["closed"]
    assert lost == 0, f"{path[:40]}: {lost} requests got no answer"
    return percentile(seen["ms"], 0.99)


def overload(binary, quick):
    """Ten times the load that the limit in flight carries: the excess is told so at once, the rest is served as
    it is without the excess."""
    allowed, seconds = (2, 4) if quick else (8, 15)
    # Answers that are kept are not counted; these are made, and take a while, so that they are in flight together.
    settings = [*limit_in_flight(binary, allowed), "--cache-bytes", "0", "--workers", "1"]
    with Service(binary, *settings, core=SERVICE_CORE) as service:
        paths = ["/v1/search?q=a&limit=100", "/v1/assistance-funding?format=xlsx"]
        full = Load(service.port, allowed, paths, seconds, core=CLIENT_CORE).reports()
        rate, clients = full["answered"] / seconds, allowed * 10
        seen = Load(service.port, clients, paths, seconds, clients / (10 * rate), CLIENT_CORE).reports()
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
