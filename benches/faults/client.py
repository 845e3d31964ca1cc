"""A client that keeps its connection, reads whole answers, and tells what it lost."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time

TIMEOUT = 30


class Closed(Exception):
    """The service closed the connection before the first byte of an answer."""


class Cut(Exception):
    """The service closed the connection in the middle of an answer."""


class Client:
    """One connection of HTTP/1.1."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.unread = b""

    def close(self):
        self.socket.close()

    def get(self, path):
        """Status, headers and body of an answer."""
        try:
            self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Closed from error
        return self.read()

    def read(self):
        """The answer to what was sent."""
        data = self.unread
        while b"\r\n\r\n" not in data:
            data = self._more(data)
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines[1:])}
        if headers.get("transfer-encoding") == "chunked":
            body = self._chunks(body)
        else:
            length = int(headers["content-length"])
            while len(body) < length:
                body = self._more(body, begun=True)
            body, self.unread = body[:length], body[length:]
        return int(lines[0].split(" ")[1]), headers, body

    def _chunks(self, data):
        """A body whose length nobody said before."""
        parts = []
        while True:
            while b"\r\n" not in data:
                data = self._more(data, begun=True)
            size, _, data = data.partition(b"\r\n")
            end = int(size, 16)
            while len(data) < end + 2:
                data = self._more(data, begun=True)
            parts.append(data[:end])
            data = data[end + 2 :]
            if not end:
                self.unread = data
                return b"".join(parts)

    def _more(self, data, begun=False):
        try:
            part = self.socket.recv(1 << 18)
        except ConnectionResetError:
            part = b""
        if not part:
            raise Cut if data or begun else Closed
        return data + part


def load(port, paths, seconds, pace):
    """Asks again and again, in turn, until the time is over or SIGTERM comes, or the service goes;
    reports as JSON. With a pace it begins a request every so many seconds, else as soon as it can."""
    report = {"answered": 0, "closed": 0, "cut": 0, "refused": 0, "hung": 0, "statuses": {}, "slowest_ms": 0.0,
              "mixed": 0, "releases": {}, "ms": [], "ms_refused": [], "retry_after": 0}
    # Clients that ask the same in turn begin at different places.
    end, turn, client, told = time.monotonic() + seconds, random.randrange(len(paths)), None, []
    signal.signal(signal.SIGTERM, lambda *_: told.append("enough"))
    # Clients that keep the same pace must not keep step.
    begin = time.monotonic() + random.random() * pace
    while time.monotonic() < end and not told:
        if pace:
            time.sleep(max(0.0, begin - time.monotonic()))
            begin = max(begin + pace, time.monotonic() - pace)
        try:
            client = client or Client(port)
        except (ConnectionRefusedError, ConnectionResetError):
            report["refused"] += 1
            break
        path = paths[turn % len(paths)]
        turn += 1
        began = time.monotonic()
        try:
            status, headers, body = client.get(path)
        except Closed:
            report["closed"] += 1
            break
        except Cut:
            report["cut"] += 1
            break
        except TimeoutError:
            report["hung"] += 1
            break
        took = (time.monotonic() - began) * 1000
        report["answered"] += 1
        report["statuses"][status] = report["statuses"].get(status, 0) + 1
        if status == 503:
            report["retry_after"] += "retry-after" in headers
            report["ms_refused"].append(round(took, 2))
        else:
            report["ms"].append(round(took, 2))
        report["slowest_ms"] = max(report["slowest_ms"], round(took, 1))
        if status == 200 and path.startswith("/v1/partners"):
            check_release(json.loads(body), report)
        if headers.get("connection") == "close":
            client.close()
            client = None
    json.dump(report, sys.stdout)


def check_release(answer, report):
    """Holds an answer to one release: the number in its version is the one in every name."""
    stamp = answer["meta"]["dataset"]
    number = stamp["version"].rsplit(".", 1)[1]
    known = report["releases"].setdefault(stamp["version"], stamp["digest"])
    # The data as it is in the repository carries no number.
    if not stamp["version"].startswith("9."):
        return
    names = {record["name"].rsplit(" ", 1)[1] for record in answer["data"]}
    if known != stamp["digest"] or names != {number}:
        report["mixed"] += 1


class Load:
    """Clients in processes of their own; on one core if it is named, each at a pace if there is one."""

    def __init__(self, port, clients, paths, seconds, pace=0.0, core=None):
        command = [sys.executable, "-B", os.path.abspath(__file__), str(port), str(seconds), str(pace), *paths]
        if core is not None:
            command = ["taskset", "-c", str(core), *command]
        self.processes = [
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(clients)
        ]

    def enough(self):
        """Ends it before its time; says whether every client was still at it."""
        busy = all(process.poll() is None for process in self.processes)
        for process in self.processes:
            process.terminate()
        return busy

    def reports(self):
        """What each client saw, added up."""
        total = None
        for process in self.processes:
            report = json.loads(process.communicate(timeout=240)[0])
            total = report if total is None else add(total, report)
        return total


def add(one, other):
    """Two reports as one."""
    both = {}
    for key, value in one.items():
        if key == "slowest_ms":
            both[key] = max(value, other[key])
        elif key == "releases":
            clash = [k for k in value if k in other[key] and value[k] != other[key][k]]
            both[key] = value | other[key]
            one["mixed"] += len(clash)
        elif isinstance(value, dict):
            both[key] = {k: value.get(k, 0) + other[key].get(k, 0) for k in value | other[key]}
        else:
            both[key] = value + other[key]
    both["mixed"] = one["mixed"] + other["mixed"]
    return both


def percentile(values, share):
    """A percentile of some values; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


if __name__ == "__main__":
    load(int(sys.argv[1]), sys.argv[4:], float(sys.argv[2]), float(sys.argv[3]))
