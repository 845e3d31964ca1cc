"""What the client checks share: which collections there are, their records as JSON, and files of them."""

import json
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urljoin


def fetch(url: str) -> bytes:
    """The body of an answer; anything but 2xx is an error."""
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read()


def collections(base: str) -> dict[str, int]:
    """The collections that the index names, each with its count of records."""
    index = json.loads(fetch(f"{base}/v1"))
    found = {entry["name"]: entry["count"] for entry in index["data"]["collections"]}
    check("collections that the index names", 15, len(found))
    return found


def records(base: str, collection: str, size: int | None = None) -> list[dict]:
    """Every row of a collection, page by page along `links.next`. Of pages of a size of one's own no sum is made."""
    url, gathered = f"{base}/v1/{collection}" + (f"?limit={size}" if size else ""), []
    while url:
        page = json.loads(fetch(url))
        gathered += page["data"]
        following = page["links"]["next"]
        url = urljoin(base, following) if following else None
        if len(gathered) > page["meta"]["total"]:
            fail(f"{collection}: the walk met more records than the total of {page['meta']['total']}")
    return gathered


def download(base: str, collection: str, form: str, folder: str) -> Path:
    """A whole collection as a file in another format."""
    path = Path(folder, f"{collection}.{form}")
    path.write_bytes(fetch(f"{base}/v1/{collection}?format={form}"))
    return path


def check(what: str, wanted: object, found: object) -> None:
    """Stops with a sentence when `found` is not what is wanted."""
    if wanted != found:
        fail(f"{what}: expected {shown(wanted)}, found {shown(found)}")


def fail(sentence: str) -> None:
    """Stops with a sentence."""
    sys.exit(f"FAILED: {sentence}")


def shown(value: object) -> str:
    """A value, cut to what a reader takes in."""
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}..."
