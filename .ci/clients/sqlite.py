"""SQLite and Datasette: the database that docs/sqlite.md makes holds what the package and the service say.

Usage: sqlite.py URL FOLDER: the service, and an empty folder to work in.
"""

import csv
import importlib.metadata
import io
import json
import re
import shlex
import sqlite3
import subprocess
import sys
import time
import unicodedata
import zipfile
from pathlib import Path
from urllib.parse import quote, urlencode

from bs4 import BeautifulSoup
from programs import PRINTED, blocks, commands, shell
from service import check, collections, fail, fetch

PAGE = Path("docs/sqlite.md")
# A word of Spanish titles, one of English ones, and one without its accent.
SEARCHED = {"cooperation_es": "desminado", "cooperation": "demining", "conflicts_es": "estimacion",
            "assistance_funding": "ceiling"}


def table(resource: str) -> str:
    """The table of a resource of the package."""
    return resource.replace("-", "_")


def references(resource: dict) -> dict[str, tuple[str, str, str]]:
    """The lists of a resource that are references: where their values are, table and column, and what table they lead to."""
    name = table(resource["name"])
    leading = {
        "partner": (f"{name}_partner", "partner", "partners"),
        "missions": (f"{name}_missions", "missions", "missions"),
        "part_of": (f"{name}_part_of", "part_of", "assistance_programs"),
        "citations_source": (f"{name}_citations", "source", "sources"),
        "claims_source": (f"{name}_claims", "source", "sources"),
    }
    lists = [field["name"] for field in resource["schema"]["fields"] if field["type"] == "list"]
    return {column: leading[column] for column in lists if column in leading}


def make(page: str, url: str, folder: Path) -> None:
    """Saves the program under the name that the page gives it, and runs it and the questions as they are printed."""
    typed = commands(page)
    (program,) = blocks(page, "python")
    (made_by,) = [line.split()[1] for line in typed if line.startswith("python3 ")]
    (folder / made_by).write_text(program.replace(PRINTED, url), encoding="utf-8")
    (installs,) = [line for line in typed if line.startswith("pip install ")]
    for name in shlex.split(installs)[2:]:
        importlib.metadata.version(name)
    asked = [line for line in typed if line.startswith("sqlite-utils ")]
    check("questions of the page", True, len(asked) >= 3)
    shell(f"python3 {made_by}", folder)
    for line in asked:
        if len(shell(line, folder).splitlines()) < 3:
            fail(f"no rows: {line}")


def schema(database: sqlite3.Connection, resources: list[dict]) -> None:
    """Keys and types are those that the package declares, and every reference leads somewhere."""
    check("references that lead nowhere", [], database.execute("PRAGMA foreign_key_check").fetchall())
    for resource in resources:
        name, columns = table(resource["name"]), resource["schema"]["fields"]
        kinds = {c["name"]: "INTEGER" if c["type"] in ("integer", "boolean") else "TEXT" for c in columns}
        found = database.execute(f"PRAGMA table_info({name})").fetchall()
        check(f"{name}: columns", kinds, {column[1]: column[2] for column in found})
        check(f"{name}: primary key", resource["schema"]["primaryKey"], [column[1] for column in found if column[5]])
        declared = {(key["fields"][0], table(key["reference"].get("resource", resource["name"])))
                    for key in resource["schema"].get("foreignKeys", [])}
        keys = {(key[3], key[2]) for key in database.execute(f"PRAGMA foreign_key_list({name})")}
        check(f"{name}: foreign keys", declared, keys)
        for column, (linking, part, other) in references(resource).items():
            keys = {(key[3], key[2]) for key in database.execute(f"PRAGMA foreign_key_list({linking})")}
            check(f"{linking}: foreign keys, for {column}", {("record", name), (part, other)}, keys)


