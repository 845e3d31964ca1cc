"""Draws charts in a browser and measures their texts: each inside its frame, none on another.

boxes.py BROWSER BASE
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

SUMS = "/v1/assistance-funding/totals.svg"
CHARTS = [
    f"{SUMS}?partner=COL&program=FMF",
    f"{SUMS}?partner=COL&program=FMF&spread=even&lang=es",
    f"{SUMS}?partner=COL&lang=es",
    f"{SUMS}?partner=COL&program=NADR-CWD",
    f"{SUMS}?partner=COL&group_by=program&lang=es",
    f"{SUMS}?partner=COL,PER&program=IMET&group_by=partner,fiscal_year",
    f"{SUMS}?partner=COL&program=FMF&fiscal_year=2013",
    f"{SUMS}?partner=UKR&group_by=program",
    "/v1/arms-sales/totals.svg?partner=COL",
    "/v1/arms-sales/totals.svg?group_by=partner&lang=es",
    "/v1/deployments/totals.svg?partner=COL",
    "/v1/training/totals.svg?partner=COL&lang=es",
    "/v1/foreign-assistance.svg?partner=COL",
    "/v1/us-personnel.svg?partner=COL",
    "/v1/assistance-funding.svg?partner=COL&program=ACI,IMET",
    "/v1/assistance-funding.svg?partner=COL",
    "/v1/timeline.svg?partner=COL&kind=deployments,agreements",
    "/v1/coverage.svg?partner=COL&lang=es",
]
WIDTHS = [320, 760, 1280]

# What a text takes, in the units of the chart; halves of pixels are the renderer's own rounding.
MEASURE = """
const found = [];
for (const holder of document.querySelectorAll('div')) {
  const svg = holder.querySelector('svg'), frame = svg.getBoundingClientRect(), boxes = [];
  for (const text of svg.querySelectorAll('text')) {
    const box = text.getBoundingClientRect();
    const place = {left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top,
                   bottom: box.bottom - frame.top, said: text.textContent};
    if (place.left < -0.5 || place.right > frame.width + 0.5 || place.top < -0.5 || place.bottom > frame.height + 0.5)
      found.push([holder.id, 'reaches out of its frame', place.said]);
    boxes.push(place);
  }
  for (const [at, one] of boxes.entries()) for (const other of boxes.slice(at + 1)) {
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (across > 1.5 && down > 4.5) found.push([holder.id, 'lies on', one.said + ' / ' + other.said]);
  }
}
const out = document.createElement('pre');
out.id = 'found';
out.textContent = 'FOUND' + JSON.stringify({found, charts: document.querySelectorAll('div').length}) + 'FOUND';
document.body.append(out);
"""


def page(base):
    """Every chart in every width, light and dark by turns, in one page."""
    drawn = []
    for number, path in enumerate(CHARTS):
        for at, width in enumerate(WIDTHS):
            theme = ["light", "dark"][(number + at) % 2]
            with urllib.request.urlopen(f"{base}{path}&width={width}&theme={theme}") as answer:
                svg = answer.read().decode()
            drawn.append(f'<div id="{path.replace("&", "&amp;")} at {width}">{svg}</div>')
    return "<!doctype html><meta charset=utf-8><body>" + "".join(drawn) + f"<script>{MEASURE}</script>"


browser, base = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder) / "charts.html"
    file.write_text(page(base), encoding="utf-8")
    command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
               "--disable-extensions", "--disable-background-networking", "--disable-component-update",
               f"--user-data-dir={folder}/profile", "--virtual-time-budget=20000", "--timeout=60000", "--dump-dom",
               file.as_uri()]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
parts = re.search(r'<pre id="found">FOUND(.*?)FOUND</pre>', ran.stdout, re.S)
if not parts:
    sys.exit(f"the browser measured nothing: {ran.stderr[-500:]}")
measured = json.loads(parts[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
for chart, what, said in measured["found"][:60]:
    print(f"  {chart}: {what}: {said}", file=sys.stderr)
if measured["charts"] != len(CHARTS) * len(WIDTHS) or measured["found"]:
    sys.exit(f"charts: {len(measured['found'])} texts do not stand where they should, in {measured['charts']} charts")
print(f"  {measured['charts']} charts: every text inside its frame, and none on another")
