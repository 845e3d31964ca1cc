"""Holds one file of manifests against the schemas of Kubernetes, and against itself.

check.py FILE CUSTOM_RESOURCES_SCRIPT
"""

import copy
import json
import pathlib
import subprocess
import sys
import tomllib
import urllib.parse

import kubernetes_validate
import yaml

KUBERNETES = "1.35"
# The API groups that Kubernetes itself does not have.
CUSTOM = ("gateway.networking.k8s.io/", "monitoring.coreos.com/", "networking.gke.io/")

file, custom_script = pathlib.Path(sys.argv[1]), sys.argv[2]
manifests = [manifest for manifest in yaml.safe_load_all(file.read_text()) if manifest]


def custom_fit(resources):
    ran = subprocess.run(["node", custom_script], input=json.dumps(resources), capture_output=True, text=True)
    return ran.returncode == 0, ran.stderr


custom = [manifest for manifest in manifests if manifest["apiVersion"].startswith(CUSTOM)]
others = [manifest for manifest in manifests if manifest not in custom]
for manifest in others:
    kubernetes_validate.validate(manifest, KUBERNETES, strict=True)
fit, why = custom_fit(custom)
assert fit, why

# A validator that accepts anything is worth nothing: each must refuse a wrong manifest.
wrong = copy.deepcopy(next(manifest for manifest in others if manifest["kind"] == "Deployment"))
wrong["spec"]["template"]["spec"]["containers"][0]["readinesProbe"] = {}
try:
    kubernetes_validate.validate(wrong, KUBERNETES, strict=True)
except kubernetes_validate.ValidationError:
    pass
else:
    sys.exit("a misspelt probe is accepted")
for misspelt, spoil in {
    "HTTPRoute": lambda spec: spec["rules"][0]["matches"][0]["path"].update(type="Prefix"),
    "ServiceMonitor": lambda spec: spec["endpoints"][0].update(interval="30 seconds"),
    "PrometheusRule": lambda spec: spec["groups"][0]["rules"][0].pop("expr"),
    "HealthCheckPolicy": lambda spec: spec["default"]["config"].update(type="http"),
}.items():
    for manifest in custom:
        if manifest["kind"] == misspelt:
            spoil((wrong := copy.deepcopy(manifest))["spec"])
            assert not custom_fit([wrong])[0], f"a wrong {misspelt} is accepted"

service = next(manifest["metadata"]["name"] for manifest in others if manifest["kind"] == "Deployment")
names = {(manifest["kind"], manifest["metadata"]["name"]) for manifest in manifests}
assert len(names) == len(manifests), "two manifests of one kind and name"
# The objects of the service itself; those for whoever watches it have names that begin so.
kinds = {manifest["kind"]: manifest for manifest in manifests if manifest["metadata"]["name"] == service}
expected = {"Deployment", "Service", "PodDisruptionBudget", "HorizontalPodAutoscaler", "NetworkPolicy", "HTTPRoute"}
assert expected <= kinds.keys(), f"{file.name} lacks {expected - kinds.keys()}"
pod = kinds["Deployment"]["spec"]["template"]["spec"]
(container,) = pod["containers"]
settings = {variable["name"]: variable["value"] for variable in container["env"]}

# The settings are the service's own.
config = pathlib.Path("src/config.rs").read_text()
for name in settings:
    assert f'"{name}"' in config, f"{name} is no setting of the service"
seconds = int(settings["PARTNERSHIP_API_DRAIN_DELAY"]) + int(settings["PARTNERSHIP_API_DRAIN_TIMEOUT"])
assert pod["terminationGracePeriodSeconds"] > seconds, "the kubelet would cut what the service would finish"
limit = container["resources"]["limits"]["memory"]
assert int(settings["PARTNERSHIP_API_CACHE_BYTES"]) * 2 <= int(limit.removesuffix("Mi")) << 20, "too little memory"

# Hardening, all of it.
security = pod["securityContext"] | container["securityContext"]
assert security["runAsNonRoot"] and security["runAsUser"] == 65532, security
assert security["readOnlyRootFilesystem"] and not security["allowPrivilegeEscalation"], security
assert security["capabilities"] == {"drop": ["ALL"]}, security
assert security["seccompProfile"] == {"type": "RuntimeDefault"}, security
assert pod["automountServiceAccountToken"] is False and pod["enableServiceLinks"] is False

