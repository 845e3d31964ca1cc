"""One request at a time, with nothing added to it; and a tally of what held."""

import http.client
import sys
import urllib.parse

failures = []


def request(url, headers=None, method="GET"):
    """The status, the headers (by small name) and the bytes of an answer."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    path = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
    connection.request(method, path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def expect(condition, what):
    """Remembers what did not hold, and goes on."""
    if not condition:
        failures.append(what)
        print(f"  does not hold: {what}", file=sys.stderr)


def finish(about):
    """Ends the script: with code 1 if anything did not hold."""
    if failures:
        print(f"{about}: {len(failures)} did not hold", file=sys.stderr)
    sys.exit(bool(failures))
