"""Rows a to d: one page again and again, against a static file and against a bare server."""

import load

PAGE = "/v1/arms-sales?limit=20"


def rounds(bench, targets):
    return load.rounds(targets, bench.rounds, bench.seconds, bench.connections)


def against(bench, letter, work, ours, theirs, goal, tail=False):
    """Measures two servers in turns and says how they compare."""
    results = rounds(bench, [ours, theirs])
    mine, other = results[ours.name], results[theirs.name]
    ratios = load.ratios(mine, other)
    goals = f"at least {goal} times" + (", p99 no worse" if tail else "")
    met = ratios["per_second"].median >= goal and (not tail or ratios["p99"].median >= 1)
    told = f"requests {ratios['per_second']}; p99 {ratios['p99']}; CPU {ratios['cpu']}"
    rival = f"{theirs.name}: {load.told(other)}"
    bench.add(letter, work, load.told(mine), rival=rival, ratio=told, goal=goals, met=met)


def page(bench, encoding="identity"):
    """The page as we answer it."""
    with bench.rivals.ours() as server:
        status, headers, body = server.get(PAGE, {"Accept-Encoding": encoding})
    if status != 200 or headers.get("content-encoding", "identity") != encoding:
        raise SystemExit(f"the page is answered {status}, {headers.get('content-encoding')}")
    return headers, body


def same_bytes(bench, ours, theirs):
    """Ends the run when two servers answer different bytes."""
    bodies = [target.server.get(target.path, target.headers) for target in (ours, theirs)]
    kinds = [(status, headers.get("content-encoding"), body) for status, headers, body in bodies]
    if kinds[0] != kinds[1]:
        raise SystemExit(f"{ours.name} and {theirs.name} answer different bytes of {ours.path}")
    sent = [sum(len(name) + len(value) + 4 for name, value in headers.items()) for _, headers, _ in bodies]
    bench.say(f"{len(bodies[0][2]):,} same bytes; headers {sent[0]:,} and {sent[1]:,} bytes")


def static_file(bench):
    """a. The page against nginx serving the same bytes as a file, without and with a log line a request."""
    _, body = page(bench)
    for logs in (False, True):
        said = "a log line a request" if logs else "no log"
        nginx = bench.rivals.nginx(PAGE, body, logs=logs)
        with bench.rivals.ours(logs=logs) as ours, nginx as theirs:
            pair = load.Target(ours, PAGE), load.Target(theirs, PAGE)
            same_bytes(bench, *pair)
            against(bench, "a", f"page of 20 records, identity, {said}", *pair, 1.0, tail=True)


def compressed(bench):
    """b. The same with gzip and br, against precompressed files."""
    _, body = page(bench)
    files = {encoding: page(bench, encoding)[1] for encoding in ("gzip", "br")}
    for encoding, packed in files.items():
        asked = {"Accept-Encoding": encoding}
        with bench.rivals.ours() as ours, bench.rivals.nginx(PAGE, body, **{encoding: packed}) as theirs:
            pair = load.Target(ours, PAGE, asked), load.Target(theirs, PAGE, asked)
            same_bytes(bench, *pair)
            against(bench, "b", f"page of 20 records, {encoding}", *pair, 1.1)


def not_modified(bench):
    """c. A validator that still holds, against nginx's 304."""
    _, body = page(bench)
    with bench.rivals.ours() as ours, bench.rivals.nginx(PAGE, body) as theirs:
        pair = []
        for server in (ours, theirs):
            known = {"If-None-Match": server.get(PAGE)[1]["etag"]}
            status, _, rest = server.get(PAGE, known)
            if status != 304 or rest:
                raise SystemExit(f"{server.name} answers {status} to its own validator")
            pair.append(load.Target(server, PAGE, known))
        against(bench, "c", "`If-None-Match` hit (304)", *pair, 1.0)


def bare_hyper(bench):
    """d. The page against hyper with one buffer, with our headers and with the fewest."""
    headers, body = page(bench)
    # hyper writes these itself.
    ours_too = {name: value for name, value in headers.items() if name not in ("date", "content-length")}
    fewest = {"content-type": headers["content-type"]}
    for name, lines in (("bare hyper, our headers", ours_too), ("bare hyper, one header", fewest)):
        with bench.rivals.ours() as ours, bench.rivals.bare_hyper(body, lines, name) as theirs:
            pair = load.Target(ours, PAGE), load.Target(theirs, PAGE)
            same_bytes(bench, *pair)
            against(bench, "d", "page of 20 records, identity", *pair, 0.85)