# What names something else names something that is there.
ports = {port["name"] for port in container["ports"]}
for probe, path in [("startupProbe", "/readyz"), ("readinessProbe", "/readyz"), ("livenessProbe", "/livez")]:
    asked = container[probe]["httpGet"]
    assert asked["path"] == path and asked["port"] == "metrics", f"{probe}: {asked}"
assert settings["PARTNERSHIP_API_METRICS_LISTEN"].endswith(":9090"), settings
(port,) = kinds["Service"]["spec"]["ports"]
assert port["targetPort"] in ports, port
rules = kinds["NetworkPolicy"]["spec"]["ingress"]
assert {allowed["port"] for rule in rules for allowed in rule["ports"]} == ports, rules
for rule in rules:
    opened = {allowed["port"] for allowed in rule["ports"]}
    assert "from" in rule or "metrics" not in opened, f"everybody may read the metrics: {rule}"
rule = kinds["HTTPRoute"]["spec"]["rules"][0]
backend = rule["backendRefs"][0]
assert (backend["name"], backend["port"]) == (kinds["Service"]["metadata"]["name"], port["port"]), backend
prefix = urllib.parse.urlsplit(settings["PARTNERSHIP_API_PUBLIC_URL"]).path
assert rule["matches"][0]["path"]["value"] == prefix, rule
# The service takes the prefix off; two places would hide one prefix behind another.
assert "filters" not in rule, rule
assert kinds["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"] == kinds["Deployment"]["metadata"]["name"]
for ingress_rule in kinds.get("Ingress", {"spec": {"rules": []}})["spec"]["rules"]:
    for path in ingress_rule["http"]["paths"]:
        target = path["backend"]["service"]
        assert (target["name"], target["port"]["name"]) == (service, port["name"]), path
    assert ingress_rule["http"]["paths"][0]["path"] == prefix, ingress_rule
if "ServiceMonitor" in kinds:
    wanted = kinds["ServiceMonitor"]["spec"]
    (watched,) = [each for each in manifests if each["kind"] == "Service"
                  and wanted["selector"]["matchLabels"].items() <= each["metadata"]["labels"].items()]
    assert watched["spec"]["selector"] == kinds["Service"]["spec"]["selector"], watched
    assert {each["port"] for each in wanted["endpoints"]} == {each["name"] for each in watched["spec"]["ports"]}, wanted
    # The alert rules ask for this job.
    assert watched["metadata"]["labels"][wanted["jobLabel"]] == service, watched
    annotations = kinds["Deployment"]["spec"]["template"]["metadata"].get("annotations", {})
    assert "prometheus.io/scrape" not in annotations, "metrics are asked for twice"
if "HealthCheckPolicy" in kinds:
    asked = kinds["HealthCheckPolicy"]["spec"]["default"]["config"]["httpHealthCheck"]
    assert asked["port"] in {port["containerPort"] for port in container["ports"] if port["name"] == "metrics"}, asked
if "PrometheusRule" in kinds:
    assert f'job="{service}"' in json.dumps(kinds["PrometheusRule"]["spec"]).replace('\\"', '"'), "rules of another job"
mounts = {mount["name"] for mount in container.get("volumeMounts", [])}
assert mounts == {volume["name"] for volume in pod.get("volumes", [])}, mounts
assert ("PARTNERSHIP_API_DATA" in settings) == bool(mounts), "a mounted dataset that is not read"

labels = kinds["Deployment"]["spec"]["template"]["metadata"]["labels"]
spread = [constraint["labelSelector"] for constraint in pod["topologySpreadConstraints"]]
budget, policy = kinds["PodDisruptionBudget"]["spec"], kinds["NetworkPolicy"]["spec"]
selectors = [kinds["Deployment"]["spec"]["selector"], budget["selector"], policy["podSelector"], *spread]
selectors.append({"matchLabels": kinds["Service"]["spec"]["selector"]})
for selector in selectors:
    assert selector["matchLabels"] and selector["matchLabels"].items() <= labels.items(), selector
version = tomllib.loads(pathlib.Path("Cargo.toml").read_text())["package"]["version"]
assert container["image"].endswith((f":{version}", "@sha256:" + "0" * 64)), f"{container['image']} is not release {version}"

for volume in pod.get("volumes", []):
    if "image" in volume:
        released = json.loads(pathlib.Path("data/dataset.json").read_text())["version"]
        reference = volume["image"]["reference"]
        assert reference.endswith(f":{released}"), f"{reference} is not release {released} of the data"

print(f"  {file.name}: {len(manifests)} manifests fit Kubernetes {KUBERNETES} and each other")
