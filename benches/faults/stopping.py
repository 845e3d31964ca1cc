"""A signal to stop while every connection is busy."""

import time

from client import Load
from service import Service


def terminated_under_load(binary, quick):
    """Every request that was sent on an accepted connection gets a whole answer."""
    rounds, clients = (2, 16) if quick else (5, 32)
    answered, slowest = 0, 0.0
    for _ in range(rounds):
        with Service(binary, "--drain-timeout", "20") as service:
            load = Load(service.port, clients, ["/v1/agreements?limit=20", "/v1/partners"], 60)
            time.sleep(2 if quick else 4)
            began = time.monotonic()
            service.signal("SIGTERM")
            code = service.exit_code()
            slowest = max(slowest, time.monotonic() - began)
            seen = load.reports()
        lost = seen["closed"] + seen["cut"] + seen["hung"]
        assert lost == 0, f"{lost} requests got no whole answer: {seen['closed']} closed, {seen['cut']} cut"
        assert set(seen["statuses"]) == {"200"}, f"statuses {seen['statuses']}"
        assert code == 0, f"exit code {code}"
        answered += seen["answered"]
    return (f"{rounds} times SIGTERM under {clients} busy clients: {answered} answers, 0 lost, exit 0, "
            f"gone after {slowest:.1f} s at most")
