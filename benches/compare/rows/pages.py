"""Rows m to o: HTML pages and charts, from the cache and made anew."""

import dataclasses
import json

import load
import packages
from queries import Questions, check

LIST = "/arms-sales?limit=20"
# Eight connections keep one core busy, as in the rows whose questions no cache has the answer to.
ASKING = 8


def lined(bench, letter, work, target, other, results, goal=None):
    """A line that compares two answers by requests a second, tail latency and CPU time."""
    mine, theirs = results[target.name], results[other.name]
    ratios = load.ratios(mine, theirs)
    told = f"requests {ratios['per_second']}; p99 {ratios['p99']}; CPU {ratios['cpu']}"
    # By CPU time: a busy machine disturbs requests a second more than what one costs.
    aim = {"goal": f"CPU at least {goal} times", "met": ratios["cpu"].median >= goal} if goal else {}
    bench.add(letter, work, load.told(mine), rival=f"{other.name}: {load.told(theirs)}", ratio=told, **aim)


def sent(target) -> int:
    """The bytes of a body; ends the run where the answer is not the one that is to be measured."""
    status, headers, body = target.server.get(target.path, target.headers)
    asked = target.headers.get("Accept-Encoding", "identity")
    if "If-None-Match" in target.headers:
        fits = status == 304 and not body
    else:
        fits = status == 200 and headers.get("content-encoding", "identity") == asked
    if not fits:
        raise SystemExit(f"{target.name} answers {status} to {target.path}: {headers}")
    return len(body)


def as_long(server, path, wanted) -> str:
    """The JSON list whose body is nearest to so many bytes."""
    lists = (f"{path}{limit}" for limit in range(1, 200))
    return min(lists, key=lambda each: abs(len(server.get(each)[2]) - wanted))


def cached(bench):
    """m. A page of 20 records and the page of a record, each against its JSON; both come from the cache."""
    with bench.rivals.ours() as ours:
        first = next(packages.records(bench.root / "data" / "arms-sales.jsonl"))["id"]
        for kind, path in (("page of 20 records", LIST), ("page of a record", f"/arms-sales/{first}")):
            for encoding in ("identity", "br"):
                asked = {"Accept-Encoding": encoding}
                page = load.Target(ours, path, asked, called="ours")
                data = load.Target(ours, f"/v1{path}", asked, called="its JSON")
                against_json(bench, f"{kind}, {encoding}", page, data)
            page, data = (
                load.Target(ours, each, {"If-None-Match": ours.get(each)[1]["etag"]}, called=name)
                for name, each in (("ours", path), ("its JSON", f"/v1{path}"))
            )
            against_json(bench, f"{kind}, `If-None-Match` hit (304)", page, data)
        page = load.Target(ours, LIST, called="ours")
        data = load.Target(ours, as_long(ours, "/v1/arms-sales?limit=", sent(page)), called="JSON as long")
        against_json(bench, "page of 20 records, identity", page, data)
        against_nginx(bench, page)


def against_json(bench, work, page, data):
    """A page and JSON from the cache of one server, in turns."""
    lengths = f"{sent(page):,} against {sent(data):,} bytes"
    results = load.rounds([page, data], bench.rounds, bench.seconds, bench.connections)
    lined(bench, "m", f"{work}: {lengths}", page, data, results, 0.95)


def against_nginx(bench, page):
    """The page against nginx that serves the same bytes as a file."""
    body = page.server.get(page.path)[2]
    with bench.rivals.nginx(page.path, body) as nginx:
        file = load.Target(nginx, page.path)
        if nginx.get(page.path)[2] != body:
            raise SystemExit(f"nginx answers other bytes of {page.path}")
        results = load.rounds([page, file], bench.rounds, bench.seconds, bench.connections)
    lined(bench, "m", f"page of 20 records, identity: the same {len(body):,} bytes", page, file, results, 0.95)


