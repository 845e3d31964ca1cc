"""Holds the dashboard against Grafana's own models of it, and its panels against each other.

dashboard.py DASHBOARD
"""

import itertools
import json
import pathlib
import sys

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

register_default_plugins()
dashboard = json.loads(pathlib.Path(sys.argv[1]).read_text())


def lost(before, after, where="dashboard"):
    """What the models do not know is not written again by them."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if value is None and key not in after:
                continue
            if key not in after:
                yield f"{where}.{key}"
            else:
                yield from lost(value, after[key], f"{where}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for at, (old, new) in enumerate(zip(before, after)):
            yield from lost(old, new, f"{where}[{at}]")
    elif before != after:
        yield f"{where}: {before!r} becomes {after!r}"


def unknown(tree):
    return list(lost(tree, json.loads(JSONEncoder(sort_keys=True).encode(Dashboard.from_json(tree)))))


assert not unknown(dashboard), unknown(dashboard)
# Models that know everything would be worth nothing.
wrong = json.loads(json.dumps(dashboard))
wrong["panels"][1]["fieldConfig"]["defaults"]["units"] = "s"
wrong["panels"][1]["targets"][0]["expression"] = "up"
assert len(unknown(wrong)) == 2, unknown(wrong)

panels = dashboard["panels"]
assert dashboard["id"] is None, "an id belongs to one Grafana"
assert len({panel["id"] for panel in panels}) == len(panels), "two panels with one id"
titles = [panel["title"] for panel in panels]
assert len(set(titles)) == len(titles), "two panels with one title"
places = [(panel["title"], *(panel["gridPos"][key] for key in "xywh")) for panel in panels]
for title, x, _, w, _ in places:
    assert x + w <= 24, f"{title} stands out of the grid"
for (one, x, y, w, h), (other, X, Y, W, H) in itertools.combinations(places, 2):
    assert x + w <= X or X + W <= x or y + h <= Y or Y + H <= y, f"{one} lies over {other}"
for panel in panels:
    if panel["type"] != "row":
        assert panel["description"] and panel["targets"], panel["title"]
        for target in panel["targets"]:
            assert target["datasource"] == {"type": "prometheus", "uid": "${datasource}"}, panel["title"]
print(f"  {len([panel for panel in panels if panel['type'] != 'row'])} panels fit Grafana's models and each other")
