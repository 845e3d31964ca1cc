"""Servers that are measured: started on one core, asked, watched, stopped. Knows no rival by name."""

import http.client
import os
import pathlib
import socket
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One server process, with its children, pinned to a core."""

    def __init__(self, name, command, port, ready="/", environment=None, core=0, log=None):
        self.name, self.command, self.port, self.ready = name, command, port, ready
        self.environment, self.core, self.log = environment or {}, core, log
        self.process, self.seconds_to_answer = None, None

    def __enter__(self):
        output = open(self.log, "wb") if self.log else subprocess.DEVNULL
        command = ["taskset", "-c", str(self.core), *map(str, self.command)]
        began = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **self.environment}
        )
        self.wait_for_answer(began)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def wait_for_answer(self, began, patience=1200):
        request = f"GET {self.ready} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
        while time.perf_counter() - began < patience:
            if self.process.poll() is not None:
                said = pathlib.Path(self.log).read_text(errors="replace")[-2000:] if self.log else ""
                raise SystemExit(f"{self.name} ended at its start with {self.process.returncode}\n{said}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as client:
                    client.sendall(request)
                    if client.recv(64).split(b" ")[1:2] == [b"200"]:
                        self.seconds_to_answer = time.perf_counter() - began
                        return
            except OSError:
                pass
            time.sleep(0.0005)
        raise SystemExit(f"{self.name} did not answer {self.ready} within {patience} s")

    def get(self, path, headers=None):
        """Status, headers in small letters, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request("GET", path, headers={"Accept-Encoding": "identity", **(headers or {})})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, body

    def processes(self):
        """The process and everything that descends from it."""
        parents = {}
        for entry in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rsplit(")", 1)[1].split()[1]), []).append(int(entry.name))
        found, ahead = [], [self.process.pid]
        while ahead:
            found.append(ahead.pop())
            ahead += parents.get(found[-1], [])
        return found

    def cpu_seconds(self) -> float:
        """User and system time so far, of all its processes."""
        total = 0
        for pid in self.processes():
            try:
                stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
            except OSError:
                continue
            user, system = stat.rsplit(")", 1)[1].split()[11:13]
            total += int(user) + int(system)
        return total / TICKS

    def memory(self, key="VmRSS") -> int:
        """Bytes of resident memory now (`VmRSS`) or at most (`VmHWM`)."""
        total = 0
        for pid in self.processes():
            for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith(f"{key}:"):
                    total += int(line.split()[1]) * 1024
        return total

    def forget_peak(self):
        """Makes `VmHWM` start again from what is resident now."""
        for pid in self.processes():
            pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")
