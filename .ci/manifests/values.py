"""Holds the values of the chart together: defaults, schema, comments, templates, and the file that sets them all.

values.py CHART EVERYTHING
"""

import json
import pathlib
import re
import sys
import tomllib

import yaml

chart, everything = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
text = (chart / "values.yaml").read_text()
values = yaml.safe_load(text)
schema = json.loads((chart / "values.schema.json").read_text())
templates = "".join(file.read_text() for file in (chart / "templates").iterdir())
release = yaml.safe_load((chart / "Chart.yaml").read_text())
program = tomllib.loads(pathlib.Path("Cargo.toml").read_text())["package"]
for key in ("version", "appVersion"):
    assert release[key] == program["version"], f"the chart's `{key}` is {release[key]}"
assert release["description"] == program["description"], release["description"]
# Maps whose keys are the operator's.
FREE = {"labels", "settings", "resources", "nodeSelector", "affinity", "podAnnotations", "annotations"}


def leaves(tree, path=()):
    if isinstance(tree, dict) and not (path and path[-1] in FREE):
        return {leaf: value for key, below in tree.items() for leaf, value in leaves(below, (*path, key)).items()}
    return {path: tree}


def allowed(tree, path=()):
    if "properties" in tree:
        return {leaf for key, below in tree["properties"].items() for leaf in allowed(below, (*path, key))}
    return {path}


defaults = leaves(values)
assert allowed(schema) - {("global",)} == set(defaults), allowed(schema) ^ set(defaults)
others = leaves(yaml.safe_load(everything.read_text()))
assert set(others) == set(defaults), f"{everything.name}: {set(others) ^ set(defaults)}"
# `enabled: true` of what is on by itself, and what hangs on that.
same = {".".join(path) for path, value in others.items() if value == defaults[path]}
assert same == {f"{part}.enabled" for part in ("autoscaling", "podDisruptionBudget", "networkPolicy", "httpRoute")}, same

for path in defaults:
    # Inside `with .Values.a` the templates say `.b`.
    assert re.search(rf"\.{path[-1]}\b", templates), f"no template reads {'.'.join(path)}"
lines = text.splitlines()
for at, line in enumerate(lines):
    if re.match(r"[a-z]\w*:", line) and line.startswith(tuple(values)):
        above = [before for before in lines[max(0, at - 1):at] if before.startswith("#")]
        below = [after for after in lines[at + 1:at + 2] if after.strip().startswith("#")]
        grouped = at and re.match(r"[a-z]\w*:", lines[at - 1])
        assert above or below or grouped, f"no comment on `{line}`"
print(f"  the chart has {len(defaults)} values, each with a schema, read by a template, and set to another than its default")
