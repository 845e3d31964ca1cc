"""The calls that pages show, each run with its own tool as it is printed: only the address of the service is another.
What it reads must be what the JSON of the same question says. A spreadsheet's formula is compared as text, and its address asked.

Usage: calls.py URL FOLDER CONTACT: the service, a folder to work in, and where it says that errors are reported.
"""

import csv
import io
import json
import re
import sys
from pathlib import Path
from urllib.parse import quote, unquote

from bs4 import BeautifulSoup
from programs import PRINTED, javascript, python, r, shell, sql
from service import check, fail, fetch, records

# Only the word is searched for; the rest would end a string, a command or an address.
HOSTILE = quote(''' "Colombia" ' $( ` \\ & # % + ; { [ | > ''')
# Pages of each kind. The same path and question below /v1 is what they show, but for those of `ASKS`.
LISTS = (
    "/assistance-funding?partner=COL&program=FMF,IMET&fiscal_year_min=2017",
    "/es/assistance-funding?partner=COL&stage=provided",
    "/assistance-funding?partner=COL&release=1.0.0",
    "/assistance-funding?partner=COL&sort=-amount_usd&limit=7&offset=7",
    f"/sources?q={HOSTILE}",
    # `NA` is a code there.
    "/partners?region=africa",
    "/conflicts",
    "/deployments?partner=COL",
    "/us-personnel?partner=KOR",
)
RECORDS = (
    "/assistance-funding/col-fmf-2017-2023",
    "/es/assistance-funding/col-fmf-2017-2023",
    "/assistance-funding/col-fmf-2017-2023?release=1.0.0",
    "/partners/COL",
    "/assistance-programs/FMF",
    "/conflicts/col-state-usaid-total-2023",
    "/missions/MINUSCA",
)
SUMS = (
    "/assistance-funding/totals?partner=COL&program=FMF&group_by=fiscal_year",
    "/es/assistance-funding/totals?partner=COL",
    "/assistance-funding/totals?partner=COL&program=FMF&release=1.1.0",
    "/arms-sales/totals?measure=deliveries&partner=COL",
    "/deployments/totals?partner=COL",
    "/training/totals?partner=COL&group_by=fiscal_year",
)
ANSWERS = (
    "/search?q=black%20hawk",
    f"/es/search?q={HOSTILE}",
    "/timeline?partner=COL&kind=agreements,milestones",
    "/coverage",
    "/coverage?partner=COL",
    "/changes?from=1.0.0&to=1.1.0&kind=corrected",
    "/releases",
    "/releases/1.1.0",
    "/releases/check?record=assistance-funding/col-fmf-2017-2023&release=1.0.0",
    "/codes",
    "/codes/stage",
)
# One page has every partner.
ASKS = {"/releases/1.1.0": "/v1/dataset?release=1.1.0", "/coverage": "/v1/coverage?limit=1000"}

OF_AN_ANSWER = ["curl", "Python", "R", "DuckDB", "JavaScript"]
OF_A_TABLE = ["curl", "Python (pandas)", "R", "DuckDB", "JavaScript"]
SPREADSHEET = {"en": "Spreadsheet (Google Sheets)", "es": "Hoja de cálculo (Google Sheets)"}


class Page:
    """A page: the calls that it shows, and what the service answers to its question."""

    def __init__(self, base: str, path: str, folder: Path) -> None:
        """Fetches both."""
        self.base, self.path, self.folder = base, path, folder
        self.language = "es" if path.startswith("/es/") else "en"
        self.question = ASKS.get(path, "/v1" + path.removeprefix("/es"))
        self.html = BeautifulSoup(fetch(base + path), "html.parser")
        self.answer = json.loads(fetch(base + self.question))
        shown = self.html.select("#use details")
        self.calls = {call.summary.get_text(): call.code.get_text() for call in shown}
        for name, text in self.calls.items():
            self.check(f"{name} names the service", True, PRINTED in text)
            self.calls[name] = text.replace(PRINTED, base)

    def check(self, what: str, wanted: object, found: object) -> None:
        """Compares, and says which page is at fault."""
        check(f"{self.path}: {what}", wanted, found)

    def run(self, name: str, tool: object, last: str) -> tuple[str, object]:
        """What a call prints by itself, and as JSON what a last line prints that is added to it."""
        printed = tool(f"{self.calls[name]}\n{last}\n", self.folder)
        own, _, added = printed.rstrip("\n").rpartition("\n")
        if not own:
            fail(f"{self.path}: the call of {name} prints nothing by itself: {printed}")
        return own, json.loads(added)

    def common(self, names: list[str], contact: str) -> None:
        """What each page shows: these calls, of which the shell's and the script's answer as JSON; where to report an error."""
        self.check("calls", names, list(self.calls))
        self.check("curl", self.answer, json.loads(shell(self.calls["curl"].replace("curl ", "curl -sS ", 1), self.folder)))
        _, answer = self.run("JavaScript", javascript, "console.log(JSON.stringify(answer));")
        self.check("JavaScript", self.answer, answer)
        reports = [link["href"] for link in self.html.select("footer a") if link["href"].startswith(contact)]
        self.check("links to report an error", 1, len(reports))
        # As the address of the page writes it, whose first parameter is the release.
        asked = unquote(unquote(reports[0]))
        parts = re.split("[?&]", unquote(self.path))
        self.check("what the report does not name", [], [part for part in parts if part not in asked])

    def formula(self) -> list[dict]:
        """The rows at the address of the spreadsheet's formula, which must be written as the language writes it."""
        comma = {"en": ",", "es": ";"}[self.language]
        text = self.calls[SPREADSHEET[self.language]]
        form = rf'=IMPORTDATA\("({re.escape(self.base)}/v1/[^" ]+)"{comma} ","{comma} "en_US"\)'
        found = re.fullmatch(form, text)
        if not found:
            fail(f"{self.path}: not the formula of the language: {text}")
        json_address = re.fullmatch("curl '(.*)'", self.calls["curl"]).group(1)
        path, _, query = whole(json_address).partition("?")
        as_table = ([f"{path}.csv?{query}".rstrip("?")] if self.path in LISTS
                    else [f"{json_address}{mark}format=csv" for mark in "?&"])
        self.check("address of the formula is that of the JSON as CSV", True, found.group(1) in as_table)
        return list(csv.DictReader(io.StringIO(fetch(found.group(1)).decode())))


