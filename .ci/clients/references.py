"""Reference managers: BibTeX, RIS and CSL-JSON of every record, read by libraries that are not ours.

Usage: references.py URL PUBLIC_URL
"""

import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bibtexparser
import pypandoc
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from service import check, collections, fail, fetch


SERIES = ("foreign-assistance", "training", "us-personnel")


def wanted(item: dict) -> dict:
    """What a reference must say, of an item of CSL-JSON."""
    return {
        "title": item["title"],
        "year": str(item["issued"]["date-parts"][0][0]) if "issued" in item else None,
        "version": item.get("version"),
        "url": item.get("URL"),
    }


def of_bibtex(text: str) -> list[dict]:
    """The entries of a BibTeX file."""
    library = bibtexparser.parse_string(
        text, append_middleware=[LatexDecodingMiddleware()])
    if library.failed_blocks:
        fail(f"BibTeX that does not parse: {library.failed_blocks[0].raw}")
    return [{
        "title": plain(entry["title"]),
        "year": entry.fields_dict["year"].value if "year" in entry.fields_dict else None,
        "version": entry.fields_dict["version"].value if "version" in entry.fields_dict else None,
        "url": raw_url(entry),
    } for entry in library.entries]


def raw_url(entry: bibtexparser.model.Entry) -> str | None:
    """An address as it stands in the file: it is taken letter by letter, never as LaTeX."""
    lines = [line.strip() for line in entry.raw.splitlines()]
    urls = [line.removeprefix("url = {").removesuffix(",").removesuffix("}") for line in lines if line.startswith("url = {")]
    return urls[0] if urls else None


def plain(title: str) -> str:
    """A title without the braces that keep its capitals."""
    return title.removeprefix("{").removesuffix("}")


def of_ris(text: str) -> list[dict]:
    """The entries of a RIS file."""
    return [{
        "title": entry["title"],
        "year": entry.get("year"),
        "version": entry.get("edition"),
        "url": entry["urls"][0] if entry.get("urls") else None,
    } for entry in rispy.loads(text)]


def one_record(base: str, public: str, collection: str, record: str) -> tuple[str, str, list[dict]]:
    """Reads one record in three forms and compares them; gives its BibTeX and CSL for pandoc."""
    path = f"{base}/v1/{collection}/{record}?format="
    what = f"{collection}/{record}"
    items = json.loads(fetch(f"{path}csl"))
    check(f"{what}: address", f"{public}/v1/{what}?release={items[0]['version']}", items[0]["URL"])
    bibtex = fetch(f"{path}bibtex").decode()
    entries = [wanted(item) for item in items]
    check(f"{what}: BibTeX", entries, of_bibtex(bibtex))
    check(f"{what}: RIS", entries, of_ris(fetch(f"{path}ris").decode()))
    return what, bibtex, items


def same_in_pandoc(read: list[tuple[str, str, list[dict]]]) -> None:
    """Pandoc reads the same works out of BibTeX and CSL-JSON: of all records at once, each work once."""
    works, entries = {}, {}
    for _, bibtex, items in read:
        blocks = bibtex.split("\n\n")
        for item, block in zip(items, blocks, strict=True):
            works[item["id"]], entries[item["id"]] = item, block
    with tempfile.TemporaryDirectory() as folder:
        for form, suffix, text in (
            ("bibtex", "bib", "\n\n".join(entries.values())),
            ("csljson", "json", json.dumps(list(works.values()))),
        ):
            path = Path(folder, f"works.{suffix}")
            path.write_text(text, encoding="utf-8")
            found = {item["id"]: item for item in json.loads(pypandoc.convert_file(str(path), "csljson", format=form))}
            check(f"pandoc, {form}: works", sorted(works), sorted(found))
            for key, item in works.items():
                title = (found[key]["title"].replace('<span class="nocase">', "").replace("</span>", ""))
                check(f"pandoc, {form}: title of {key}", spaced(item["title"]), spaced(title))
                check(f"pandoc, {form}: year of {key}", wanted(item)["year"], wanted(found[key])["year"])
                check(f"pandoc, {form}: version of {key}", item.get("version"), found[key].get("version"))
                check(f"pandoc, {form}: address of {key}", item.get("URL"), found[key].get("URL"))


def spaced(text: str) -> str:
    """Text with one kind of quotation mark and space: pandoc sets them as a printer would."""
    for mark, its_plain in (("’", "'"), ("‘", "'"), ("“", "'"), ("”", "'"), ('"', "'"), ("\u00a0", " "), ("…", "...")):
        text = text.replace(mark, its_plain)
    return " ".join(text.split())


def main() -> None:
    """Reads every record of every collection."""
    base, public = sys.argv[1:]
    # Whole files: the links of pages lead to the public address.
    # The records of a yearly series are alike: every hundredth stands for them.
    asked = [(name, json.loads(line)["id"]) for name in collections(base)
             for line in fetch(f"{base}/v1/{name}.ndjson").decode().splitlines()[:: 100 if name in SERIES else 1]]
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(lambda record: one_record(base, public, *record), asked))
    same_in_pandoc(read)


main()
