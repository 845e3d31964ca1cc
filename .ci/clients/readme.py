"""The README's own lines, run as they are printed: only the address of the service is another.

Usage: readme.py URL FOLDER: the service, and a folder with the Node tools in it, to work in.
"""

import sys
from pathlib import Path

from programs import PRINTED, blocks, commands, python, r, run, shell, sql
from service import check, fail


def main() -> None:
    """Runs every line of every language; a language without a line has been lost."""
    url, folder = sys.argv[1], Path(sys.argv[2])
    readme = Path("README.md").read_text(encoding="utf-8")
    at_service = {language: [block.replace(PRINTED, url) for block in blocks(readme, language)]
                  for language in ("python", "sql", "r", "ts")}
    for language, found in at_service.items():
        check(f"blocks of {language} in the README are there", True, bool(found))
    lines = [line.replace(PRINTED, url) for line in commands(readme)
             if PRINTED in line and line.startswith(("curl", "npx"))]
    check("lines of the shell in the README that ask the service", True, len(lines) >= 5)
    for line in lines:
        if '"status":4' in shell(line, folder):
            fail(f"refused: {line}")
    for block in at_service["python"]:
        python(block, folder)
    for block in at_service["sql"]:
        sql(block, folder)
    for block in at_service["r"]:
        r(block, folder)
    for number, block in enumerate(at_service["ts"]):
        program = folder / f"program{number}.ts"
        program.write_text(block, encoding="utf-8")
        bundled = program.with_suffix(".mjs")
        options = ["--noEmit", "--strict", "--target", "es2022", "--module", "es2022"]
        run(["tsc", *options, "--moduleResolution", "bundler", program.name], folder)
        run(["esbuild", program.name, "--bundle", "--format=esm", f"--outfile={bundled.name}"], folder)
        run(["node", bundled.name], folder)
    print(f"  {len(lines)} lines of the shell and {sum(map(len, at_service.values()))} programs of the README run")


main()
