"""Holds every query of the alert rules and of the dashboard against the metrics of a service.

queries.py METRICS ALERTS DASHBOARD: what /metrics answered, and the two files. Each metric must be there, with the
labels that a query selects or groups by; and a legend, or the text of an alert, may name only labels that the result has.
Each metric that the service has must be asked for somewhere.
"""

import json
import pathlib
import re
import sys

import promql_parser as promql
import yaml

# What Prometheus adds to every series, and what it makes itself.
TARGET = {"job", "instance"}
known = {"up": set(), "ALERTS": {"alertname", "alertstate", "severity"}}
values = {}
for line in pathlib.Path(sys.argv[1]).read_text().splitlines():
    if line and not line.startswith("#"):
        name, labels = re.match(r"(\w+)(?:\{(.*)\})? ", line).groups()
        found = dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', labels or ""))
        known.setdefault(name, set()).update(found)
        for label, value in found.items():
            values.setdefault(label, set()).add(value)
metrics = known.keys() - {"up", "ALERTS"}
asked = set()


def selector(vector):
    assert vector.name in known, f"the service has no metric `{vector.name}`"
    asked.add(vector.name)
    labels = known[vector.name] | TARGET
    for matcher in vector.matchers.matchers:
        assert matcher.name in labels, f"`{vector.name}` has no label `{matcher.name}`"
        # Routes and outcomes are the service's own words; statuses come with what was asked.
        if matcher.name in {"route", "outcome"} and "$" not in matcher.value:
            for value in matcher.value.split("|"):
                assert value in values[matcher.name], f"no `{matcher.name}` is `{value}`"
    return labels


def result(tree):
    """The labels of what an expression gives; None for a number."""
    match tree:
        case promql.VectorSelector():
            return selector(tree)
        case promql.MatrixSelector():
            return selector(tree.vector_selector)
        case promql.NumberLiteral() | promql.StringLiteral():
            return None
        case promql.ParenExpr() | promql.SubqueryExpr() | promql.UnaryExpr():
            return result(tree.expr)
        case promql.AggregateExpr():
            inner = result(tree.expr)
            if str(tree.op) in {"topk", "bottomk"}:
                return inner
            grouped = set(tree.modifier.labels) if tree.modifier else set()
            assert grouped <= inner, f"grouped by {grouped - inner}, which {tree.prettify()} does not have"
            return grouped
        case promql.Call():
            given = [labels for labels in map(result, tree.args) if labels is not None]
            if tree.func.name == "histogram_quantile":
                assert "le" in given[0], f"{tree.prettify()} has no buckets"
                return given[0] - {"le"}
            if tree.func.name in {"time", "absent", "vector"}:
                return None if tree.func.name == "time" else set()
            return given[0]
        case promql.BinaryExpr():
            left, right = result(tree.lhs), result(tree.rhs)
            if left is None or right is None:
                return right if left is None else left
            matching = tree.modifier.matching if tree.modifier else None
            if matching is not None and "Include" in str(matching.type):
                assert set(matching.labels) <= left & right, f"matched on {matching.labels}: {tree.prettify()}"
            elif str(tree.op) != "or":
                assert left == right, f"{left ^ right} stand on one side alone: {tree.prettify()}"
            return left | right if str(tree.op) == "or" else left
    raise AssertionError(f"{type(tree).__name__} is no expression that this check knows")


def query(text, where):
    try:
        # Grafana puts its own numbers and the chosen names in.
        return result(promql.parse(text.replace("$__rate_interval", "5m")))
    except (AssertionError, ValueError) as fault:
        sys.exit(f"{where}: {fault}")


def named(text, labels, where, pattern):
    missing = set(re.findall(pattern, text)) - (labels or set())
    if missing:
        sys.exit(f"{where} names {missing}, which its result does not have")


count = 0
for group in yaml.safe_load(pathlib.Path(sys.argv[2]).read_text())["groups"]:
    for rule in group["rules"]:
        labels = query(rule["expr"], rule["alert"])
        for text in rule["annotations"].values():
            named(text, labels, rule["alert"], r"\$labels\.(\w+)")
        count += 1

dashboard = json.loads(pathlib.Path(sys.argv[3]).read_text())
for panel in dashboard["panels"]:
    for target in panel.get("targets", []):
        labels = query(target["expr"], panel["title"])
        named(target["legendFormat"], labels, panel["title"], r"\{\{(\w+)\}\}")
        # Two lines of one name cannot be told apart.
        if panel["type"] == "timeseries" and labels:
            shown = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
            lacking = labels - {"job"} - shown
            if lacking:
                sys.exit(f"{panel['title']}: the legend lacks {lacking}")
        count += 1
for annotation in dashboard["annotations"]["list"]:
    query(annotation["expr"], annotation["name"])
    count += 1
for variable in dashboard["templating"]["list"]:
    if variable["type"] == "query":
        inner, label = re.fullmatch(r"label_values\((.*), (\w+)\)", variable["query"]).groups()
        assert label in query(inner, variable["name"]), variable["query"]
        count += 1

# A histogram is three metrics; its buckets say it all.
unasked = {name for name in metrics - asked if not name.endswith(("_seconds_sum", "_seconds_count"))}
if unasked:
    sys.exit(f"no query asks for {sorted(unasked)}")
print(f"  {count} queries ask for {len(asked & metrics)} metrics of the service, by labels that they have")
