"""Load on servers in rounds that take turns, and the ratios that come of it."""

import dataclasses
import os
import pathlib
import statistics
import subprocess

SCRIPT = pathlib.Path(__file__).with_name("load.lua")


@dataclasses.dataclass
class Target:
    """A server and what is asked of it."""

    server: object
    path: str = "/"
    headers: dict = dataclasses.field(default_factory=dict)
    queries: pathlib.Path | None = None
    sent: int = 0
    # Tells apart two questions to one server.
    called: str = ""

    @property
    def name(self):
        return self.called or self.server.name


@dataclasses.dataclass
class Round:
    """What one round of one server came to."""

    per_second: float
    p50_us: float
    p99_us: float
    cpu_us: float


@dataclasses.dataclass
class Spread:
    """A median with the least and the greatest."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values):
        values = list(values)
        return cls(statistics.median(values), min(values), max(values))

    def __str__(self):
        return f"{short(self.median)} ({short(self.least)} to {short(self.most)})"


def short(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def run(target: Target, seconds: float, connections: int, core: int = 1) -> Round:
    """One round of wrk: one thread, on its own core."""
    environment = dict(os.environ)
    if target.queries:
        environment |= {"QUERIES": str(target.queries), "QUERIES_FROM": str(target.sent)}
    command = [
        "taskset",
        "-c",
        str(core),
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{max(1, round(seconds))}s",
        "--latency",
    ]
    command += ["--timeout", "20s", "-s", str(SCRIPT)]
    for name, value in target.headers.items():
        command += ["-H", f"{name}: {value}"]
    command.append(f"http://127.0.0.1:{target.server.port}{target.path}")
    before = target.server.cpu_seconds()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    cpu = target.server.cpu_seconds() - before
    said = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not said:
        raise SystemExit(f"wrk failed: {' '.join(command)}\n{done.stdout}{done.stderr}")
    requests, duration, p50, p99, refused, broken = map(int, said[0].split()[1:])
    if refused or broken or not requests:
        raise SystemExit(f"{target.name}: {requests} answers, {refused} refused, {broken} broken: {command[-1]}")
    # A few more are on their way when the time is up; none of them may be sent again.
    target.sent += requests + 2 * connections
    return Round(requests / duration * 1e6, p50, p99, cpu / requests * 1e6)


def rounds(targets, count, seconds, connections):
    """Rounds in which the targets take turns, in the other order each time, after one that warms up."""
    for target in targets:
        run(target, max(1, seconds / 3), connections)
    results = {target.name: [] for target in targets}
    for number in range(count):
        for target in targets if number % 2 == 0 else targets[::-1]:
            results[target.name].append(run(target, seconds, connections))
    return results


def ratios(ours, theirs):
    """How many times ours is better, round by round: requests a second, tail latency, CPU time."""
    pairs = list(zip(ours, theirs, strict=True))
    return {
        "per_second": Spread.of(a.per_second / b.per_second for a, b in pairs),
        "p99": Spread.of(b.p99_us / a.p99_us for a, b in pairs),
        "cpu": Spread.of(b.cpu_us / max(a.cpu_us, 0.01) for a, b in pairs),
    }


def told(results) -> str:
    """The medians of a server's rounds, in words."""
    middle = {
        key: statistics.median(getattr(result, key) for result in results)
        for key in ("per_second", "p50_us", "p99_us", "cpu_us")
    }
    return (
        f"{middle['per_second']:,.0f}/s, p50 {short(middle['p50_us'])} µs, "
        f"p99 {short(middle['p99_us'])} µs, CPU {short(middle['cpu_us'])} µs"
    )
