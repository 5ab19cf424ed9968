"""Supervision: counts, clocks, breaches, and the proof that every case stands somewhere."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web

from console.asking import Asking, page
from console.overview import last_proof, overview, prove
from console.pages import go

routes = web.RouteTableDef()
PROOFS_A_MINUTE = 4


@routes.get("/supervision")
@page("supervise")
async def supervision(ask: Asking) -> web.Response:
    """The region at a glance."""
    proof = await last_proof(ask.desk, ask.staff)
    proved_at = datetime.fromisoformat(proof.at) if proof else None
    return ask.show("supervision.html", view=await overview(ask.staff), proof=proof, proved_at=proved_at)


@routes.post("/supervision/prove")
@page("supervise")
async def check(ask: Asking) -> web.Response:
    """Check now; it reads everything, so not more often than it helps."""
    await ask.desk.kv.limit("console-proof", PROOFS_A_MINUTE)
    await prove(ask.desk)
    return go("/supervision")
