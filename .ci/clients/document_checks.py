"""What schemathesis is told of refusals that the document states in words, because a schema of one
parameter cannot: an id that no record has, and parameters that go together with others only.

Takes the place of the checks `positive_data_acceptance` and `negative_data_rejection`, which are called for
everything else.
"""

import re

import schemathesis
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

# A sentence of a parameter's description, and how the refusal of a value by that rule begins or ends.
RELEASE = ("expected the version or the digest of a release", "")
STATED = [
    ("any other is refused", "`", ""),
    ("any other is refused", *RELEASE),
    ("A value that no record has is refused", "`", ""),
    ("Commas separate", "expected a value between the commas", ""),
    ("Any code of ISO 3166-1", "`", ""),
    ("by ISO 3166-1 alpha-3 code", "`", ""),
    ("Programs with all that is inside them", "`", ""),
    ("Only with `format=csv`", "expected only with format=csv", ""),
    ("With `format=csv`", "expected only with format=csv", ""),
    ("each field at most once", "named twice in one order", ""),
    ("Only in JSON", "expected only with format=json", ""),
    ("At most 32 different words", "expected at most 32", ""),
    ("The digest of the dataset", "expected the digest of release", ""),
    ("a version, a digest, or a day", *RELEASE),
    ("The release that was cited", *RELEASE),
    ("each by its collection and its id", "expected a collection and an id", ""),
    ("each by its collection and its id", "expected either records or", ""),
    ("An address of this service", "expected", ""),
]
# One side of a range above the other: which side is at fault depends on how one looks at it.
RANGE = re.compile(r"`(\w+)` is `.*` and lies above `(\w+)`", re.DOTALL)
# How many different values a parameter may have.
MOST_VALUES = 300
# The longest address that is read, in bytes.
LONGEST_ADDRESS = 8192


def stated(case: schemathesis.Case, response: schemathesis.Response) -> bool:
    """Whether every fault that the answer names breaks a rule that the document states in words."""
    if response.status_code == 414:
        return len(response.request.url.split("/", 3)[-1]) >= LONGEST_ADDRESS
    if response.status_code != 400:
        return False
    described = {
        parameter.name: parameter.definition.get("description", "") for parameter in case.operation.query
    }

    def is_stated(fault: dict) -> bool:
        # A pattern cannot know how many days a month has.
        if fault["detail"].endswith("is no day of the calendar"):
            return True
        if found := RANGE.match(fault["detail"]):
            return all(side in described for side in found.groups())
        return any(
            rule in described.get(fault["parameter"], "")
            and fault["detail"].startswith(start)
            and fault["detail"].endswith(end)
            for rule, start, end in STATED
        )

    faults = response.json()["errors"]
    return bool(faults) and all(is_stated(fault) for fault in faults)


@schemathesis.check
def accepts_what_the_document_allows(ctx, response, case):
    """An allowed request is accepted, unless the document says in words why it is not."""
    try:
        return positive_data_acceptance(ctx, response, case)
    except AssertionError:
        if stated(case, response):
            return None
        raise


@schemathesis.check
def refuses_what_the_document_forbids(ctx, response, case):
    """A forbidden request is refused; but repeats of a value count once, which `maxItems` cannot say."""
    try:
        return negative_data_rejection(ctx, response, case)
    except AssertionError:
        values = max((len(set(given)) for given in (case.query or {}).values() if isinstance(given, list)), default=0)
        if "maxItems" in str(case.meta.phase.data.description) and values <= MOST_VALUES:
            return None
        raise
