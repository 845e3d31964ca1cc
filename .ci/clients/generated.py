"""The package that openapi-python-client makes of the document lists, filters, pages and reads.

Usage: generated.py URL, with the package `partnerships` on the path.
"""

import sys
from http import HTTPStatus

from partnerships import Client, models
from partnerships.api.assistance_funding import get_assistance_funding, list_assistance_funding
from service import check, fail


def answered(answer: object, kind: type) -> object:
    """An answer that must be a success of its kind."""
    if not isinstance(answer, kind):
        fail(f"expected {kind.__name__}, found {answer!r}")
    return answer


def main() -> None:
    """Asks as a program would that was written against the generated package."""
    client = Client(base_url=sys.argv[1])

    def listed(**asked: object) -> models.AssistanceFundingList:
        return answered(list_assistance_funding.sync(client=client, **asked), models.AssistanceFundingList)

    first = listed(limit=5)
    check("records of a page", 5, len(first.data))
    cited = {source.id for source in first.sources}
    check("citations without their source", [],
          [c.source for figure in first.data for c in figure.citations if c.source not in cited])

    filtered = listed(program=["FMF", "IMET"], amount_usd_min=1_000_000, limit=1000)
    if not filtered.data:
        fail("a filter finds nothing")
    check("programs of the filtered", {"FMF", "IMET"}, {figure.program for figure in filtered.data})
    check("figures below the least", [], [f.id for f in filtered.data if f.amount.usd < 1_000_000])

    walked, offset = [], 0
    while True:
        page = listed(limit=100, offset=offset, dataset=first.meta.dataset.digest)
        walked += [figure.id for figure in page.data]
        offset += len(page.data)
        if page.links.next_ is None:
            break
    check("records of the walk", first.meta.total, len(set(walked)))
    check("records of the walk, met once", len(walked), len(set(walked)))

    one = get_assistance_funding.sync(walked[0], client=client)
    record = answered(one, models.AssistanceFundingAnswer).data.to_dict()
    row = first.data[0].to_dict()
    # A row of a list also says what a sum over the list does with it.
    check("one record", {key: row[key] for key in record}, record)
    check("keys of a row alone", {"counting", "counted_usd"}, set(row) - set(record))
    missing = get_assistance_funding.sync_detailed("no-such-figure", client=client)
    check("status of a record that is not there", HTTPStatus.NOT_FOUND, missing.status_code)
    check("kind of its problem", models.ProblemBody, type(missing.parsed))


main()
