"""The bill of materials: every crate that is built for the binary, with version, licence, digest and address.

bill.py METADATA BILL: what `cargo metadata` says, and the file to write. Crates that only build, such as
procedural macros, are listed as excluded: they take part in the build and are not in the binary.
"""

import json
import pathlib
import sys
import tomllib

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

metadata = json.loads(pathlib.Path(sys.argv[1]).read_text())
locked = {
    (package["name"], package["version"]): package.get("checksum")
    for package in tomllib.loads(pathlib.Path("Cargo.lock").read_text())["package"]
}
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
root = metadata["resolve"]["root"]


def is_macro(identity):
    return any("proc-macro" in target["kind"] for target in packages[identity]["targets"])


def edges(identity):
    """What a crate is built with: each crate, and whether it ends up in the same binary."""
    for dependency in nodes[identity]["deps"]:
        kinds = {kind["kind"] for kind in dependency["dep_kinds"]} - {"dev"}
        if kinds:
            yield dependency["pkg"], None in kinds and not is_macro(dependency["pkg"])


def reached(only_linked):
    found, waiting = set(), [root]
    while waiting:
        identity = waiting.pop()
        if identity not in found:
            found.add(identity)
            waiting += [crate for crate, linked in edges(identity) if linked or not only_linked]
    return found


built, linked = reached(False), reached(True)


def component(identity):
    package = packages[identity]
    name, version = package["name"], package["version"]
    # An old way of writing a choice of licences.
    licence = (package["license"] or "").replace("/", " OR ")
    made = Component(
        name=name,
        version=version,
        type=ComponentType.APPLICATION if identity == root else ComponentType.LIBRARY,
        bom_ref=f"{name}@{version}",
        description=(package["description"] or "").strip() or None,
        licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
        purl=PackageURL("cargo", None, name, version),
        scope=ComponentScope.REQUIRED if identity in linked else ComponentScope.EXCLUDED,
    )
    if digest := locked[name, version]:
        made.hashes.add(HashType(alg=HashAlgorithm.SHA_256, content=digest))
    if package["repository"]:
        made.external_references.add(
            ExternalReference(type=ExternalReferenceType.VCS, url=XsUri(package["repository"]))
        )
    return made


components = {identity: component(identity) for identity in built}
bill = Bom(components=[made for identity, made in components.items() if identity != root])
bill.metadata.component = components[root]
for identity, made in components.items():
    bill.register_dependency(made, [components[crate] for crate, _ in edges(identity)])

text = JsonV1Dot6(bill).output_as_string(indent=2) + "\n"
if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
    sys.exit(f"the bill does not fit CycloneDX 1.6: {fault}")
listed = json.loads(text)["components"]
unlicensed = [each["name"] for each in listed if not each.get("licenses")]
assert not unlicensed, f"no licence: {unlicensed}"
unknown = [each["name"] for each in listed if "name" in (each["licenses"][0].get("license") or {})]
assert not unknown, f"no licence of the SPDX list: {unknown}"
assert all(each["hashes"] for each in listed), "a crate without a digest"
names = {each["name"] for each in listed if each["scope"] == "required"}
assert {"axum", "hyper", "tokio", "serde_json"} <= names and "proptest" not in names, "not what the binary holds"
pathlib.Path(sys.argv[2]).write_text(text)
print(f"  {len(names)} crates in the binary, {len(listed) - len(names)} more that build it: {sys.argv[2]}")
