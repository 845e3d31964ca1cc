"""Questions that were never asked before, in the language of each rival, and whether they agree."""

import dataclasses
import json
import pathlib
import re
import urllib.parse

# Amounts that are asked for lie between 1 and this, a prime, so that the step meets each once.
SPAN = 50_000_017
STEP = 1_299_709


@dataclasses.dataclass
class Questions:
    """Request n: a template and a value in turn, and a bound that no other request has."""

    templates: list
    values: list
    first: int = 1
    step: int = STEP
    count: int = SPAN

    def path(self, n: int) -> str:
        template = self.templates[n % len(self.templates)]
        value = self.values[n // len(self.templates) % len(self.values)]
        bound = self.first + n * self.step % self.count
        return template.replace("{value}", value).replace("{bound}", str(bound))

    def write(self, file: pathlib.Path) -> pathlib.Path:
        """For `load.lua`, which makes the same requests of it."""
        lines = [f"template {template}" for template in self.templates]
        lines += [f"value {value}" for value in self.values]
        lines.append(f"bounds {self.first} {self.step} {self.count}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file


def plain(values) -> list:
    """Those that need no escape in an address, in a fixed order."""
    return sorted(value for value in values if re.fullmatch(r"[A-Za-z0-9-]+", value))


OURS = "/v1/assistance-funding?{field}={{value}}&amount_usd_min={{bound}}&sort={sign}amount_usd&limit=20"
FASTAPI = OURS.replace("/v1/assistance-funding", "/assistance_funding")
ROAPI = (
    "/api/tables/assistance_funding?filter%5B{field}%5D=%27{{value}}%27"
    "&filter%5Bamount_usd%5Dgte={{bound}}&sort={sign}amount_usd,id&limit=20"
)
DATASETTE = (
    "/bench/assistance_funding.json?{field}={{value}}&amount_usd__gte={{bound}}"
    "&_sort{way}=amount_usd&_size=20&_shape=objects"
)
LANGUAGES = {"ours": OURS, "roapi": ROAPI, "Datasette": DATASETTE, "FastAPI": FASTAPI}


def pages(language: str, counts: dict) -> Questions:
    """A filter, a range, an order and a page of 20, by program and by stage, up and down."""
    programs = plain(counts["program"])
    templates = []
    for field, word in (("program", None), ("stage", "provided")):
        for sign, way in (("-", "_desc"), ("", "")):
            template = language.format(field=field, sign=sign, way=way)
            templates.append(template.replace("{value}", word) if word else template)
    return Questions(templates, programs)


def identified(name: str, body: bytes):
    """(id, amount) of each record that an answer holds, and the total where it has one."""
    answer = json.loads(body)
    if name.startswith("ours"):
        rows = [(row["id"], row["amount"]["usd"]) for row in answer["data"]]
        return rows, answer["meta"]["total"]
    rows = answer if name == "roapi" else answer["rows"] if name == "Datasette" else answer["data"]
    total = {"Datasette": "filtered_table_rows_count", "FastAPI": "total"}.get(name)
    return [(row["id"], row["amount_usd"]) for row in rows], answer[total] if total else None


def disagreement(ours, theirs) -> str | None:
    """What differs. Records of the last amount may be others, where a rival breaks ties in its own way."""
    (our_rows, our_total), (their_rows, their_total) = ours, theirs
    if [amount for _, amount in our_rows] != [amount for _, amount in their_rows]:
        return f"amounts {our_rows} and {their_rows}"
    last = our_rows[-1][1] if our_rows else None
    sure = [{row for row in rows if row[1] != last} for rows in (our_rows, their_rows)]
    if sure[0] != sure[1]:
        return f"records {our_rows} and {their_rows}"
    if their_total is not None and their_total != our_total:
        return f"totals {our_total} and {their_total}"
    return None


def check(targets_with_questions, sample=50) -> str:
    """Asks each server the same questions; ends the run when one disagrees with the first."""
    (first, asked), *others = targets_with_questions
    met = 0
    for n in range(10_000_000, 10_000_000 + sample * 7, 7):
        ours = identified(first.name, first.server.get(asked.path(n))[2])
        met += len(ours[0])
        for target, questions in others:
            path = questions.path(n)
            status, _, body = target.server.get(path)
            if status != 200:
                raise SystemExit(f"{target.name} answers {status} to {path}: {body[:500]}")
            if found := disagreement(ours, identified(target.name, body)):
                raise SystemExit(f"{target.name} disagrees about {path}: {found}")
    return f"{sample} queries answered alike by {len(targets_with_questions)} servers, {met} records compared"


def quoted(value: str) -> str:
    return urllib.parse.quote(value, safe="")
