"""Data frames and DuckDB: every collection, in every format, holds the same records in the same order.

Usage: tables.py URL
"""

import json
import random
import sys
import tempfile
from urllib.parse import urlencode

import duckdb
import pandas
import pyarrow.parquet
from service import check, collections, download, fetch, records


def number(value: object) -> str:
    """A cell as CSV writes it, whichever library read it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ";".join(number(part).replace(";", ",") for part in value)
    return "" if value is None else str(value)


def harmless(text: str) -> str:
    """Text as CSV writes it: what a spreadsheet would run is led by an apostrophe."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") and not text[1:].isdigit() else text


def compare(base: str, name: str, count: int, folder: str) -> None:
    """Reads one collection in each format and compares it with its pages of JSON."""
    wanted = records(base, name)
    ids = [record["id"] for record in wanted]
    check(f"{name}: records that the index counts", count, len(wanted))
    check(f"{name}: ids met once", len(ids), len(set(ids)))
    check(f"{name}: ids in pages of 7", ids, [record["id"] for record in records(base, name, size=7)])

    lines = fetch(f"{base}/v1/{name}?format=ndjson").decode().splitlines()
    check(f"{name}: NDJSON", wanted, [json.loads(line) for line in lines])

    paths = {form: download(base, name, form, folder) for form in ("csv", "xlsx", "parquet")}
    # As a reader types it, and then once more as bare text to compare cells.
    check(f"{name}: pandas, CSV", ids, pandas.read_csv(f"{base}/v1/{name}?format=csv")["id"].tolist())
    csv = pandas.read_csv(paths["csv"], dtype=str, keep_default_na=False)
    check(f"{name}: pandas, XLSX", ids, pandas.read_excel(paths["xlsx"])["id"].tolist())
    xlsx = pandas.read_excel(paths["xlsx"], dtype=object, keep_default_na=False)
    check(f"{name}: pandas, Parquet", ids, pandas.read_parquet(paths["parquet"])["id"].tolist())
    parquet = pyarrow.parquet.read_table(paths["parquet"])
    check(f"{name}: columns of XLSX", list(csv.columns), list(xlsx.columns))
    check(f"{name}: columns of Parquet", list(csv.columns), parquet.column_names)
    for column in csv.columns:
        cells = [number(value) for value in parquet[column].to_pylist()]
        check(f"{name}: Parquet cells of {column}", csv[column].tolist(), [harmless(cell) for cell in cells])
        cells = [number(value) for value in xlsx[column].tolist()]
        check(f"{name}: XLSX cells of {column}", csv[column].tolist(), [harmless(cell) for cell in cells])

    # What is nested in JSON is joined by `_` in a table.
    flat = pandas.json_normalize(wanted, sep="_")
    check(f"{name}: pandas, JSON", ids, flat["id"].tolist())
    lacking = [column for column in csv.columns
               if column not in flat and not listed(wanted, column) and not added(column)]
    check(f"{name}: columns that JSON lacks", [], lacking)

    for form, reader in (("csv", "read_csv"), ("parquet", "read_parquet")):
        rows = duckdb.sql(f"select id from {reader}('{paths[form]}')").fetchall()
        check(f"{name}: DuckDB, {form}", ids, [row[0] for row in rows])


def listed(wanted: list[dict], column: str) -> bool:
    """Whether a column gathers a part of the elements of a list, as `citations_source` does."""
    key, _, part = column.rpartition("_")
    values = [record[key] for record in wanted if isinstance(record.get(key), list)]
    return any(isinstance(element, dict) and part in element for value in values for element in value)


def added(column: str) -> bool:
    """Whether a column is one that tables end with, so that a row stands alone: address, source, labels."""
    return column in {"record_url", "source_title", "source_publisher", "source_url"} or column.endswith("_label")


def sums(base: str, folder: str) -> None:
    """A question that a journalist would ask: every reader finds the same sum, in whole dollars."""
    wanted = sum(figure["amount"]["usd"] for figure in records(base, "assistance-funding"))
    csv, parquet = (f"{folder}/assistance-funding.{form}" for form in ("csv", "parquet"))
    check("sum in pandas", wanted, int(pandas.read_csv(csv)["amount_usd"].sum()))
    for path in (csv, parquet):
        query = f"select sum(amount_usd), typeof(any_value(amount_usd)) from '{path}'"
        total, kind = duckdb.sql(query).fetchall()[0]
        check(f"sum in DuckDB of {path}", (wanted, "BIGINT"), (int(total), kind))
    filtered = f"{base}/v1/assistance-funding?program=FMF&format=csv"
    listed_ids = [f["id"] for f in records(base, "assistance-funding") if f["program"] == "FMF"]
    check("a filtered CSV", listed_ids, pandas.read_csv(filtered)["id"].tolist())


def totals(base: str, questions: int = 200) -> None:
    """Questions at random: what a list counts sums to the total that the service answers, whatever was asked."""
    figures = records(base, "assistance-funding")
    chance = random.Random(17)  # noqa: S311
    with_amount = 0
    for _ in range(questions):
        figure, other = chance.choice(figures), chance.choice(figures)
        asked = {"partner": chance.choice(figure["partner"])}
        if chance.random() < 0.7:
            asked["program"] = ",".join({figure["program"], chance.choice((figure, other))["program"]})
        if chance.random() < 0.7:
            first = chance.randint(1996, 2024)
            asked |= {"fiscal_year_min": first, "fiscal_year_max": first + chance.randint(0, 10)}
        question = urlencode(asked)
        table = pandas.read_csv(f"{base}/v1/assistance-funding.csv?{question}")
        total = json.loads(fetch(f"{base}/v1/assistance-funding/totals?{question}"))["total"]
        amount = total["amount"] and total["amount"]["usd"]
        with_amount += amount is not None
        counted = table["counted_usd"].dropna()
        check(f"what is counted of {question}", amount, int(counted.sum()) if len(counted) else None)
    check("questions with an amount", True, with_amount > questions / 4)


def main() -> None:
    """Compares every collection, then asks for sums."""
    base = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        for name, count in collections(base).items():
            compare(base, name, count, folder)
        sums(base, folder)
    totals(base)


main()
