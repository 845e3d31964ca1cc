"""Holds the alert rules to their tests, to deploy/README.md and to the settings whose limits they name."""

import pathlib
import re

import yaml

text = pathlib.Path("deploy/prometheus/alerts.yaml").read_text()
rules = {rule["alert"]: rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]}
tests = pathlib.Path("deploy/prometheus/alerts.test.yaml").read_text()
readme = pathlib.Path("deploy/README.md").read_text()

for name, rule in rules.items():
    assert re.search(rf"\b{name}\b", tests), f"{name} has no test"
    assert f"`{name}`" in readme, f"deploy/README.md does not say what to do about {name}"
    assert rule["labels"]["severity"] in {"critical", "warning", "info"}, rule
    assert {"summary", "description"} == rule["annotations"].keys(), rule
told = set(re.findall(r"`(PartnershipApi\w+)`", readme)) - set(rules)
assert not told, f"deploy/README.md tells of {told}"

pods = yaml.safe_load(pathlib.Path("deploy/kubernetes/base/deployment.yaml").read_text())["spec"]["template"]["spec"]
limit = int(pods["containers"][0]["resources"]["limits"]["memory"].removesuffix("Mi"))
assert f"> 0.9 * {limit} * 1024 * 1024" in rules["PartnershipApiMemory"]["expr"], f"the limit is {limit} MiB"
settings = pathlib.Path("src/config.rs").read_text()
most = re.search(r'MAX_CONNECTIONS",.*?default_value_t = ([\d_]+)', settings, re.S)[1].replace("_", "")
assert rules["PartnershipApiConnections"]["expr"].endswith(f"> {int(most) * 4 // 5}"), f"the default is {most}"
# What the rules call the limits, the service does too.
limits = pathlib.Path("src/server/connection/activity.rs").read_text()
for name in re.search(r'limit=~"([^"]+)"', text)[1].split("|"):
    assert f'"{name}"' in limits, f"the service knows no limit `{name}`"
print(f"  {len(rules)} alerts, each with a test and a line in deploy/README.md")
