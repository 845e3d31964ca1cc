"""What schemathesis is told of refusals that the document states in words, because a schema of one
parameter cannot: an id that no record has, and parameters that go together with others only.

Takes the place of the check `positive_data_acceptance`, which is called for everything else.
"""

import schemathesis
from schemathesis.specs.openapi.checks import positive_data_acceptance

# A sentence of a parameter's description, and how the refusal of a value by that rule begins or ends.
STATED = {
    "any other is refused": ("`", " allowed values"),
    "Only with `format=csv`": ("expected only with format=csv", ""),
    "each field at most once": ("named twice in one order", ""),
    "Only in JSON": ("expected only with format=json", ""),
}


def stated(case: schemathesis.Case, response: schemathesis.Response) -> bool:
    """Whether every fault that the answer names breaks a rule that the parameter's description states."""
    if response.status_code != 400:
        return False
    described = {
        parameter.name: parameter.definition.get("description", "") for parameter in case.operation.query
    }
    faults = response.json()["errors"]
    return bool(faults) and all(
        any(
            rule in described.get(fault["parameter"], "")
            and fault["detail"].startswith(start)
            and fault["detail"].endswith(end)
            for rule, (start, end) in STATED.items()
        )
        for fault in faults
    )


@schemathesis.check
def accepts_what_the_document_allows(ctx, response, case):
    """An allowed request is accepted, unless the document says in words why it is not."""
    try:
        return positive_data_acceptance(ctx, response, case)
    except AssertionError:
        if stated(case, response):
            return None
        raise
