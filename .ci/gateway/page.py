"""Opens the documentation page in a browser: it shows its operations, and the console stays silent.

page.py BROWSER URL...
"""

import re
import subprocess
import sys
import tempfile

from client import expect, finish

browser, *urls = sys.argv[1:]
for url in urls:
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                   "--no-first-run", "--disable-extensions", "--disable-background-networking",
                   "--disable-component-update", f"--user-data-dir={profile}", "--enable-logging=stderr",
                   "--virtual-time-budget=20000", "--timeout=60000", "--dump-dom", url]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    shown = len(re.findall(r'class="opblock ', ran.stdout))
    # What the page says to the console: faults of scripts, refusals of the content security policy.
    said = [line for line in ran.stderr.splitlines() if "CONSOLE" in line]
    expect(shown > 20, f"{url} shows {shown} operations")
    expect(not said, f"{url}: {' / '.join(said)[:500]}")
    print(f"  {url}: {shown} operations")
finish("the documentation page")