@dataclasses.dataclass
class Kind:
    """A kind of page or chart: its addresses, and those of the same question's JSON."""

    name: str
    templates: list
    # The address of the JSON is that of the page below `/v1`, without the ending of a chart, where nothing is said.
    data: list | None = None
    values: list = dataclasses.field(default_factory=lambda: ["-"])
    first: int = 1
    step: int = 1
    count: int = 100_000
    encoding: str = "identity"
    # Whether it holds a drawing, which may take as long as one that is asked for by itself.
    drawn: bool = False

    def questions(self, templates) -> Questions:
        return Questions(templates, self.values, self.first, self.step, self.count)

    def as_json(self) -> list:
        if self.data is not None:
            return self.data
        return [f"/v1{each.removeprefix('/v1').replace('.svg', '')}" for each in self.templates]

    def targets(self, bench, server) -> list:
        """The page, and its JSON where it has one; ends the run where one is not what it is to be."""
        found = []
        for name, templates in (("ours", self.templates), ("its JSON", self.as_json())):
            if not templates:
                continue
            questions = self.questions(templates)
            file = bench.data / "queries" / f"{name}-{self.name}".replace(" ", "-").replace("/", "")
            asked = {"Accept-Encoding": self.encoding}
            target = load.Target(server, questions.path(0), asked, questions.write(file), called=name)
            sent(target)
            found.append(target)
        return found


# What a page and a drawing may take, in milliseconds of one core.
PAGE, DRAWING = 0.5, 1

FUNDING = "/assistance-funding?stage=provided&amount_usd_min={bound}&sort=%samount_usd&limit=20"
ORDERS = ("-", "")
SUMS = "partner=COL&amount_usd_min={bound}"
MONTHS = [f"{year}-{month:02}" for year in range(1945, 2010) for month in range(1, 13)]
WORDS = ["mine", "training", "police", "helicopter", "military", "Colombia", "FMF", "demining", "agreement", "aid"]


def page_kinds(bench) -> list:
    """Each kind of page. Bounds lie below nearly all amounts, so that each question finds the same in another way."""

    def identifiers(name):
        return [record["id"] for record in packages.records(bench.root / "data" / f"{name}.jsonl")]

    lists = [FUNDING % order for order in ORDERS]
    funding, checked = identifiers("assistance-funding"), {"first": 10**8, "step": 1_299_709, "count": 999_999_937}
    return [
        Kind("list of 20 records", lists),
        # What browsers are sent that take zstd; those that do not take br.
        Kind("list of 20 records, zstd", lists, encoding="zstd"),
        Kind("list of 20 records, br", lists, encoding="br"),
        Kind("list of 50 records", ["/assistance-funding?partner=COL&amount_usd_min={bound}"]),
        Kind("record, each of assistance-funding", ["/assistance-funding/{value}"], values=funding),
        Kind("record, each of assistance-funding, zstd", ["/assistance-funding/{value}"], values=funding, encoding="zstd"),
        Kind("record, each of assistance-funding, br", ["/assistance-funding/{value}"], values=funding, encoding="br"),
        Kind("record, each of conflicts", ["/conflicts/{value}"], values=identifiers("conflicts")),
        Kind("front page", ["/", "/es"], data=[]),
        Kind("sum of one partner, with its chart", [f"/assistance-funding/totals?{SUMS}"], drawn=True),
        Kind(
            "sum of one partner and program, with its chart",
            [f"/assistance-funding/totals?program=FMF&{SUMS}"],
            drawn=True,
        ),
        Kind("the chart of a sum alone, embedded", [f"/embed/assistance-funding/totals?{SUMS}"], data=[], drawn=True),
        Kind("partner COL, with the small charts of its programs and series", ["/partners/COL"], drawn=True),
        Kind("partner, each", ["/partners/{value}"], values=identifiers("partners")),
        Kind("search", ["/search?q={value}"], values=WORDS),
        Kind("timeline", ["/timeline?from={value}"], values=MONTHS),
        Kind("coverage", ["/coverage"]),
        Kind("coverage of COL", ["/coverage?partner=COL"]),
        Kind("a number that is checked", ["/check?number={bound}"], data=[], **checked),
    ]


def chart_kinds() -> list:
    """Each kind of chart, of one partner where a chart is of one."""
    return [
        Kind("sum by year", [f"/v1/assistance-funding/totals.svg?{SUMS}"]),
        Kind("sum by year, one program", [f"/v1/assistance-funding/totals.svg?program=FMF&{SUMS}"]),
        Kind("sum of arms sales", [f"/v1/arms-sales/totals.svg?{SUMS}"]),
        Kind("figures as dots", [f"/v1/assistance-funding.svg?{SUMS}"], data=[f"/v1/assistance-funding?{SUMS}"]),
        Kind("series of foreign assistance", ["/v1/foreign-assistance.svg?partner=COL&amount_usd_min={bound}"]),
        Kind("series of personnel", ["/v1/us-personnel.svg?partner=COL"]),
        Kind("timeline", ["/v1/timeline.svg?from={value}"], values=MONTHS),
        Kind("coverage", ["/v1/coverage.svg?title={bound}"], data=["/v1/coverage"]),
        Kind("coverage of COL", ["/v1/coverage.svg?partner=COL&title={bound}"], data=["/v1/coverage?partner=COL"]),
    ]


