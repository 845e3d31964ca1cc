"""Holds the system calls that a service has made to those that the unit allows it.

calls.py UNIT TRACE...: the unit, and what strace wrote of the service.
"""

import pathlib
import re
import subprocess
import sys


def group(name):
    """The calls of a set of systemd's, with those of the sets that it holds."""
    if not name.startswith("@"):
        return {name}
    shown = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True)
    lines = [line.strip() for line in shown.stdout.splitlines()[1:]]
    return {call for line in lines if line and not line.startswith("#") for call in group(line)}


unit = pathlib.Path(sys.argv[1]).read_text()
# What systemd always allows.
allowed = group("@default")
for line in re.findall(r"^SystemCallFilter=(.*)$", unit, re.M):
    named = {call for name in line.lstrip("~").split() for call in group(name)}
    allowed = allowed - named if line.startswith("~") else allowed | named
assert "ptrace" not in allowed and "mount" not in allowed, "the unit allows everything"
families = set(re.search(r"^RestrictAddressFamilies=(.*)$", unit, re.M)[1].split())

trace = "".join(pathlib.Path(file).read_text() for file in sys.argv[2:])
made = set(re.findall(r"^\d+\s+(\w+)\(", trace, re.M))
assert {"accept4", "execve", "openat", "write"} <= made, f"this is no trace of the service: {made}"
assert made <= allowed, f"the unit forbids {made - allowed}"
# Pairs of sockets that one call makes are free: they reach nobody.
spoken = set(re.findall(r"\bsocket\((AF_\w+)", trace))
assert spoken <= families, f"the unit forbids {spoken - families}"
assert not re.search(r"PROT_WRITE\|PROT_EXEC", trace), "memory that can be written and run (MemoryDenyWriteExecute)"
print(f"  {len(made)} kinds of system calls were made, all of which the unit allows")
