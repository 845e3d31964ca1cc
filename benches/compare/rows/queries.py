"""Rows e to g: questions that no cache has the answer to."""

import contextlib
import itertools

import load
import packages
import queries
from queries import Questions

COLLECTION = "assistance-funding"
# How many connections ask at once: enough to keep one core of the slowest rival busy.
ASKING = 8


def distinct(bench):
    """e. Distinct filter, sort and page queries over 100,000 records, against roapi, Datasette and FastAPI; and what they cost beside hyper with a page."""
    folder = packages.make(bench.target, min(100_000, bench.records))
    file = folder / f"{COLLECTION}.jsonl"
    counts = packages.values(file)
    bench.say(f"{packages.count(file):,} records of {COLLECTION}, {len(counts['program'])} programs")
    database = packages.as_sqlite(folder)
    table = {"assistance_funding": packages.as_ndjson(folder)["assistance_funding"]}
    questions = {name: queries.pages(language, counts) for name, language in queries.LANGUAGES.items()}
    first = {name: asked.path(10_000_000) for name, asked in questions.items()}
    with (
        bench.rivals.ours(folder) as ours,
        bench.rivals.roapi(table, first["roapi"]) as roapi,
        bench.rivals.datasette(database, first["Datasette"]) as datasette,
        bench.rivals.fastapi(database, first["FastAPI"]) as fastapi,
        contextlib.ExitStack() as stack,
    ):
        status, headers, body = ours.get(first["ours"])
        if status != 200:
            raise SystemExit(f"the page is answered {status}")
        kind = {"content-type": headers["content-type"]}
        hyper = stack.enter_context(bench.rivals.bare_hyper(body, kind, "bare hyper, one page of these"))
        targets = []
        for server in (ours, roapi, datasette, fastapi):
            asked = questions[server.name]
            path = asked.write(bench.data / "queries" / server.name)
            targets.append(load.Target(server, queries=path))
        pairs = [(target, questions[target.name]) for target in targets]
        bench.say(queries.check(pairs, bench.sample))
        targets.append(load.Target(hyper, "/"))
        results = load.rounds(targets, bench.rounds, bench.seconds, ASKING)
    for name, goal in (("roapi", 25), ("Datasette", 60), ("FastAPI", 15)):
        ratios = load.ratios(results["ours"], results[name])
        told = f"requests {ratios['per_second']}; p99 {ratios['p99']}; CPU {ratios['cpu']}"
        work, rival = f"distinct queries, {packages.count(file):,} records", f"{name}: {load.told(results[name])}"
        aim = {"goal": f"at least {goal} times", "met": ratios["per_second"].median >= goal}
        bench.add("e", work, load.told(results["ours"]), rival=rival, ratio=told, **aim)
    dearer = load.ratios(results[hyper.name], results["ours"])["cpu"]
    aim = {"goal": "at most 4 times the CPU of a page that is not made", "met": dearer.median <= 4}
    rival = f"{hyper.name}: {load.told(results[hyper.name])}"
    bench.add("e", work, load.told(results["ours"]), rival=rival, ratio=f"CPU {dearer} times as much", **aim)


def rare(small: dict, large: dict):
    """A field and a value that about 20 records have at either size."""
    fits = []
    for field in {"partner", "program", "component"} & small.keys() & large.keys():
        for value in small[field].keys() & large[field].keys():
            few, many = small[field][value], large[field][value]
            if 12 <= few <= 40 and 12 <= many <= 40:
                fits.append((abs(few - 20) + abs(many - 20), field, value))
    return min(fits)[1:] if fits else None


def orders():
    """Pairs of sort keys in each direction: ways to ask anew for the same records."""
    keys = ("amount_usd", "program", "stage", "scope", "confidence", "period_from", "period_to")
    for first, second in itertools.permutations(keys, 2):
        for signs in itertools.product(("-", ""), repeat=2):
            yield f"{signs[0]}{first},{signs[1]}{second}"


