"""The rows of the table of faults, each a function of the binary and the size, each printed as one line."""

import argparse
import pathlib
import sys
import time

import clients_at_fault
import data_at_fault
import readers_at_fault
import stopping
from service import NotHere

ROWS = [
    clients_at_fault.half_headers,
    clients_at_fault.overload,
    clients_at_fault.distinct_queries,
    clients_at_fault.full_table,
    clients_at_fault.half_closed,
    clients_at_fault.silent_connections,
    clients_at_fault.few_files,
    readers_at_fault.unread_http_1,
    readers_at_fault.slow_readers,
    readers_at_fault.stalled_log,
    data_at_fault.reloads_under_load,
    data_at_fault.folder_removed,
    data_at_fault.no_permission,
    data_at_fault.disk_full,
    data_at_fault.read_only,
    data_at_fault.former_releases,
    stopping.terminated_under_load,
]
# Left out with --quick: they take long, or need a machine of their own.
WHOLE_RUNS = [
    clients_at_fault.expensive_requests,
    readers_at_fault.unread_http_2,
    data_at_fault.relative_folder,
    data_at_fault.million_faults,
    data_at_fault.no_regular_file,
]


def main():
    parser = argparse.ArgumentParser(description="Tries the service under fault.")
    built = pathlib.Path(__file__).parents[2] / "target/release/partnership-api"
    parser.add_argument("binary", nargs="?", type=pathlib.Path, default=built)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for every commit")
    parser.add_argument("--only", default="", help="rows whose name holds this")
    asked = parser.parse_args()
    binary = asked.binary.resolve()
    if not binary.is_file():
        parser.error(f"there is no program at {binary}")
    failed = 0
    for row in ROWS if asked.quick else [*ROWS, *WHOLE_RUNS]:
        if asked.only not in row.__name__:
            continue
        name, began = row.__name__.replace("_", " "), time.monotonic()
        try:
            verdict, told = "holds", row(binary, asked.quick)
        except NotHere as why:
            verdict, told = "not tried", str(why)
        except AssertionError as why:
            verdict, told = "FAILS", str(why)
            failed += 1
        print(f"{name}: {verdict}: {told} ({time.monotonic() - began:.0f} s)", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
