"""DuckDB and Spark: partitions hold each record once, and sums over them are the totals that the service answers.

The lines of docs/engines.md are run as they are printed, in the folder that its first line exports into.

Usage: engines.py URL BINARY FOLDER
"""

import contextlib
import itertools
import json
import os
import re
import sys
import tempfile
from pathlib import Path

import duckdb
import pyarrow.parquet
from programs import run
from pyspark.sql import SparkSession
from service import check, collections, download, fail, fetch

PAGE = Path("docs/engines.md").read_text(encoding="utf-8")
EXPORTED = "partnerships"
KEYS = ["partner", "period_from"]
# What the page says may be added up: a collection, a column, and what it is grouped by.
SUMS = [
    ("assistance-funding", "counted_usd", ("partner", "program")),
    ("assistance-funding", "counted_usd_by_partner", ("partner",)),
    ("assistance-funding", "counted_usd_by_program", ("program",)),
    ("arms-sales", "counted_usd", ("partner", "channel", "measure")),
    ("deployments", "counted_personnel", ("partner",)),
    *(("training", "counted_usd", by) for size in range(4)
      for by in itertools.combinations(("partner", "program", "fiscal_year"), size)),
]
Sums = dict[tuple[str | None, ...], int | None]


def totals(base: str, collection: str, by: tuple[str, ...]) -> Sums:
    """The amount of each group as the service answers it; without groups the one amount of all."""
    answer = json.loads(fetch(f"{base}/v1/{collection}/totals?group_by={','.join(by)}" if by else
                              f"{base}/v1/{collection}/totals"))
    groups = answer["data"] + answer.get("shared", []) if by else [answer["total"]]
    return {tuple(part(group["key"][key]) for key in by): amount(group) for group in groups}


def part(value: str | None) -> str | None:
    """A value of a key as a partition has it: several partners are joined by `+`."""
    return None if value is None else str(value).replace(",", "+")


def amount(group: dict) -> int | None:
    """What a group of assistance or sales, of training, or of people amounts to."""
    money = group.get("amount") or group.get("cost")
    return money["usd"] if money else (group.get("count") or {}).get("personnel")


def summed(rows: list) -> Sums:
    """The rows of an engine: the values of the keys, and the sum last."""
    sums = {tuple(None if value is None else str(value) for value in row[:-1]): row[-1] for row in rows}
    check("groups met once", len(rows), len(sums))
    return sums


def same(what: str, wanted: Sums, found: Sums) -> None:
    """Stops at the first group that differs."""
    check(f"{what}: groups", sorted(map(str, wanted)), sorted(map(str, found)))
    check(what, {}, {key: (usd, found[key]) for key, usd in wanted.items() if usd != found[key]})


def export(binary: str) -> None:
    """Runs the first line of the page."""
    line = re.search(r"^\$ partnership-api (export .*)$", PAGE, re.MULTILINE)
    if not line or f"--partition-by {','.join(KEYS)}" not in line[1]:
        fail("docs/engines.md has no line that exports partitions")
    run([binary, *line[1].split()], Path.cwd())


def whole(base: str, spark: SparkSession) -> None:
    """Every collection has each record once, with the columns of the file that is served."""
    for name, count in collections(base).items():
        files = f"{EXPORTED}/{name}/**/*.parquet"
        held = duckdb.sql(f"from read_parquet('{files}', hive_partitioning = true)")
        frame = spark.read.parquet(f"{EXPORTED}/{name}")
        check(f"{name}: records and ids in DuckDB", (count, count),
              duckdb.sql("select count(*), count(distinct id) from held").fetchone())
        check(f"{name}: records in Spark", (count, count), (frame.count(), frame.select("id").distinct().count()))
        with tempfile.TemporaryDirectory() as folder:
            served = pyarrow.parquet.read_schema(download(base, name, "parquet", folder)).names
        added = {"partners", *(column for _, column, _ in SUMS)}
        check(f"{name}: columns in DuckDB", set(served) - added, set(held.columns) - added)
        check(f"{name}: columns in Spark", set(held.columns), set(frame.columns))
        types = dict(zip(held.columns, map(str, held.types)))
        if "period_from" in types:
            check(f"{name}: years in DuckDB", "BIGINT", types["period_from"])
            check(f"{name}: years in Spark", "int", dict(frame.dtypes)["period_from"])


def sums(base: str, spark: SparkSession) -> None:
    """Every sum that the page allows, in both engines."""
    for name, column, by in SUMS:
        wanted = totals(base, name, by)
        keys = ", ".join(by)
        files = f"read_parquet('{EXPORTED}/{name}/**/*.parquet', hive_partitioning = true)"
        query = f"select {keys and keys + ','} sum({column})::bigint from {files} {keys and 'group by ' + keys}"
        same(f"{name} by {keys or 'nothing'} in DuckDB", wanted, summed(duckdb.sql(query).fetchall()))
        frame = spark.read.parquet(f"{EXPORTED}/{name}").groupBy(*by).sum(column)
        same(f"{name} by {keys or 'nothing'} in Spark", wanted, summed(frame.collect()))


def recipes(base: str) -> int:
    """The programs of the page as they are printed: what each makes is compared with the totals by the same groups."""
    ran = 0
    for language in ("sql", "python"):
        blocks = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
        check(f"programs of {language} on the page", True, len(blocks) >= 3)
        for block in blocks:
            name = re.search(rf"{EXPORTED}/([a-z-]+)", block)[1]
            if language == "sql":
                answer = duckdb.sql(block)
                columns, rows = answer.columns, answer.fetchall()
            else:
                names = {}
                with contextlib.redirect_stdout(None):
                    exec(block, names)
                columns, rows = names["totals"].columns, names["totals"].collect()
            check(f"the last column of {block}", "usd", columns[-1])
            same(block, totals(base, name, tuple(columns[:-1])), summed(rows))
            ran += 1
    return ran


def main() -> None:
    """Exports, and asks both engines."""
    base, binary, folder = sys.argv[1], str(Path(sys.argv[2]).resolve()), sys.argv[3]
    os.chdir(folder)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    export(binary)
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config(
        "spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    whole(base, spark)
    sums(base, spark)
    ran = recipes(base)
    spark.stop()
    print(f"  {len(SUMS)} sums over partitions are the totals of the service in DuckDB and Spark; {ran} programs of the page run")


main()
