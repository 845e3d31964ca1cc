"""The data that is served: data packages of any size, and the same records for each rival."""

import collections
import json
import pathlib
import shutil
import sqlite3
import subprocess

# The fewest records that are made: every record of the real data is among them.
LEAST = 30_000


def make(target: pathlib.Path, records: int) -> pathlib.Path:
    """A data package of that many records, made once."""
    folder = target / "bench-data" / f"package-{records}"
    if not (folder / "dataset.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        maker = target / "release" / "examples" / "make-data"
        subprocess.run([maker, "--records", str(records), folder], check=True)
    return folder


def embedded(root: pathlib.Path, target: pathlib.Path) -> pathlib.Path:
    """A fresh copy of the data that the program carries, beside which rivals' files may lie."""
    folder = target / "bench-data" / "embedded"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / "data", folder)
    return folder


def size(folder: pathlib.Path) -> int:
    """The bytes of its data files."""
    return sum(file.stat().st_size for file in folder.glob("*.jsonl"))


def count(file: pathlib.Path) -> int:
    with open(file, "rb") as lines:
        return sum(1 for _ in lines)


def largest(folder: pathlib.Path) -> str:
    """The name of the collection with the largest file."""
    return max(folder.glob("*.jsonl"), key=lambda file: file.stat().st_size).stem


def records(file: pathlib.Path):
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def flat(file: pathlib.Path):
    """Columns and rows: nested values become columns of their own, lists and what is nested deeper JSON."""
    read = list(records(file))
    nested = {}
    for record in read:
        for key, value in record.items():
            if isinstance(value, dict):
                nested.setdefault(key, {}).update(dict.fromkeys(value))
    columns = {}
    for record in read:
        for key in record:
            names = [f"{key}_{inner}" for inner in nested[key]] if key in nested else [key]
            columns.update(dict.fromkeys(names))

    def row(record):
        cells = dict.fromkeys(columns)
        for key, value in record.items():
            if key in nested:
                cells |= {f"{key}_{inner}": cell for inner, cell in (value or {}).items()}
            else:
                cells[key] = value
        inner = (key for key, value in cells.items() if isinstance(value, list | dict))
        return cells | {key: json.dumps(cells[key], ensure_ascii=False) for key in inner}

    return list(columns), (row(record) for record in read)


def tables(folder: pathlib.Path):
    """Each collection with the name that rivals know it by. What changed from release to release is none."""
    for file in sorted(folder.glob("*.jsonl")):
        if file.stem == "changes":
            continue
        yield file, file.stem.replace("-", "_")


def as_ndjson(folder: pathlib.Path) -> dict:
    """The files for roapi, by table."""
    made = {}
    for file, table in tables(folder):
        made[table] = folder / "flat" / f"{table}.ndjson"
        if not made[table].exists():
            made[table].parent.mkdir(exist_ok=True)
            _, rows = flat(file)
            whole = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            made[table].write_text(whole, encoding="utf-8")
    return made


def as_sqlite(folder: pathlib.Path) -> pathlib.Path:
    """The database for Datasette and FastAPI, with the indexes that the queries of row e would like best."""
    path = folder / "flat" / "bench.db"
    if path.exists():
        return path
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with sqlite3.connect(unfinished) as database:
        for file, table in tables(folder):
            columns, rows = flat(file)
            named = ", ".join(f'"{name}"' + (" text primary key" if name == "id" else "") for name in columns)
            database.execute(f"create table {table} ({named})")
            holes = ", ".join("?" for _ in columns)
            cells = ([row[name] for name in columns] for row in rows)
            database.executemany(f"insert into {table} values ({holes})", cells)
        for field in ("program", "stage"):
            database.execute(f"create index {field} on assistance_funding ({field}, amount_usd)")
        database.execute("create index amount on assistance_funding (amount_usd)")
    database.execute("analyze")
    database.execute("vacuum")
    database.close()
    unfinished.rename(path)
    return path


def values(file: pathlib.Path) -> dict:
    """How many records have each word of a field, lists included; fields with very many words are left out."""
    counts, dropped = {}, set()
    for record in records(file):
        for key, value in record.items():
            cells = {f"{key}_{k}": v for k, v in value.items()} if isinstance(value, dict) else {key: value}
            for name, cell in cells.items():
                words = [word for word in (cell if isinstance(cell, list) else [cell]) if isinstance(word, str)]
                if not words or name in dropped:
                    continue
                counts.setdefault(name, collections.Counter()).update(set(words))
                if len(counts[name]) > 50_000:
                    dropped.add(name)
                    del counts[name]
    return counts