def growing(bench):
    """f. The same query, which 20 records match, over few and over all records, one request at a time."""
    folders = [packages.make(bench.target, count) for count in (packages.LEAST, bench.records)]
    files = [folder / f"{COLLECTION}.jsonl" for folder in folders]
    found = rare(*(packages.values(file) for file in files))
    if not found:
        raise SystemExit("no value is as rare as this row needs")
    field, value = found
    rare_ones = f"/v1/{COLLECTION}?{field}={queries.quoted(value)}"
    # Limits above what matches and orders make each request a new one; so does a bound that nothing exceeds.
    limits = Questions([f"{rare_ones}&sort={order}&limit={{bound}}" for order in orders()], ["-"], 41, 1, 953)
    ranged = f"{rare_ones}&amount_usd_max={{bound}}&sort=-amount_usd&limit=20"
    bounds = Questions([ranged], ["-"], first=4 * 10**15, step=1, count=10**9)
    with bench.rivals.ours(folders[0], "small") as small, bench.rivals.ours(folders[1], "large") as large:
        for work, questions in (("a rare value", limits), ("a rare value and a range", bounds)):
            path = questions.write(bench.data / "queries" / "growing")
            targets = [load.Target(server, queries=path) for server in (small, large)]
            totals = [queries.identified("ours", target.server.get(questions.path(10**8))[2])[1] for target in targets]
            bench.say(f"`{field}={value}` matches {totals[0]} of {packages.LEAST:,} and {totals[1]} of {bench.records:,}")
            compare_sizes(bench, work, load.rounds(targets, bench.rounds, bench.seconds, 1))


def compare_sizes(bench, work, results):
    """How much slower the large dataset answers."""
    pairs = list(zip(results["large"], results["small"], strict=True))
    slower = load.Spread.of(a.p50_us / b.p50_us for a, b in pairs)
    dearer = load.Spread.of(a.cpu_us / b.cpu_us for a, b in pairs)
    asked, smaller = f"{work} of {bench.records:,} records, sequential", load.told(results["small"])
    aim = {"goal": "at most 2 times the latency", "met": slower.median <= 2}
    rival, ratio = f"ours at {packages.LEAST:,} records: {smaller}", f"p50 {slower}; CPU {dearer}"
    bench.add("f", asked, load.told(results["large"]), rival=rival, ratio=ratio, **aim)


def half(counts: dict, total: int):
    """Values of one field that half of the records have."""
    best = None
    for field in ("stage", "confidence", "program"):
        chosen, sum_of = [], 0
        for value, count in counts[field].most_common():
            if sum_of + count <= total * 0.52:
                chosen.append(value)
                sum_of += count
        off = abs(sum_of - total / 2)
        if chosen and (best is None or off < best[0]):
            best = off, field, sorted(chosen)
    return best[1:]


def broad(bench):
    """g. A filter that half of the records match, with an order, two facets, the count and a page of 50."""
    folder = packages.make(bench.target, bench.records)
    file = folder / f"{COLLECTION}.jsonl"
    total = packages.count(file)
    field, chosen = half(packages.values(file), total)
    words = ",".join(map(queries.quoted, chosen))
    # Each request asks for a page that begins one record later.
    template = f"/v1/{COLLECTION}?{field}={words}&sort=-amount_usd&facets=program,stage&limit=50&offset={{bound}}"
    questions = Questions([template], ["-"], first=0, step=1, count=10**6)
    path = questions.write(bench.data / "queries" / "broad")
    with bench.rivals.ours(folder) as ours:
        target = load.Target(ours, queries=path)
        _, matched = queries.identified("ours", ours.get(questions.path(0))[2])
        bench.say(f"`{field}` matches {matched:,} of {total:,}")
        results = load.rounds([target], bench.rounds, bench.seconds, 1)["ours"]
    cpu = load.Spread.of(result.cpu_us / 1000 for result in results)
    work = f"a filter that {matched:,} of {total:,} records match, with sort, facets and count"
    aim = {"goal": "at most 10 ms of one core", "met": cpu.median <= 10}
    bench.add("g", work, load.told(results), ratio=f"CPU {cpu} ms a request", **aim)
