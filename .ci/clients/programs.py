"""Programs in the languages of readers, run as they are printed: a shell, Python, R, SQL for DuckDB, JavaScript."""

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import duckdb_extension_httpfs
from service import fail

# Where the service is in what it and its README print, unless it knows its public address.
PRINTED = "http://127.0.0.1:8080"


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a language in a page of Markdown."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def commands(page: str) -> list[str]:
    """The lines that a page of Markdown has a reader type into a shell."""
    lines = [line for block in blocks(page, "console") for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def run(command: list[str], folder: Path) -> str:
    """What a command prints; it must end well."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode != 0:
        fail(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def shell(line: str, folder: Path) -> str:
    """Runs a line of the shell."""
    return run(["bash", "-c", line], folder)


def python(program: str, folder: Path) -> str:
    """Runs a program of Python."""
    return run([sys.executable, "-c", program], folder)


def r(program: str, folder: Path) -> str:
    """Runs a program of R."""
    return run(["Rscript", "-e", program], folder)


def javascript(program: str, folder: Path) -> str:
    """Runs a program of JavaScript, which may wait for what it fetches."""
    return run(["node", "--input-type=module", "--eval", program], folder)


def sql(statements: str, folder: Path) -> tuple[list[str], list[tuple]]:
    """The columns and rows of the last statement in DuckDB; each must have rows. Its extension for HTTP comes from a
    package and not from its own server."""
    with duckdb.connect(config={"extension_directory": str(folder / "extensions")}) as database:
        (extension,) = Path(duckdb_extension_httpfs.__file__).parent.rglob("httpfs.duckdb_extension")
        database.execute(f"INSTALL '{extension}'")
        database.execute("LOAD httpfs")
        columns, rows = [], []
        for statement in duckdb.extract_statements(statements):
            try:
                answer = database.execute(statement)
            except duckdb.Error as error:
                fail(f"{statement.query}: {error}")
            columns, rows = [column[0] for column in answer.description], answer.fetchall()
            if not rows:
                fail(f"no rows: {statement.query}")
        return columns, rows
