"""Holds what the Helm chart makes against what kustomize makes, object by object.

same.py CHART KUSTOMIZE: two files of manifests.
"""

import difflib
import pathlib
import sys

import yaml


def objects(file):
    """By kind and name. The variables of a container are a list whose order says nothing here: none names another."""
    made = {}
    for manifest in yaml.safe_load_all(pathlib.Path(file).read_text()):
        if manifest:
            pod = manifest.get("spec", {}).get("template", {}).get("spec", {})
            for container in pod.get("containers", []):
                container["env"].sort(key=lambda variable: variable["name"])
            made[manifest["kind"], manifest["metadata"]["name"]] = manifest
    return made


chart, kustomize = objects(sys.argv[1]), objects(sys.argv[2])
differ = sorted(key for key in chart.keys() | kustomize.keys() if chart.get(key) != kustomize.get(key))
for key in differ:
    texts = [yaml.safe_dump(side.get(key)).splitlines() for side in (chart, kustomize)]
    print(*difflib.unified_diff(*texts, f"chart {key}", f"kustomize {key}", lineterm=""), sep="\n", file=sys.stderr)
if differ or not chart:
    sys.exit(f"{len(differ)} objects of the chart are not those of kustomize")
print(f"  the chart makes the same {len(chart)} objects as {pathlib.Path(sys.argv[2]).name}")