def made(bench, letter, noun, kinds, goal):
    """CPU time of one core for each kind, in turns with its JSON, while no answer is cached."""
    with bench.rivals.ours(caches=False) as ours:
        for kind in kinds:
            targets = kind.targets(bench, ours)
            results = load.rounds(targets, bench.rounds, bench.seconds, ASKING)
            mine, data = results["ours"], results.get("its JSON")
            cpu = load.Spread.of(each.cpu_us / 1000 for each in mine)
            told, rival = f"CPU {cpu} ms a {noun}", ""
            if data:
                times = load.Spread.of(a.cpu_us / b.cpu_us for a, b in zip(mine, data, strict=True))
                told, rival = f"{told}, {times} times its JSON", f"its JSON: {load.told(data)}"
            most = goal + DRAWING if kind.drawn else goal
            aim = {"goal": f"at most {most} ms of one core", "met": cpu.median <= most}
            bench.add(letter, f"{noun}: {kind.name}", load.told(mine), rival=rival, ratio=told, **aim)


def uncached(bench):
    """n. Pages that are made anew for each request, against their JSON and against Datasette's HTML."""
    made(bench, "n", "page", page_kinds(bench), PAGE)
    against_datasette(bench)


def charts(bench):
    """o. Charts that are drawn anew for each request, against the JSON of the same question."""
    made(bench, "o", "chart", chart_kinds(), DRAWING)


def against_datasette(bench):
    """Pages of the same records, ours and those that Datasette makes of the same rows."""
    folder = packages.embedded(bench.root, bench.target)
    database, table = packages.as_sqlite(folder), "/bench/assistance_funding"
    ways = ("&_sort_desc=amount_usd", "&_sort=amount_usd")
    rows = "?stage=provided&amount_usd__gte={bound}%s&_size=20"
    funding = [record["id"] for record in packages.records(folder / "assistance-funding.jsonl")]
    lists = Kind("list of 20 records", [FUNDING % order for order in ORDERS])
    records = Kind("record, each of assistance-funding", ["/assistance-funding/{value}"], values=funding)
    their_lists = Kind(lists.name, [f"{table}{rows % way}" for way in ways])
    their_records = Kind(records.name, [f"{table}/{{value}}"], values=funding)
    their_json = [f"{table}.json{rows % way}&_shape=objects" for way in ways]
    ready = their_lists.questions(their_lists.templates).path(0)
    with bench.rivals.ours(caches=False) as ours, bench.rivals.datasette(database, ready) as datasette:
        data = [
            (load.Target(ours), lists.questions(lists.as_json())),
            (load.Target(datasette), lists.questions(their_json)),
        ]
        bench.say(check(data, bench.sample))
        for kinds in ((lists, their_lists), (records, their_records)):
            pair = []
            for server, kind in zip((ours, datasette), kinds, strict=True):
                questions = kind.questions(kind.templates)
                file = questions.write(bench.data / "queries" / f"{server.name}-html")
                pair.append(load.Target(server, questions.path(0), queries=file))
            said = [name_all(ours, target, kinds[0]) for target in pair]
            bench.say(f"pages of {said[0]:,} and {said[1]:,} bytes name the same records")
            results = load.rounds(pair, bench.rounds, bench.seconds, ASKING)
            lined(bench, "n", f"page: {kinds[0].name}", *pair, results)


def name_all(ours, target, kind) -> int:
    """The bytes of a rival's first page; ends the run where it misses a record that our JSON has."""
    answer = json.loads(ours.get(kind.questions(kind.as_json()).path(0))[2])["data"]
    rows = answer if isinstance(answer, list) else [answer]
    if len(rows) > 1:
        # Of those with the last amount, a rival may show others.
        rows = [row for row in rows if row["amount"] != rows[-1]["amount"]]
    status, _, body = target.server.get(target.path)
    missed = [row["id"] for row in rows if row["id"].encode() not in body]
    if status != 200 or missed:
        raise SystemExit(f"{target.name} answers {status} to {target.path} and does not name {missed}")
    return len(body)