def whole(address: str) -> str:
    """The address of all records, of one page of them: that of a file."""
    return re.sub("&(limit|offset)=[0-9]+", "", address)


def of_list(page: Page) -> None:
    """Rows, their sum and the cells without a value, in a data frame of each language, in DuckDB and in a spreadsheet."""
    every = records(page.base, whole(page.question).removeprefix("/v1/"))
    ids = [record["id"] for record in every]
    usd = sum(record["amount"]["usd"] for record in every if record.get("amount"))
    lines = page.formula()
    page.check("spreadsheet: rows", ids, [line["id"] for line in lines])
    wanted = [ids, sum(cell == "" for line in lines for cell in line.values()), usd]

    _, found = page.run("Python (pandas)", python, (
        "import json\nprint(json.dumps([frame['id'].tolist(), int(frame.isna().sum().sum()),"
        " int(frame['amount_usd'].sum()) if 'amount_usd' in frame else 0]))"))
    page.check("pandas: rows, empty cells, sum", wanted, found)
    _, found = page.run("R", r, (
        "cat('\\n', jsonlite::toJSON(list(I(frame$id), sum(is.na(frame)),"
        " sum(as.numeric(frame$amount_usd), na.rm = TRUE)), auto_unbox = TRUE, digits = NA), sep = '')"))
    page.check("R: rows, empty cells, sum", wanted, found)

    columns, rows = sql(page.calls["DuckDB"], page.folder)
    place = columns.index("id")
    page.check("DuckDB: rows", ids[:5], [row[place] for row in rows])
    without_limit = page.calls["DuckDB"].replace(" LIMIT 5;", ";")
    columns, rows = sql(without_limit, page.folder)
    page.check("DuckDB: all rows", ids, [row[place] for row in rows])
    if "amount_usd" in columns:
        of_amount = columns.index("amount_usd")
        page.check("DuckDB: sum", usd, sum(row[of_amount] or 0 for row in rows))


def of_record(page: Page) -> None:
    """The sentence in the language of the page."""
    sentence = page.answer["sentence"][page.language]
    own, answer = page.run("Python", python, "print(json.dumps(answer))")
    page.check("Python", (sentence, page.answer), (own, answer))
    _, found = page.run("R", r, "cat(toJSON(answer$sentence, auto_unbox = TRUE))")
    page.check("R", page.answer["sentence"], found)
    page.check("DuckDB", [(sentence,)], sql(page.calls["DuckDB"], page.folder)[1])


def of_sum(page: Page) -> None:
    """The total, and its groups in a spreadsheet."""
    total = page.answer["total"]
    own, answer = page.run("Python", python, "print(json.dumps(answer))")
    page.check("Python", (str(total), page.answer), (own, answer))
    _, found = page.run("R", r, "cat(toJSON(list(names(answer$total), answer$total$amount$usd), null = 'null', digits = NA))")
    usd = [total["amount"]["usd"]] if total.get("amount") else None
    page.check("R", [list(total), usd], found)
    columns, rows = sql(page.calls["DuckDB"], page.folder)
    page.check("DuckDB: keys", list(total), columns)
    if usd:
        page.check("DuckDB: sum", usd, [row[columns.index("amount")]["usd"] for row in rows])
    page.check("spreadsheet: a row a group, and the total", True, len(page.formula()) >= len(page.answer["data"]))


def of_answer(page: Page) -> None:
    """As many rows as the answer has entries; as many columns as keys where it has none."""
    data = page.answer["data"]
    own, answer = page.run("Python", python, "print(json.dumps(answer))")
    page.check("Python", (str(data), page.answer), (own, answer))
    _, found = page.run("R", r, "cat(if (is.data.frame(answer$data)) nrow(answer$data) else length(answer$data))")
    page.check("R: entries", len(data), found)
    columns, rows = sql(page.calls["DuckDB"], page.folder)
    if isinstance(data, list):
        page.check("DuckDB: rows", len(data), len(rows))
    else:
        page.check("DuckDB: keys", list(data), columns)


def main() -> None:
    """Every call of every kind of page."""
    base, folder, contact = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    ran = 0
    for paths, names, is_table, compare in (
        (LISTS, OF_A_TABLE, True, of_list), (RECORDS, OF_AN_ANSWER, False, of_record),
        (SUMS, OF_AN_ANSWER, True, of_sum), (ANSWERS, OF_AN_ANSWER, False, of_answer),
    ):
        for path in paths:
            page = Page(base, path, folder)
            page.common([*names, SPREADSHEET[page.language]] if is_table else names, contact)
            compare(page)
            ran += len(page.calls)
    print(f"  {ran} calls of {sum(map(len, (LISTS, RECORDS, SUMS, ANSWERS)))} pages run")


main()