def cells(database: sqlite3.Connection, package: zipfile.ZipFile, resources: list[dict]) -> None:
    """Every cell is that of the package: nothing is added, an empty cell is NULL, a list has a row for each value."""
    for resource in resources:
        name = table(resource["name"])
        rows = list(csv.DictReader(io.TextIOWrapper(package.open(resource["path"]), encoding="utf-8", newline="")))
        truth = {"true": "1", "false": "0"}
        booleans = {field["name"] for field in resource["schema"]["fields"] if field["type"] == "boolean"}
        wanted = [[truth.get(cell, cell) if column in booleans else cell for column, cell in row.items()] for row in rows]
        found = database.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
        check(f"{name}: cells", wanted, [["" if cell is None else str(cell) for cell in row] for row in found])
        check(f"{name}: empty texts", 0, sum(cell == "" for row in found for cell in row))
        for column, (linking, part, _) in references(resource).items():
            pairs = [(row["id"], value) for row in rows if row[column] for value in row[column].split(";")]
            query = f"SELECT t.record, t.{part} FROM {linking} t JOIN {name} n ON n.id = t.record ORDER BY n.rowid, t.place"
            check(f"{linking}: rows", pairs, database.execute(query).fetchall())
    namibia = database.execute("SELECT id, typeof(alpha_2) FROM partners WHERE alpha_2 = 'NA'").fetchall()
    check("the code of Namibia", [("NAM", "text")], namibia)


def sums(database: sqlite3.Connection, base: str) -> None:
    """Each row of the view of sums is a group of the service's totals, and the answer to the question about it alone."""
    columns = "partner, program, counted_usd, completeness, min_usd, max_usd"
    rows = database.execute(f"SELECT {columns} FROM counted_by_partner_and_program").fetchall()
    view = {(partner, program): values for partner, program, *values in rows}
    answer = json.loads(fetch(f"{base}/v1/assistance-funding/totals?group_by=partner,program"))
    groups = {}
    for group in answer["data"] + answer["shared"]:
        amount, key = group["amount"] or {}, group["key"]
        values = [amount.get("usd"), group["completeness"], amount.get("min_usd"), amount.get("max_usd")]
        groups[key["partner"].replace(",", ";"), key["program"]] = values
    check("sums by partner and program", groups, view)
    for (partner, program), (usd, *_) in view.items():
        if ";" in partner:
            continue
        question = urlencode({"partner": partner, "program": program})
        amount = json.loads(fetch(f"{base}/v1/assistance-funding/totals?{question}"))["total"]["amount"]
        check(f"the sum of {question}", amount and amount["usd"], usd)
    cited = database.execute("SELECT count(*), count(distinct id) FROM figures_with_source").fetchall()
    wanted = database.execute("SELECT (SELECT count(*) FROM assistance_funding_citations), count(*) FROM assistance_funding")
    check("figures with their sources", wanted.fetchall(), cited)
    claims = database.execute("SELECT count(*) FROM claims_with_source").fetchone()
    check("claims with their sources", database.execute("SELECT count(*) FROM conflicts_claims").fetchone(), claims)


