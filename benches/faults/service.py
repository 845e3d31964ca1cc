"""The service under test: a process, its log, its signals, and a data folder that can be changed."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 60


class Service:
    """A running binary on a free port, killed at the end of the `with` block."""

    def __init__(self, binary, *arguments, core=None, within=None):
        pinned = [] if core is None else ["taskset", "-c", str(core)]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PARTNERSHIP_API_")}
        self.process = subprocess.Popen(
            [*pinned, binary, "serve", "--listen", "127.0.0.1:0", "--log-format", "json", *arguments],
            stderr=subprocess.PIPE, text=True, env=environment, cwd=within,
        )
        self.lines, self.new, self.reads = [], threading.Condition(), threading.Event()
        self.reads.set()
        threading.Thread(target=self._read, daemon=True).start()
        try:
            self.port = int(self.logs('"listening"')["address"].rsplit(":", 1)[1])
        except AssertionError:
            self.process.kill()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def _read(self):
        # A line a request would fill the memory of this script, so only the others are kept.
        for line in self.process.stderr:
            self.reads.wait()
            if '"path"' in line or '"route"' in line:
                continue
            with self.new:
                self.lines.append(line)
                self.new.notify_all()

    def stall_log(self):
        """Reads no more of the log."""
        self.reads.clear()

    def mark(self):
        """A place in the log, from which on a line may be waited for."""
        return len(self.lines)

    def logs(self, *words, since=0):
        """The first line after a place that holds one of some words."""
        end = time.monotonic() + TIMEOUT
        with self.new:
            while True:
                for line in self.lines[since:]:
                    if any(word in line for word in words):
                        return json.loads(line)
                if not self.new.wait(end - time.monotonic()):
                    raise AssertionError(f"no line of the log says any of {words}")

    def signal(self, name):
        self.process.send_signal(getattr(signal, name))

    def exit_code(self):
        return self.process.wait(TIMEOUT)

    def resident(self):
        """Resident memory in MiB."""
        return self._memory("VmRSS")

    def peak(self):
        """The most that resident memory was since the start, in MiB."""
        return self._memory("VmHWM")

    def _memory(self, key):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (line,) = [line for line in status.splitlines() if line.startswith(key)]
        return int(line.split()[1]) / 1024

    def cpu_seconds(self):
        """Processor time that the service has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @staticmethod
    def value(metrics, name):
        """A value of the metrics."""
        (line,) = [line for line in metrics.decode().splitlines() if line.startswith(name + " ")]
        return float(line.rsplit(" ", 1)[1])


class NotHere(Exception):
    """A fault that this machine does not let us make, or a limit that this binary does not have."""


class Folder:
    """A copy of the embedded data whose release can be changed and broken."""

    def __init__(self, within=None):
        self.home = Path(tempfile.mkdtemp(dir=within))
        self.path = self.home / "data"
        shutil.copytree(ROOT / "data", self.path)
        self.release = json.loads((self.path / "dataset.json").read_text())
        self.partners = (self.path / "partners.jsonl").read_text()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.home, ignore_errors=True)

    def write(self, number):
        """Another release: its version and every partner's name carry the number."""
        version = f"9.0.{number}"
        (self.path / "dataset.json").write_text(json.dumps(self.release | {"version": version}))
        partners = [json.loads(line) for line in self.partners.splitlines()]
        for partner in partners:
            partner["name"] += f" {number}"
        lines = "".join(json.dumps(partner, ensure_ascii=False) + "\n" for partner in partners)
        (self.path / "partners.jsonl").write_text(lines)
        return version

    def name(self, version):
        """The same records as another release."""
        (self.path / "dataset.json").write_text(json.dumps(self.release | {"version": version}))

    def break_one(self):
        (self.path / "partners.jsonl").write_text('{"id": "half')
