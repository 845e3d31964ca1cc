"""A spreadsheet: LibreOffice opens the workbook, and the sum of its amounts is that of the JSON.

Usage: spreadsheet.py URL SOFFICE
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from service import check, download, records

# Text for the filter: comma, double quote, UTF-8, from line 1, values rather than what a cell shows.
AS_VALUES = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false'


def main() -> None:
    """Converts the workbook to CSV and compares rows and sum."""
    base, office = sys.argv[1:]
    wanted = records(base, "assistance-funding")
    with tempfile.TemporaryDirectory() as folder:
        workbook = download(base, "assistance-funding", "xlsx", folder)
        subprocess.run(
            [office, f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", AS_VALUES, "--outdir", folder, str(workbook)],
            check=True, capture_output=True, timeout=180,
        )
        with Path(folder, "assistance-funding.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    check("ids in LibreOffice", [figure["id"] for figure in wanted],
          [row["id"] for row in rows if row["id"]])
    check("sum in LibreOffice", sum(figure["amount"]["usd"] for figure in wanted),
          # The format of the cells sets thousands apart, and the filter writes them so.
          sum(int(row["amount_usd"].replace(",", "")) for row in rows if row["id"]))


main()
