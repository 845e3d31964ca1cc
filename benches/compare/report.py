"""What is printed: a Markdown table with the date, the machine, the versions and the command."""

import dataclasses
import datetime
import os
import pathlib
import platform


@dataclasses.dataclass
class Row:
    """One line of the table. `met` is None where there is no goal."""

    letter: str
    work: str
    ours: str
    rival: str = ""
    ratio: str = ""
    goal: str = "none"
    met: bool | None = None

    def __str__(self):
        met = {True: "yes", False: "no", None: ""}[self.met]
        return f"| {self.letter} | {self.work} | {self.ours} | {self.rival} | {self.ratio} | {self.goal} | {met} |"


HEADING = "| row | work | ours | compared with | ratio: median (least to greatest) | goal | met |"
RULE = "|---" * 7 + "|"


def machine() -> str:
    """The processor, its cores, the memory and the kernel."""
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = models[0] if models else platform.machine()
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def whole(rows, versions, command, load_before) -> str:
    """Everything that a run found, ready for `benches/README.md`."""
    now = datetime.datetime.now(datetime.UTC)
    told = "; ".join(f"{name}: {version}" for name, version in versions.items())
    lines = [
        f"Date: {now:%Y-%m-%d %H:%M} UTC  ",
        f"Machine: {machine()}; load average before the run {load_before:.2f}  ",
        f"Versions: {told}  ",
        f"Command: `{command}`",
        "",
        HEADING,
        RULE,
        *map(str, rows),
    ]
    return "\n".join(lines)
