"""Data that changes, breaks, or cannot be read or written while it is served."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from client import Client, Load
from service import Folder, NotHere, Service


def reloads_under_load(binary, quick):
    """Releases, some of them broken, one after another under load: none is mixed, no request fails."""
    rounds, clients = (20, 4) if quick else (100, 8)
    with Folder() as folder:
        folder.write(0)
        with Service(binary, "--data", str(folder.path), "--log", "info") as service:
            load = Load(service.port, clients, ["/v1/partners"], 180)
            loaded = refused = 0
            for number in range(1, rounds + 1):
                mark = service.mark()
                if number % 5 == 0:
                    folder.break_one()
                    expected = "not reloaded"
                    refused += 1
                else:
                    folder.write(number)
                    expected = "another release"
                    loaded += 1
                service.signal("SIGHUP")
                service.logs(expected, since=mark)
            busy = load.enough()
            seen = load.reports()
    assert busy, "a client ended before the last reload"
    assert set(seen["statuses"]) == {"200"}, f"statuses {seen['statuses']}"
    lost = seen["cut"] + seen["hung"] + seen["closed"] + seen["refused"]
    assert lost == 0, f"{lost} requests failed"
    assert seen["mixed"] == 0, f"{seen['mixed']} answers mixed two releases"
    return (f"{loaded} releases loaded and {refused} broken ones refused under {clients} busy clients: "
            f"{seen['answered']} answers of {len(seen['releases'])} releases, 0 failed, 0 mixed")


def serves_last_good(service, version):
    """Expects that a release is served and that the service calls itself ready."""
    client = Client(service.port)
    status, _, body = client.get("/readyz")
    assert status == 200 and f'"version":"{version}"'.encode() in body, f"/readyz: {status} {body[:300]}"
    assert client.get("/v1/partners")[0] == 200
    client.close()


def told(service, mark):
    """What the log says about a reload that was refused."""
    line = service.logs("not reloaded", since=mark)
    return f"`{line['message']}: {line['first'][:90]}`"


def former_releases(binary, quick):
    """Former releases asked for in turn: each answers with its own data, and memory stays within the setting."""
    (count, rounds), setting, slack = (6, 2) if quick else (10, 5), 64, 48
    with Folder() as folder:
        versions = [folder.release["version"], *(f"9.0.{number}" for number in range(count - 1))]
        archived = folder.release["version"] in archived_versions(binary, folder)
        for version in versions[1:] if archived else versions:
            folder.name(version)
            made = subprocess.run([binary, "release", version, "--data", str(folder.path)], capture_output=True, text=True)
            assert made.returncode == 0, f"{version} was not archived: {made.stderr[:300]}"
        folder.name("9.1.0")
        with Service(binary, "--data", str(folder.path), "--release-bytes", str(setting << 20)) as service:
            client = Client(service.port)
            assert client.get("/v1/partners?limit=1")[0] == 200
            before = service.resident()
            for _ in range(rounds):
                for version in versions:
                    for path in ("/v1/dataset?", "/v1/assistance-funding?limit=1000&", "/v1/assistance-funding/totals?"):
                        status, _, body = client.get(f"{path}release={version}")
                        assert status == 200, f"{path} of {version}: {status}"
                        named = f'"version":"{version}"'.encode() in body
                        assert named, f"{path} of {version} answers with another release"
            client.close()
            held, peak = service.resident() - before, service.peak() - before
    assert peak <= setting + slack, f"{peak:.0f} MiB more than before, of {setting} MiB that may be held"
    return (f"{count} releases asked for in turn {rounds} times, each answered with its own data: {held:.0f} MiB more than before, "
            f"{peak:.0f} at most, of {setting} that may be held")


def archived_versions(binary, folder):
    """The versions that the archive of a folder holds, as its service lists them."""
    with Service(binary, "--data", str(folder.path)) as service:
        client = Client(service.port)
        status, _, body = client.get("/v1/releases")
        client.close()
    assert status == 200, status
    return [release["version"] for release in json.loads(body)["data"] if not release["served"]]


def folder_removed(binary, _quick):
    """The folder goes away, and comes back with another release."""
    with Folder() as folder:
        before = folder.write(1)
        with Service(binary, "--data", str(folder.path)) as service:
            mark = service.mark()
            shutil.rmtree(folder.path)
            line = told(service, mark)
            serves_last_good(service, before)
            mark = service.mark()
            shutil.copytree(Path(__file__).resolve().parents[2] / "data", folder.path)
            after = folder.write(2)
            service.logs("another release", since=mark)
            serves_last_good(service, after)
    return f"{line}; last good data served; back after the folder was"


def no_permission(binary, _quick):
    """A file loses its read permission. Root may read everything, so the service runs as nobody."""
    if os.geteuid() != 0:
        raise NotHere("needs root, to start the service as another user")
    with Folder() as folder, tempfile.TemporaryDirectory() as shared:
        # The binary may stand where nobody can reach it.
        reachable = shutil.copy(binary, shared)
        for path in (shared, folder.home, folder.path):
            os.chmod(path, 0o755)
        wrapper = Path(shared) / "as-nobody"
        wrapper.write_text(
            "#!/usr/bin/env python3\nimport os, sys\nos.setgroups([])\nos.setgid(65534)\nos.setuid(65534)\n"
            f"os.execv({reachable!r}, [{reachable!r}, *sys.argv[1:]])\n"
        )
        wrapper.chmod(0o755)
        before = folder.write(1)
        with Service(str(wrapper), "--data", str(folder.path)) as service:
            mark = service.mark()
            (folder.path / "partners.jsonl").chmod(0o000)
            line = told(service, mark)
            serves_last_good(service, before)
    return f"{line}; last good data served"


class SmallDisk:
    """A small file system in memory."""

    def __init__(self, size):
        if os.geteuid() != 0:
            raise NotHere("needs root, to mount a small disk")
        self.path = tempfile.mkdtemp()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "faults", self.path],
            capture_output=True, text=True, check=False,
        )
        if mounted.returncode != 0:
            os.rmdir(self.path)
            raise NotHere(f"no file system can be mounted: {mounted.stderr.strip()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], check=False)
        os.rmdir(self.path)

    def remount_read_only(self):
        subprocess.run(["mount", "-o", "remount,ro", self.path], check=True)


def disk_full(binary, _quick):
    """The disk fills up while a release is written to it."""
    with SmallDisk("24m") as disk, Folder(within=disk.path) as folder:
        before = folder.write(1)
        with Service(binary, "--data", str(folder.path)) as service:
            mark = service.mark()
            filler = Path(disk.path) / "filler"
            try:
                with filler.open("wb", buffering=0) as full:
                    while full.write(bytes(4096)) == 4096:
                        pass
            except OSError:
                pass
            try:
                # Longer than the file that it replaces, whose room is freed first.
                (folder.path / "partners.jsonl").write_text(folder.partners * 40)
            except OSError:
                pass
            else:
                raise AssertionError("the disk is not full")
            line = told(service, mark)
            serves_last_good(service, before)
            filler.unlink()
            mark = service.mark()
            after = folder.write(3)
            service.logs("another release", since=mark)
            serves_last_good(service, after)
    return f"{line}; last good data served; the next release loaded once there was room"


def relative_folder(binary, _quick):
    """A folder that is named from where the service runs is watched like any other."""
    named = ["data", "./data", "data/"]
    with Folder() as folder:
        for number, name in enumerate(named):
            with Service(binary, "--data", name, within=folder.home) as service:
                mark = service.mark()
                after = folder.write(number + 1)
                service.logs("another release", since=mark)
                serves_last_good(service, after)
    return f"a change was noticed and loaded with --data {', '.join(named)}"


def million_faults(binary, _quick):
    """A file of faults is refused quickly and in little memory, while the last good data is served."""
    count, most_memory, most_seconds = 1_000_000, 100, 60
    with Folder() as folder:
        before = folder.write(1)
        with Service(binary, "--data", str(folder.path)) as service:
            serves_last_good(service, before)
            resident, mark, began = service.resident(), service.mark(), time.monotonic()
            broken = folder.path / "broken"
            broken.write_text(folder.partners + "{}\n" * count)
            broken.rename(folder.path / "partners.jsonl")
            line = service.logs("not reloaded", since=mark)
            took, grown = time.monotonic() - began, service.peak() - resident
            serves_last_good(service, before)
    assert line["faults"] >= count, f"{line['faults']} faults are counted"
    assert grown < most_memory, f"resident memory grew by {grown:.0f} MiB"
    assert took < most_seconds, f"it took {took:.0f} s"
    return f"{line['faults']} faults refused in {took:.1f} s and {grown:.0f} MiB; last good data served"


def no_regular_file(binary, _quick):
    """A pipe, a device and a folder in the place of a file, and a file that grows for ever."""
    with Folder() as folder:
        before = folder.write(1)
        with Service(binary, "--data", str(folder.path)) as service:
            path, lines = folder.path / "partners.jsonl", []
            makers = [os.mkfifo, os.mkdir, lambda to: os.symlink("/dev/zero", to)]
            for make in makers:
                path.unlink()
                mark = service.mark()
                make(path)
                lines.append(told(service, mark))
                serves_last_good(service, before)
                path.rmdir() if path.is_dir() else path.unlink()
                mark = service.mark()
                before = folder.write(len(lines) + 1)
                service.logs("another release", since=mark)
            began = time.monotonic()
            service.signal("SIGTERM")
            code = service.exit_code()
    assert code == 0, f"exit code {code}"
    return f"{lines[0]}; so with a folder and a device; gone {time.monotonic() - began:.1f} s after SIGTERM"


def read_only(binary, _quick):
    """The data lies on a file system that cannot be written, which nothing of the service needs."""
    with SmallDisk("24m") as disk:
        folder = Folder(within=disk.path)
        before = folder.write(1)
        disk.remount_read_only()
        with Service(binary, "--data", str(folder.path)) as service:
            began = time.monotonic()
            service.signal("SIGHUP")
            service.logs("the data is the same")
            serves_last_good(service, before)
    return f"served and reloaded from a read-only file system in {time.monotonic() - began:.1f} s"
