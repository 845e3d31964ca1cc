"""Asks a Prometheus that watches a service every query of the dashboard, and what it makes of the alert rules.

live.py PROMETHEUS DASHBOARD: its address, and the file. Each query must be answered; the service must have been
seen to refuse a dataset, which is the only alert that may be raised.
"""

import json
import pathlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

prometheus, dashboard = sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text())


def ask(path, **parameters):
    address = f"{prometheus}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
    with urllib.request.urlopen(address, timeout=20) as answer:
        return json.load(answer)["data"]


def raised():
    groups = ask("rules", type="alert")["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    sick = {rule["name"]: rule.get("lastError") for rule in rules if rule["health"] not in {"ok", "unknown"}}
    if sick:
        sys.exit(f"rules that cannot be evaluated: {sick}")
    return {rule["name"] for rule in rules if rule["state"] != "inactive"}, all(rule["health"] == "ok" for rule in rules)


for _ in range(200):
    alerts, evaluated = raised()
    if alerts and evaluated:
        break
    time.sleep(0.1)
if alerts != {"PartnershipApiDataRefused"} or not evaluated:
    sys.exit(f"raised: {alerts or 'nothing'}, where a dataset was refused")


def shows(query):
    for variable, value in {"$__rate_interval": "1m", "$job": "partnership-api", "$instance": ".*"}.items():
        query = query.replace(variable, value)
    try:
        return bool(ask("query", query=query)["result"])
    except urllib.error.HTTPError as refused:
        sys.exit(f"{query}: {json.load(refused)['error']}")


# Nothing has failed, and nothing was ever loaded.
SILENT = {"Faults by route"}
queries = [(panel["title"], target["expr"]) for panel in dashboard["panels"] for target in panel.get("targets", [])]
for _ in range(100):
    # A rate is there once the service has been seen twice.
    empty = {title for title, query in queries if not shows(query)}
    if empty <= SILENT:
        break
    time.sleep(0.2)
else:
    sys.exit(f"panels that show nothing of a service that was asked: {sorted(empty - SILENT)}")
print(f"  Prometheus answers every panel, and has raised {' and '.join(alerts)}")
