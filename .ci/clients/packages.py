"""Frictionless Data Package: what is downloaded and what the command line writes are valid, and alike.

Usage: packages.py URL EXPORTED_FOLDER
"""

import io
import json
import sys
import tempfile
import zipfile
from pathlib import Path

import frictionless
from service import check, collections, fail, fetch


def validated(folder: Path) -> frictionless.Report:
    """The report on the data package of a folder."""
    # Absolute, because a descriptor's own relative paths are safe only below its folder.
    return frictionless.validate(str(folder / "datapackage.json"))


def valid(folder: Path) -> None:
    """Fails with the first faults when the data package of a folder has any."""
    report = validated(folder)
    if not report.valid:
        faults = report.flatten(["type", "message"]) or report.errors
        fail(f"{folder}: " + "\n".join(str(fault) for fault in faults[:20]))


def files(folder: Path) -> dict[str, bytes]:
    """The files below a folder, by their paths."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def counted(base: str, folder: Path) -> None:
    """The tables of collections hold as many rows as the index counts records; the others are Spanish texts."""
    package = frictionless.Package(str(folder / "datapackage.json"))
    tables = [resource for resource in package.resources if "language" not in resource.custom]
    rows = {resource.name: len(resource.read_rows()) for resource in tables}
    check("rows of the tables", collections(base), rows)


def main() -> None:
    """Validates both packages, compares them, and sees that a changed cell is found."""
    base, exported = sys.argv[1], Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as scratch:
        unpacked = Path(scratch)
        with zipfile.ZipFile(io.BytesIO(fetch(f"{base}/v1/datapackage.zip"))) as archive:
            check("a damaged file in the archive", None, archive.testzip())
            archive.extractall(unpacked)
        valid(unpacked)
        valid(exported)
        counted(base, unpacked)
        check("names of the files", sorted(files(unpacked)), sorted(files(exported)))
        check("files that differ", [], [k for k, v in files(unpacked).items() if files(exported)[k] != v])
        served = json.loads(fetch(f"{base}/v1/datapackage.json"))
        described = json.loads((unpacked / "datapackage.json").read_text())
        check("names of the resources", [r["name"] for r in described["resources"]],
              [r["name"] for r in served["resources"]])

        # A validator that finds nothing wrong must be one that looks.
        table = unpacked / described["resources"][0]["path"]
        table.write_bytes(table.read_bytes().replace(b"a", b"b", 1))
        check("a changed table is valid", False, validated(unpacked).valid)


main()
