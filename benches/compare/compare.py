"""Runs the rows that were asked for and prints what they found. Started by `run`, which installs and builds.

Rows:
  a  a page against nginx serving the same bytes as a file
  b  the same, gzip and br, against precompressed files
  c  a validator that still holds (304), against nginx
  d  a page against a bare hyper server
  e  distinct filter, sort and page queries over 100,000 records, against roapi, Datasette and FastAPI
  f  a query that about 20 records match, over few and over all records
  g  a filter that half of all records match, with sort, facets and count
  h  start to first answer, against roapi and Datasette
  i  records loaded a second, and memory
  j  a whole collection streamed as CSV
  k  size of the program, and the time of a build with --with-build
  m  an HTML page from the cache against its JSON from the cache, and against nginx
  n  HTML pages that no cache holds, against their JSON and Datasette's HTML
  o  charts that no cache holds, against their JSON
"""

import argparse
import os
import pathlib
import sys
import time

import report
from rivals import Rivals
from rows import pages, queries, records, sizes

ROWS = {
    "a": records.static_file,
    "b": records.compressed,
    "c": records.not_modified,
    "d": records.bare_hyper,
    "e": queries.distinct,
    "f": queries.growing,
    "g": queries.broad,
    "h": sizes.starting,
    "i": sizes.loading,
    "j": sizes.streaming,
    "k": sizes.building,
    "m": pages.cached,
    "n": pages.uncached,
    "o": pages.charts,
}


class Bench:
    """What a row needs: how much to measure, the servers, and where results go."""

    def __init__(self, asked):
        self.root, self.target = asked.root, asked.target
        self.records, self.rounds, self.seconds = asked.records, asked.rounds, asked.seconds
        self.connections, self.sample = asked.connections, asked.sample
        self.with_build, self.before = asked.with_build, asked.before
        self.rivals = Rivals(asked.target)
        self.data = self.rivals.data
        self.rows = []
        self.began = time.monotonic()

    def say(self, text: str):
        print(f"  [{time.monotonic() - self.began:4.0f} s] {text}", file=sys.stderr, flush=True)

    def add(self, letter: str, work: str, ours: str, **compared):
        self.rows.append(report.Row(letter, work, ours, **compared))
        self.say(str(self.rows[-1]))


def arguments():
    parser = argparse.ArgumentParser(
        prog="benches/compare/run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("row", nargs="*", help="letters of rows; all when left out")
    parser.add_argument("--records", type=int, default=1_000_000, help="the largest data package (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each server, in turns (%(default)s)")
    parser.add_argument("--seconds", type=float, default=5, help="how long a round takes (%(default)s)")
    parser.add_argument("--connections", type=int, default=64, help="connections of rows a to d and m (%(default)s)")
    parser.add_argument("--sample", type=int, default=50, help="queries whose answers are compared (%(default)s)")
    parser.add_argument("--with-build", action="store_true", help="row k also builds from nothing")
    parser.add_argument("--before", metavar="REVISION", help="what --with-build compares the time with")
    parser.add_argument("--no-build", action="store_true", help="measure what is built already")
    parser.add_argument("--root", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--target", type=pathlib.Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.row = sorted(set("".join(asked.row))) or list(ROWS)
    if unknown := [letter for letter in asked.row if letter not in ROWS]:
        parser.error(f"no such row: {', '.join(unknown)}")
    if os.cpu_count() < 2:
        parser.error("needs two cores: one for the server, one for the load")
    return asked


def main():
    asked = arguments()
    bench, load_before = Bench(asked), os.getloadavg()[0]
    for letter in asked.row:
        bench.say(ROWS[letter].__doc__)
        ROWS[letter](bench)
    hidden = {"--root", str(asked.root), "--target", str(asked.target)}
    words = [word for word in sys.argv[1:] if word not in hidden]
    print(report.whole(bench.rows, bench.rivals.versions(), " ".join(["benches/compare/run", *words]), load_before))


if __name__ == "__main__":
    main()