def words(text: str) -> list[str]:
    """The words of a text without case and accents."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return re.findall(r"\w+", bare)


def holding(database: sqlite3.Connection, name: str, word: str) -> list[str]:
    """The ids of rows that hold a word in a column which is searched, found by reading them all."""
    searched = [column[1] for column in database.execute(f"PRAGMA table_info({name}_fts)")]
    rows = database.execute(f"SELECT id, {', '.join(searched)} FROM {name}").fetchall()
    found = sorted(row[0] for row in rows if any(word in words(text) for text in row[1:] if text))
    check(f"{name}: rows with {word}", True, 0 < len(found) < len(rows))
    return found


def datasette(page: str, folder: Path) -> tuple[subprocess.Popen, str]:
    """Datasette as the page starts it, on a free port, and its address."""
    (line,) = [line for line in commands(page) if line.startswith("datasette ")]
    log = folder / "datasette.log"
    with log.open("wb") as output:
        server = subprocess.Popen([*shlex.split(line), "--port", "0"], cwd=folder, stdout=output, stderr=output)
    for _ in range(600):
        if listening := re.search(r"running on (http://\S+)", log.read_text()):
            return server, listening[1]
        if server.poll() is not None:
            break
        time.sleep(0.05)
    server.kill()
    fail(f"Datasette did not start: {log.read_text()}")


def asked(database: sqlite3.Connection, resources: list[dict], base: str, service: str) -> None:
    """What a reader asks of Datasette: rows, a view, searches, a facet, pages."""
    def answer(path: str, **parameters: object) -> dict:
        return json.loads(fetch(f"{base}/partnership{path}.json?{urlencode(parameters)}"))

    listed = {entry["name"]: entry["count"] for entry in json.loads(fetch(f"{base}/partnership.json"))["tables"]}
    counts = {table(name): count for name, count in collections(service).items()}
    check("rows of the tables", counts, {name: listed.get(name) for name in counts})

    record = json.loads(fetch(f"{service}/v1/assistance-funding/col-fmf-2017-2023"))["data"]
    (row,) = answer("/assistance_funding/col-fmf-2017-2023", _shape="array")
    check("a row", (record["amount"]["usd"], record["period"]["to"], record["stage"], None),
          (row["amount_usd"], row["period_to"], row["stage"], row["superseded_by"]))

    total = json.loads(fetch(f"{service}/v1/assistance-funding/totals?partner=COL&program=FMF"))["total"]
    (row,) = answer("/counted_by_partner_and_program", partner="COL", program="FMF", _shape="array")
    check("a row of the view", (total["amount"]["usd"], total["completeness"]),
          (row["counted_usd"], row["completeness"]))

    for name, word in SEARCHED.items():
        found = answer(f"/{name}", _search=word, _size="max")
        check(f"{name}: search for {word}", holding(database, name, word), sorted(row[0] for row in found["rows"]))

    facets = json.loads(fetch(f"{service}/v1/assistance-funding?facets=stage&limit=0"))["facets"]["stage"]
    found = answer("/assistance_funding", _facet="stage", _size=1)["facet_results"]["stage"]["results"]
    check("a facet", *({each["value"]: each["count"] for each in values} for values in (facets, found)))

    (name,) = database.execute("SELECT name FROM assistance_programs WHERE id = 'FMF'").fetchone()
    html = fetch(f"{base}/partnership/assistance_funding?program=FMF&_size=1").decode()
    link = BeautifulSoup(html, "html.parser").select_one("td.col-program a")
    check("the link of a foreign key", ("/partnership/assistance_programs/FMF", name), (link["href"], link.text))
    shown = [table(resource["name"]) for resource in resources] + ["figures_with_source", "claims_with_source"]
    for path in ("", *(f"/{name}" for name in shown)):
        fetch(f"{base}/partnership{path}")
    for path in re.findall(r"`(/partnership/[^`]*)`", PAGE.read_text(encoding="utf-8")):
        check(f"an answer to {path}", True, len(fetch(base + quote(path, safe="/?&=,_"))) > 0)
    check("the licence", True, "Creative Commons Zero" in fetch(base).decode())


def main() -> None:
    """Makes the database as the page says, compares it, and has Datasette serve it."""
    url, folder = sys.argv[1], Path(sys.argv[2])
    page = PAGE.read_text(encoding="utf-8")
    make(page, url, folder)
    package = zipfile.ZipFile(io.BytesIO(fetch(f"{url}/v1/datapackage.zip")))
    resources = json.loads(package.read("datapackage.json"))["resources"]
    database = sqlite3.connect(f"file:{folder}/partnership.db?mode=ro", uri=True)
    schema(database, resources)
    cells(database, package, resources)
    sums(database, url)
    server, address = datasette(page, folder)
    try:
        asked(database, resources, address, url)
    finally:
        server.terminate()
        server.wait(timeout=20)


main()
