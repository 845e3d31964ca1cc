"""Clients that do not read what they asked for, and a log that nobody reads."""

import socket
import time

from client import Client, percentile
from http2 import Unreader
from service import Service

# What a service may grow by, in MiB, whatever is done to it.
MOST_GROWTH = 100
# Some 750 KB, made anew for each request where nothing is cached.
LARGE = "/v1/assistance-funding?format=ndjson&q="


def is_served(port):
    """Expects that another client is served, and says how long it waited at most, in milliseconds."""
    client, slowest = Client(port), 0.0
    for _ in range(20):
        began = time.monotonic()
        status, _, _ = client.get("/v1/partners?limit=5")
        slowest = max(slowest, (time.monotonic() - began) * 1000)
        assert status == 200, f"another client is answered {status}"
    client.close()
    return slowest


def bounded(service, before):
    """Expects that the service has not grown beyond the limit, and says by how much it has."""
    grown = service.peak() - before
    assert grown < MOST_GROWTH, f"resident memory grew by {grown:.0f} MiB"
    return grown


def unread_http_2(binary, _quick):
    """Streams whose windows are closed hold answers that were made: their bytes are bounded over all connections."""
    connections, seconds = 60, 20
    with Service(binary, "--cache-bytes", "0") as service:
        is_served(service.port)
        before, unreaders = service.resident(), []
        for number in range(connections):
            unreader = Unreader(service.port)
            unreader.ask([LARGE + "a"] * 200)
            unreaders.append(unreader)
            if number % 10 == 9:
                time.sleep(seconds / (connections / 10))
        slowest = is_served(service.port)
        grown = bounded(service, before)
        gone = sum(unreader.gone() for unreader in unreaders)
        for unreader in unreaders:
            unreader.close()
    return (f"{connections} connections of HTTP/2 with 200 streams each and closed windows: resident memory grew by "
            f"{grown:.0f} MiB, {gone} of them were closed; another client waited {slowest:.0f} ms at most")


def unread_http_1(binary, quick):
    """Readers of large answers that read nothing, on HTTP/1.1."""
    connections = 50 if quick else 300
    with Service(binary, "--cache-bytes", "0") as service:
        is_served(service.port)
        before, sockets = service.resident(), []
        request = f"GET {LARGE}a HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 8
        for _ in range(connections):
            unread = socket.create_connection(("127.0.0.1", service.port), 30)
            unread.sendall(request)
            sockets.append(unread)
        time.sleep(3 if quick else 8)
        slowest = is_served(service.port)
        grown = bounded(service, before)
        for unread in sockets:
            unread.close()
    return (f"{connections} connections of HTTP/1.1 that ask for 6 MB each and read nothing: resident memory grew by "
            f"{grown:.0f} MiB; another client waited {slowest:.0f} ms at most")


def slow_readers(binary, _quick):
    """Readers that let a few bytes through now and then are closed, and one that reads at the least rate is not."""
    with Service(binary, "--cache-bytes", "0") as service:
        slow = [Unreader(service.port) for _ in range(5)]
        patient = Unreader(service.port)
        for reader in [*slow, patient]:
            reader.ask([LARGE + "a"] * 8)
        began, closed = time.monotonic(), {}
        while len(closed) < len(slow) and time.monotonic() - began < 60:
            time.sleep(1)
            # 8 streams of 10 bytes are 80 in a second, a tenth of what must be read.
            for reader in slow:
                if reader not in closed and not reader.let_through(10):
                    closed[reader] = time.monotonic() - began
            assert patient.let_through(150), "a client that reads fast enough was closed"
    assert len(closed) == len(slow), f"{len(slow) - len(closed)} slow readers are still served after a minute"
    return f"readers of 80 bytes a second all closed, the last after {max(closed.values()):.0f} s; one of 1,200 is served"


def stalled_log(binary, quick):
    """Nobody reads the log: requests are answered, lines are dropped and counted, and the service stops."""
    count, bytes_a_line = (60_000, 300) if quick else (200_000, 300)
    with Service(binary) as service:
        service.stall_log()
        client = Client(service.port)
        request = f"GET /livez HTTP/1.1\r\nHost: x\r\nX-Request-Id: {'a' * 64}\r\n\r\n".encode()
        waited = []
        for _ in range(count // 100):
            began = time.monotonic()
            client.socket.sendall(request * 100)
            for _ in range(100):
                status, _, _ = client.read()
                assert status == 200, f"status {status}"
            waited.append((time.monotonic() - began) * 1000)
        _, _, metrics = client.get("/metrics")
        dropped = service.value(metrics, "partnership_api_log_lines_dropped_total")
        assert dropped > 0, f"no line was dropped of {count * bytes_a_line} bytes"
        began = time.monotonic()
        service.signal("SIGTERM")
        code = service.exit_code()
        assert code == 0, f"exit code {code}"
    return (f"{count} requests answered while nobody read the log (a hundred in {percentile(waited, 0.99):.0f} ms, p99), "
            f"{dropped:.0f} lines dropped and counted; gone {time.monotonic() - began:.1f} s after SIGTERM, exit 0")
