"""What one would write by hand instead: FastAPI over SQLite, one endpoint, typed parameters."""

import os
import sqlite3
from typing import Annotated, Literal

from fastapi import FastAPI, Query
from fastapi.responses import JSONResponse

app = FastAPI()
database = sqlite3.connect(f"file:{os.environ['DATABASE']}?mode=ro&immutable=1", uri=True, check_same_thread=False)
database.row_factory = sqlite3.Row


@app.get("/assistance_funding")
async def assistance_funding(
    program: str | None = None,
    stage: str | None = None,
    amount_usd_min: int | None = None,
    sort: Literal["amount_usd", "-amount_usd"] = "amount_usd",
    limit: Annotated[int, Query(ge=0, le=1000)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> JSONResponse:
    conditions = {"program = ?": program, "stage = ?": stage, "amount_usd >= ?": amount_usd_min}
    asked = {condition: value for condition, value in conditions.items() if value is not None}
    where = f"where {' and '.join(asked)}" if asked else ""
    order = f"order by {sort.lstrip('-')} {'desc' if sort.startswith('-') else 'asc'}, id"
    values = list(asked.values())
    rows = database.execute(
        f"select * from assistance_funding {where} {order} limit ? offset ?", [*values, limit, offset]
    )
    total = database.execute(f"select count(*) from assistance_funding {where}", values)
    # Said outright, so that no model is made of each row on the way out.
    return JSONResponse({"data": [dict(row) for row in rows], "total": total.fetchone()[0]})
