"""Rows h to k: starting, loading, memory, streaming, building."""

import os
import shutil
import socket
import subprocess
import tempfile
import time

import load
import packages

MB = 1_000_000
STARTS = 10


def starting(bench):
    """h. From the start of the process to its first answer, with the records that the program carries."""
    folder = packages.embedded(bench.root, bench.target)
    files, database = packages.as_ndjson(folder), packages.as_sqlite(folder)

    makers = {
        "ours": lambda: bench.rivals.ours(ready="/v1/arms-sales?limit=20"),
        "roapi": lambda: bench.rivals.roapi(files, "/api/tables/arms_sales?limit=20"),
        "Datasette": lambda: bench.rivals.datasette(database, "/bench/arms_sales.json?_size=20"),
    }
    seconds = {name: [] for name in makers}
    for number in range(STARTS):
        for name in makers if number % 2 == 0 else reversed(makers):
            with makers[name]() as server:
                seconds[name].append(server.seconds_to_answer)
    told = {name: f"{load.Spread.of(1000 * second for second in taken)} ms" for name, taken in seconds.items()}
    for name, goal in (("Datasette", 20), ("roapi", 1)):
        ratio = load.Spread.of(b / a for a, b in zip(seconds["ours"], seconds[name], strict=True))
        said = f"at most 1/{goal} of its time" if goal > 1 else "no slower"
        rival, work = f"{name}: {told[name]}", f"start to first answer, median of {STARTS}"
        aim = {"goal": said, "met": ratio.median >= goal}
        bench.add("h", work, told["ours"], rival=rival, ratio=f"{ratio} times as fast", **aim)


def loading(bench):
    """i. Records loaded a second on one core, and memory after the start."""
    with bench.rivals.ours() as server:
        time.sleep(1)
        resident, peak = server.memory(), server.memory("VmHWM")
    held = f"{resident / MB:.1f} MB, peak {peak / MB:.1f} MB"
    aim = {"goal": "at most 30 MB", "met": resident <= 30 * MB}
    bench.add("i", "memory after start, embedded data", held, **aim)
    folders = [packages.make(bench.target, count) for count in (packages.LEAST, bench.records)]
    written = [packages.size(folder) for folder in folders]
    lines = [sum(map(packages.count, folder.glob("*.jsonl"))) for folder in folders]
    rates, memory, peaks = [], [], []
    for _ in range(max(1, bench.rounds // 2)):
        taken = []
        for folder in folders:
            with bench.rivals.ours(folder) as server:
                taken.append(server.seconds_to_answer)
                time.sleep(1)
                resident, peak = server.memory(), server.memory("VmHWM")
        rates.append((lines[1] - lines[0]) / (taken[1] - taken[0]))
        memory.append(resident / written[1])
        peaks.append(peak / written[1])
    rate, held, most = map(load.Spread.of, (rates, memory, peaks))
    aim = {"goal": "at least 150,000 records/s", "met": rate.median >= 150_000}
    bench.add("i", f"load of {lines[1]:,} records on one core", f"{rate} records/s", **aim)
    files = f"data files of {written[1] / MB:,.0f} MB"
    aim = {"goal": "at most 3 times", "met": held.median <= 3}
    now = f"{held.median * written[1] / MB:,.0f} MB"
    ratio = f"{held} times, peak {most} times"
    bench.add("i", f"memory after start, {lines[1]:,} records", now, rival=files, ratio=ratio, **aim)


def streaming(bench):
    """j. The whole of the largest collection as CSV, to a client that reads and forgets."""
    folder = packages.make(bench.target, bench.records)
    name = packages.largest(folder)
    count = packages.count(folder / f"{name}.jsonl")
    path = f"/v1/{name}?format=csv"
    rates, growths = [], []
    with bench.rivals.ours(folder) as server:
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {1})
        for _ in range(bench.rounds + 1):
            server.forget_peak()
            resident = server.memory()
            began = time.perf_counter()
            received = drain(server.port, path)
            rates.append(received / MB / (time.perf_counter() - began))
            growths.append((server.memory("VmHWM") - resident) / MB)
        os.sched_setaffinity(0, before)
    # The first one warms up; its memory counts all the same.
    rate, growth = load.Spread.of(rates[1:]), load.Spread.of(growths)
    bench.say(f"{received:,} bytes of CSV")
    work, told = f"whole-table CSV of {count:,} records, streamed", f"{rate} MB/s, memory grows by {growth} MB"
    met = rate.median >= 200 and growth.most <= 16
    bench.add("j", work, told, goal="at least 200 MB/s, memory grows by at most 16 MB", met=met)


def drain(port: int, path: str) -> int:
    """Reads an answer to its end and forgets it; says how many bytes came."""
    received, buffer = 0, bytearray(1 << 20)
    with socket.create_connection(("127.0.0.1", port)) as client:
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
        client.sendall(request.encode())
        while size := client.recv_into(buffer):
            if received == 0 and buffer.split(b" ", 2)[1] != b"200":
                raise SystemExit(f"{path} is answered {bytes(buffer[:200])}")
            received += size
    return received


def building(bench):
    """k. The size of the program, and with `--with-build` the time of a release build from nothing."""
    size = bench.rivals.binary.stat().st_size
    bench.add("k", "the program", f"{size / MB:.1f} MB", goal="at most 25 MB", met=size <= 25 * MB)
    if not bench.with_build:
        return
    work, seconds = "`cargo build --release` from nothing", build(bench, bench.root)
    if not bench.before:
        bench.add("k", work, f"{seconds:.0f} s")
        return
    with tempfile.TemporaryDirectory(dir=bench.data) as folder:
        archive = subprocess.run(["git", "archive", bench.before], cwd=bench.root, capture_output=True, check=True)
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
        before = build(bench, folder)
    ratio = seconds / before
    aim = {"goal": "at most a third slower", "met": ratio <= 4 / 3}
    rival = f"{bench.before}: {before:.0f} s"
    bench.add("k", work, f"{seconds:.0f} s", rival=rival, ratio=f"{ratio:.2f} times", **aim)


def build(bench, root) -> float:
    """Seconds of a release build from nothing."""
    target = bench.target / "bench-build"
    shutil.rmtree(target, ignore_errors=True)
    # What cargo downloads is no part of it.
    subprocess.run(["cargo", "fetch", "--locked"], cwd=root, check=True)
    began = time.perf_counter()
    command = ["cargo", "build", "--release", "--locked", "--target-dir", target]
    subprocess.run(command, cwd=root, check=True)
    seconds = time.perf_counter() - began
    shutil.rmtree(target)
    return seconds
